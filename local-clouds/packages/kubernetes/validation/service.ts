/** Service (kubernetes, `pkg/apis/core/validation`: `validateService`). */

import { tryParseCidr } from "../../../../model/base/address.ts";
import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import {
  dnsLabel,
  dnsSubdomain,
  isAddress,
  notACidr,
  notAnAddress,
  portNumber,
  qualifiedName,
} from "../api/names.ts";
import { at, forItems, listAt, objectAt, textAt } from "../api/read.ts";
import { checkLabels } from "./labels.ts";
import { checkPort } from "./numbers.ts";

/** Ports that a node offers (`--service-node-port-range`, its default). */
const nodePorts = { min: 30_000, max: 32_767 };

/** What is wrong with a service. */
export function checkService(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const spec = objectAt(object, "spec");
  const type = textAt(spec, "type") || "ClusterIP";
  const headless = textAt(spec, "clusterIP") === "None" || listAt(spec, "clusterIPs")[0] === "None";
  const ports = listAt(spec, "ports");
  if (ports.length === 0 && !headless && type !== "ExternalName") faults.required("spec.ports");
  if (headless && (type === "LoadBalancer" || type === "NodePort")) {
    const detail = `may not be set to 'None' for ${type} services`;
    faults.invalid("spec.clusterIPs[0]", "None", detail);
  }
  if (type === "ExternalName") checkExternalName(faults, spec);
  const names = new Set<string>();
  forItems(ports, "spec.ports", (port, place) =>
    checkServicePort(faults, place, port, ports.length > 1, names),
  );
  checkLabels(faults, "spec.selector", objectAt(spec, "selector"));
  checkAffinity(faults, spec);
  checkAddresses(faults, spec, type);
  for (const [i, port] of ports.entries()) checkNodePort(faults, `spec.ports[${i}]`, port, type);
  checkTwice(faults, ports);
  checkEntrance(faults, spec, type);
  checkUnchanged(faults, spec, before, type);
}

function checkExternalName(faults: Faults, spec: JsonObject): void {
  if (textAt(spec, "clusterIP") !== "" || listAt(spec, "clusterIPs").length > 0) {
    faults.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
  }
  const name = textAt(spec, "externalName").replace(/\.$/, "");
  if (name === "") faults.required("spec.externalName");
  else faults.invalidFor("spec.externalName", name, dnsSubdomain(name));
}

function checkServicePort(
  faults: Faults,
  field: string,
  port: Json,
  several: boolean,
  names: Set<string>,
): void {
  const name = textAt(port, "name");
  if (name === "" && several) faults.required(`${field}.name`);
  if (name !== "") {
    faults.invalidFor(`${field}.name`, name, dnsLabel(name));
    if (names.has(name)) faults.duplicate(`${field}.name`, name);
    names.add(name);
  }
  const number = at(port, "port") ?? 0;
  faults.invalidFor(`${field}.port`, number, portNumber(Number(number)));
  // A target that is left out is the port itself.
  checkPort(faults, `${field}.targetPort`, at(port, "targetPort") || number);
  const application = textAt(port, "appProtocol");
  if (application !== "") {
    faults.invalidFor(`${field}.appProtocol`, application, qualifiedName(application));
  }
}

function checkNodePort(faults: Faults, field: string, port: Json, type: string): void {
  const node = at(port, "nodePort");
  if (typeof node !== "number" || node === 0) return;
  if (type === "ClusterIP") {
    faults.forbidden(`${field}.nodePort`, "may not be used when `type` is 'ClusterIP'");
  } else if (node < nodePorts.min || node > nodePorts.max) {
    const range = `${nodePorts.min}-${nodePorts.max}`;
    faults.invalid(
      `${field}.nodePort`,
      node,
      `provided port is not in the valid range. The range of valid ports is ${range}`,
    );
  }
}

/** One port of a protocol is offered once. */
function checkTwice(faults: Faults, ports: readonly Json[]): void {
  const seen = new Set<string>();
  ports.forEach((port, i) => {
    const protocol = textAt(port, "protocol") || "TCP";
    const number = at(port, "port") ?? 0;
    const key = `${protocol} ${String(number)}`;
    if (seen.has(key)) {
      faults.duplicate(`spec.ports[${i}]`, port);
    }
    seen.add(key);
  });
}

function checkAffinity(faults: Faults, spec: JsonObject): void {
  const affinity = textAt(spec, "sessionAffinity") || "None";
  if (affinity === "None" && at(spec, "sessionAffinityConfig") !== undefined) {
    faults.forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None");
  }
}

function checkAddresses(faults: Faults, spec: JsonObject, type: string): void {
  const address = textAt(spec, "clusterIP");
  if (type !== "ExternalName" && address !== "" && address !== "None" && !isAddress(address)) {
    faults.invalid("spec.clusterIPs[0]", address, notAnAddress);
  }
  forItems(listAt(spec, "externalIPs"), "spec.externalIPs", (one, place) => {
    if (!isAddress(String(one))) faults.invalid(place, one, notAnAddress);
  });
}

/** What only a load balancer, or a service reached from outside, may have. */
function checkEntrance(faults: Faults, spec: JsonObject, type: string): void {
  const balanced = type === "LoadBalancer";
  const only = "may only be used when `type` is 'LoadBalancer'";
  const ranges = listAt(spec, "loadBalancerSourceRanges");
  // The field's name is spelt so in the server's own message.
  if (ranges.length > 0 && !balanced) faults.forbidden("spec.LoadBalancerSourceRanges", only);
  ranges.forEach((range, i) => {
    const text = String(range).trim();
    if (tryParseCidr(text) === undefined) {
      faults.invalid(`spec.LoadBalancerSourceRanges[${i}]`, text, notACidr);
    }
  });
  if (at(spec, "allocateLoadBalancerNodePorts") !== undefined && !balanced) {
    faults.forbidden("spec.allocateLoadBalancerNodePorts", only);
  }
  const className = textAt(spec, "loadBalancerClass");
  if (className !== "" && !balanced) faults.forbidden("spec.loadBalancerClass", only);
  const policy = textAt(spec, "externalTrafficPolicy");
  const outside = balanced || type === "NodePort" || listAt(spec, "externalIPs").length > 0;
  if (policy !== "" && !outside) {
    faults.invalid(
      "spec.externalTrafficPolicy",
      policy,
      "may only be set for externally-accessible services",
    );
  }
}

/** A service keeps its address for life, unless it becomes or was an alias. */
function checkUnchanged(
  faults: Faults,
  spec: JsonObject,
  before: JsonObject | undefined,
  type: string,
): void {
  const old = textAt(before, "spec", "clusterIP");
  const next = textAt(spec, "clusterIP");
  if (type === "ExternalName" || textAt(before, "spec", "type") === "ExternalName") return;
  if (old === "" || next === "" || old === next) return;
  faults.invalid("spec.clusterIPs[0]", [next], "may not change once set");
}
