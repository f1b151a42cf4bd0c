/** Ingress (kubernetes, `pkg/apis/networking/validation`). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import {
  dns1035Label,
  dnsSubdomain,
  isAddress,
  portName,
  portNumber,
  wildcardSubdomain,
} from "../api/names.ts";
import { at, forItems, listAt, objectAt, textAt } from "../api/read.ts";

const badParts = ["//", "/./", "/../", "%2f", "%2F"];
const badEnds = ["/..", "/."];

/** What is wrong with an ingress. */
export function checkIngress(faults: Faults, object: JsonObject): void {
  const spec = objectAt(object, "spec");
  const rules = listAt(spec, "rules");
  const backend = at(spec, "defaultBackend");
  if (rules.length === 0 && backend === undefined) {
    faults.invalid("spec", null, "either `defaultBackend` or `rules` must be specified");
  }
  if (backend !== undefined) checkBackend(faults, "spec.defaultBackend", backend);
  forItems(rules, "spec.rules", (rule, place) => checkRule(faults, place, rule));
  forItems(listAt(spec, "tls"), "spec.tls", (tls, place) => {
    forItems(listAt(tls, "hosts"), `${place}.hosts`, (host, field) =>
      checkHost(faults, field, String(host)),
    );
    const secret = textAt(tls, "secretName");
    if (secret !== "") faults.invalidFor(`${place}.secretName`, secret, dnsSubdomain(secret));
  });
  const className = textAt(spec, "ingressClassName");
  if (className !== "") {
    faults.invalidFor("spec.ingressClassName", className, dnsSubdomain(className));
  }
}

function checkRule(faults: Faults, field: string, rule: Json): void {
  const host = textAt(rule, "host");
  if (host !== "") {
    if (isAddress(host)) {
      faults.invalid(`${field}.host`, host, "must be a DNS name, not an IP address");
    }
    checkHost(faults, `${field}.host`, host);
  }
  const http = at(rule, "http");
  if (http === undefined) return;
  const paths = listAt(http, "paths");
  if (paths.length === 0) faults.required(`${field}.http.paths`);
  forItems(paths, `${field}.http.paths`, (path, place) => checkPath(faults, place, path));
}

function checkHost(faults: Faults, field: string, host: string): void {
  const rule = host.includes("*") ? wildcardSubdomain : dnsSubdomain;
  faults.invalidFor(field, host, rule(host));
}

function checkPath(faults: Faults, field: string, given: Json): void {
  const type = textAt(given, "pathType");
  if (type === "") {
    faults.required(`${field}.pathType`, "pathType must be specified");
    return;
  }
  const path = textAt(given, "path");
  const place = `${field}.path`;
  const exact = type === "Exact" || type === "Prefix";
  if (!path.startsWith("/") && (exact || path !== "")) {
    faults.invalid(place, path, "must be an absolute path");
  }
  if (exact) {
    for (const part of badParts) {
      if (path.includes(part)) faults.invalid(place, path, `must not contain '${part}'`);
    }
    for (const end of badEnds) {
      if (path.endsWith(end)) faults.invalid(place, path, `cannot end with '${end}'`);
    }
  }
  checkBackend(faults, `${field}.backend`, at(given, "backend") ?? {});
}

function checkBackend(faults: Faults, field: string, backend: Json): void {
  const [service, resource] = [at(backend, "service"), at(backend, "resource")];
  if (service === undefined && resource === undefined) {
    faults.invalid(field, "", "resource or service backend is required");
    return;
  }
  if (service !== undefined && resource !== undefined) {
    faults.invalid(field, "", "cannot set both resource and service backends");
    return;
  }
  if (service === undefined) return;
  const name = textAt(service, "name");
  if (name === "") faults.required(`${field}.service.name`);
  else faults.invalidFor(`${field}.service.name`, name, dns1035Label(name));
  const port = textAt(service, "port", "name");
  const number = Number(at(service, "port", "number") ?? 0);
  if (port !== "" && number !== 0) {
    faults.invalid(field, "", "cannot set both port name & port number");
  } else if (port !== "") {
    faults.invalidFor(`${field}.service.port.name`, port, portName(port));
  } else if (number !== 0) {
    faults.invalidFor(`${field}.service.port.number`, number, portNumber(number));
  } else faults.required(field, "port name or number is required");
}
