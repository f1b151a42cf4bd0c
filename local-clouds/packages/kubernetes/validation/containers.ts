/** Containers of a pod: names, images, ports, probes, mounts, resources. */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { dnsLabel, portName, portNumber, qualifiedName } from "../api/names.ts";
import { quantityOf } from "../api/quantity.ts";
import { at, listAt, objectAt, textAt } from "../api/read.ts";
import { checkNotNegative, checkPort } from "./numbers.ts";

/** Resources without a domain that a container may ask for. */
const containerResources = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Resources without a domain that anything may ask for (`IsStandardResourceName`). */
const standardResources =
  /^(cpu|memory|ephemeral-storage|hugepages-.+|storage|pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services\.(nodeports|loadbalancers)|(requests|limits)\..+)$/;

/** All containers of a pod. */
export function checkContainers(
  faults: Faults,
  field: string,
  spec: JsonObject,
  volumes: ReadonlySet<string>,
): void {
  const containers = listAt(spec, "containers");
  if (containers.length === 0) faults.required(`${field}.containers`);
  const names = new Set<string>();
  for (const key of ["containers", "initContainers"]) {
    listAt(spec, key).forEach((container, i) => {
      const place = `${field}.${key}[${i}]`;
      checkContainer(faults, place, container, volumes);
      const name = textAt(container, "name");
      if (name !== "" && names.has(name)) faults.duplicate(`${place}.name`, name);
      names.add(name);
      const sidecar = textAt(container, "restartPolicy") === "Always";
      if (key === "containers" || sidecar) checkProbes(faults, place, container);
      else forbidProbes(faults, place, container);
    });
  }
}

function checkContainer(
  faults: Faults,
  field: string,
  container: Json,
  volumes: ReadonlySet<string>,
): void {
  const name = textAt(container, "name");
  if (name === "") faults.required(`${field}.name`);
  else faults.invalidFor(`${field}.name`, name, dnsLabel(name));
  if (textAt(container, "image") === "") faults.required(`${field}.image`);
  checkPorts(faults, `${field}.ports`, container);
  checkEnvironment(faults, `${field}.env`, container);
  checkMounts(faults, `${field}.volumeMounts`, container, volumes);
  checkResources(faults, `${field}.resources`, objectAt(container, "resources"));
  const security = objectAt(container, "securityContext");
  for (const key of ["runAsUser", "runAsGroup"]) {
    const id = at(security, key);
    if (typeof id === "number" && (id < 0 || id > 2_147_483_647)) {
      faults.invalid(
        `${field}.securityContext.${key}`,
        id,
        "must be between 0 and 2147483647, inclusive",
      );
    }
  }
}

function checkPorts(faults: Faults, field: string, container: Json): void {
  const names = new Set<string>();
  listAt(container, "ports").forEach((port, i) => {
    const name = textAt(port, "name");
    if (name !== "") {
      const broken = portName(name);
      faults.invalidFor(`${field}[${i}].name`, name, broken);
      if (broken.length === 0 && names.has(name)) faults.duplicate(`${field}[${i}].name`, name);
      names.add(name);
    }
    const number = Number(at(port, "containerPort") ?? 0);
    if (number === 0) faults.required(`${field}[${i}].containerPort`);
    else faults.invalidFor(`${field}[${i}].containerPort`, number, portNumber(number));
    const host = Number(at(port, "hostPort") ?? 0);
    if (host !== 0) faults.invalidFor(`${field}[${i}].hostPort`, host, portNumber(host));
  });
}

function checkEnvironment(faults: Faults, field: string, container: Json): void {
  listAt(container, "env").forEach((variable, i) => {
    const name = textAt(variable, "name");
    if (name === "") faults.required(`${field}[${i}].name`);
    else if (!/^[ -<>-~]+$/.test(name)) {
      faults.invalid(
        `${field}[${i}].name`,
        name,
        "a valid environment variable name must consist only of printable ASCII characters other than '=' " +
          "(e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[ -<>-~]+')",
      );
    }
    const from = at(variable, "valueFrom");
    if (from === undefined) return;
    if (textAt(variable, "value") !== "") {
      faults.invalid(
        `${field}[${i}].valueFrom`,
        "",
        "may not be specified when `value` is not empty",
      );
    }
  });
}

function checkMounts(
  faults: Faults,
  field: string,
  container: Json,
  volumes: ReadonlySet<string>,
): void {
  const paths = new Set<string>();
  listAt(container, "volumeMounts").forEach((mount, i) => {
    const [name, path] = [textAt(mount, "name"), textAt(mount, "mountPath")];
    if (name === "") faults.required(`${field}[${i}].name`);
    if (!volumes.has(name)) faults.notFound(`${field}[${i}].name`, name);
    if (path === "") faults.required(`${field}[${i}].mountPath`);
    if (paths.has(path)) faults.invalid(`${field}[${i}].mountPath`, path, "must be unique");
    paths.add(path);
  });
}

function checkResources(faults: Faults, field: string, resources: JsonObject): void {
  const limits = objectAt(resources, "limits");
  for (const [name, quantity] of Object.entries(limits)) {
    checkAmount(faults, `${field}.limits[${name}]`, name, quantity);
  }
  // What is limited and not asked for is asked for up to its limit.
  const requests = { ...limits, ...objectAt(resources, "requests") };
  for (const [name, quantity] of Object.entries(requests)) {
    checkAmount(faults, `${field}.requests[${name}]`, name, quantity);
    const limit = limits[name];
    if (limit === undefined || amountOf(quantity) <= amountOf(limit)) continue;
    faults.invalid(
      `${field}.requests`,
      String(quantity),
      `must be less than or equal to ${name} limit of ${String(limit)}`,
    );
  }
}

function checkAmount(faults: Faults, field: string, name: string, quantity: Json): void {
  const broken = qualifiedName(name);
  faults.invalidFor(field, name, broken);
  if (broken.length === 0 && !name.includes("/")) {
    if (!standardResources.test(name)) {
      faults.invalid(field, name, "must be a standard resource type or fully qualified");
    }
    if (!containerResources.test(name)) {
      faults.invalid(field, name, "must be a standard resource for containers");
    }
  }
  if (amountOf(quantity) < 0) {
    faults.invalid(field, String(quantity), "must be greater than or equal to 0");
  }
}

function amountOf(quantity: Json): number {
  return quantityOf(String(quantity)) ?? 0;
}

const probes = ["livenessProbe", "readinessProbe", "startupProbe"];

function checkProbes(faults: Faults, field: string, container: Json): void {
  for (const key of probes) {
    const probe = at(container, key);
    if (probe === undefined) continue;
    checkProbe(faults, `${field}.${key}`, probe);
    const successes = at(probe, "successThreshold") ?? 1;
    if (key !== "readinessProbe" && successes !== 1 && successes !== 0) {
      faults.invalid(`${field}.${key}.successThreshold`, successes, "must be 1");
    }
  }
}

function forbidProbes(faults: Faults, field: string, container: Json): void {
  for (const key of [...probes, "lifecycle"]) {
    if (at(container, key) === undefined) continue;
    const name = `${field}.${key}`;
    faults.forbidden(name, "may not be set for init containers without restartPolicy=Always");
  }
}

const handlers = ["exec", "httpGet", "tcpSocket", "grpc"];

function checkProbe(faults: Faults, field: string, probe: Json): void {
  const given = handlers.filter((key) => at(probe, key) !== undefined);
  if (given.length === 0) faults.required(field, "must specify a handler type");
  for (const extra of given.slice(1)) {
    faults.forbidden(`${field}.${extra}`, "may not specify more than 1 handler type");
  }
  if (given[0] === "httpGet" || given[0] === "tcpSocket") {
    checkPort(faults, `${field}.${given[0]}.port`, at(probe, given[0], "port"));
  }
  if (given[0] === "grpc") {
    const port = at(probe, "grpc", "port") ?? 0;
    faults.invalidFor(`${field}.grpc.port`, port, portNumber(Number(port)));
  }
  if (given[0] === "exec" && listAt(probe, "exec", "command").length === 0) {
    faults.required(`${field}.exec.command`);
  }
  checkNotNegative(faults, field, probe, [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ]);
  const grace = at(probe, "terminationGracePeriodSeconds");
  if (typeof grace === "number" && grace <= 0) {
    faults.invalid(`${field}.terminationGracePeriodSeconds`, grace, "must be greater than 0");
  }
}
