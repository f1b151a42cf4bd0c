/** Finds everything wrong with a mesh intent, all at once, before any engine starts. */
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";
import { checkClusters, checkPrefixes } from "./check-clusters.ts";
import type { CallIntent, IngressIntent, MeshIntent, ServiceIntent } from "./intent.ts";
import {
  findService,
  gatewayNamespace,
  nodeAgentNamespace,
  protocols,
  rootNamespace,
  serviceRef,
  workloadPortOf,
} from "./intent.ts";

const labelPattern = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const hostPattern = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const hostCharactersMax = 253;
const portMax = 65535;
/** The oldest minor of Istio 1 whose charts have every value that the lowering sets. */
const istioMinorMin = 31;
/** Ports that the sidecar keeps for itself (Istio, "Ports used by Istio"). */
const proxyPorts = [
  15000, 15001, 15002, 15004, 15006, 15008, 15009, 15020, 15021, 15053, 15090,
] as const;
const takenNamespaces: readonly string[] = [
  rootNamespace,
  gatewayNamespace,
  nodeAgentNamespace,
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
];

/** Problems of the intent; an empty list means that it can be lowered. */
export function checkMeshIntent(intent: MeshIntent): Problem[] {
  return [
    ...checkIdentity(intent),
    ...checkRelease(intent),
    ...checkCertificates(intent),
    ...checkClusters(intent.clusters),
    ...intent.services.flatMap((service, index) => checkService(intent, service, index)),
    ...intent.calls.flatMap((call, index) => checkCall(intent, call, index)),
    ...(intent.ingress === undefined ? [] : checkIngress(intent, intent.ingress)),
  ];
}

function checkIdentity(intent: MeshIntent): Problem[] {
  const problems: Problem[] = [];
  if (!labelPattern.test(intent.id)) problems.push(badLabel("id", intent.id));
  if (!isHost(intent.trustDomain)) problems.push(badHost("trustDomain", intent.trustDomain));
  return problems;
}

function checkRelease(intent: MeshIntent): Problem[] {
  const { version, chartRepository, hub } = intent.istio;
  const problems: Problem[] = [];
  const minor = /^1\.(\d+)\.\d+$/.exec(version)?.[1];
  if (minor === undefined || Number(minor) < istioMinorMin) {
    problems.push({
      code: "input-type",
      place: "istio.version",
      got: JSON.stringify(version),
      allowed: `an exact version from 1.${istioMinorMin}.0 on`,
      next: "Pin a patch level that still gets security fixes.",
    });
  }
  if (!/^(https|oci):\/\/[^\s]+$/.test(chartRepository)) {
    problems.push({
      code: "input-type",
      place: "istio.chartRepository",
      got: JSON.stringify(chartRepository),
      allowed: "an https or oci URL",
      next: "Name Istio's Helm repository or a mirror of it.",
    });
  }
  if (!/^[a-z0-9][a-z0-9.:/_-]*[a-z0-9]$/.test(hub) || hub.includes("://")) {
    problems.push({
      code: "input-type",
      place: "istio.hub",
      got: JSON.stringify(hub),
      allowed: "a registry and folder without scheme and tag",
      next: "Name the registry from which the clusters may pull Istio's images.",
    });
  }
  return problems;
}

function checkCertificates(intent: MeshIntent): Problem[] {
  const { rootHours, intermediateHours, renewalHours } = intent.certificates;
  const problems: Problem[] = [];
  const bounds = [
    ["rootHours", rootHours, 1, Number.MAX_SAFE_INTEGER, "whole hours"],
    ["intermediateHours", intermediateHours, 1, rootHours - 1, "fewer whole hours than the root"],
    ["renewalHours", renewalHours, 0, intermediateHours - 1, "fewer hours than an intermediate"],
  ] as const;
  for (const [field, value, least, most, allowed] of bounds) {
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    problems.push({
      code: "input-type",
      place: `certificates.${field}`,
      got: String(value),
      allowed,
      next: "A certificate must end before the one that signed it, and be renewed before it ends.",
    });
  }
  return problems;
}

function checkService(intent: MeshIntent, service: ServiceIntent, index: number): Problem[] {
  const at = `services[${index}]`;
  const problems: Problem[] = [];
  for (const field of ["namespace", "name"] as const) {
    if (!labelPattern.test(service[field])) {
      problems.push(badLabel(`${at}.${field}`, service[field]));
    }
  }
  if (takenNamespaces.includes(service.namespace)) {
    problems.push({
      code: "input-unknown",
      place: `${at}.namespace`,
      got: JSON.stringify(service.namespace),
      allowed: `not one of ${takenNamespaces.join(", ")}`,
      next: "Give the service a namespace that belongs to it.",
    });
  }
  const ref = serviceRef(service);
  const first = intent.services.findIndex((other) => serviceRef(other) === ref);
  if (first < index) problems.push(duplicate(at, ref, `services[${first}]`));
  return [...problems, ...checkOffer(service, `${at}.offers`)];
}

function checkOffer(service: ServiceIntent, at: string): Problem[] {
  const offer = service.offers;
  if (offer === undefined) return [];
  const problems: Problem[] = [];
  for (const field of ["port", "workloadPort"] as const) {
    const port = offer[field];
    if (port === undefined || (Number.isInteger(port) && port >= 1 && port <= portMax)) continue;
    problems.push({
      code: "port-invalid",
      place: `${at}.${field}`,
      got: String(port),
      allowed: `a whole number from 1 to ${portMax}`,
      next: "Give the port on which the service is called.",
    });
  }
  if (proxyPorts.some((port) => port === workloadPortOf(offer))) {
    problems.push({
      code: "port-invalid",
      place: `${at}.${offer.workloadPort === undefined ? "port" : "workloadPort"}`,
      got: String(workloadPortOf(offer)),
      allowed: `none of ${proxyPorts.join(", ")}`,
      next: "The sidecar listens there itself; let the workload listen elsewhere.",
    });
  }
  if (!protocols.includes(offer.protocol)) {
    problems.push({
      code: "input-unknown",
      place: `${at}.protocol`,
      got: JSON.stringify(offer.protocol),
      allowed: protocols.join(", "),
      next: "Name what the service speaks; tcp where it is neither of the others.",
    });
  }
  return problems;
}

function checkCall(intent: MeshIntent, call: CallIntent, index: number): Problem[] {
  const at = `calls[${index}]`;
  const problems: Problem[] = [];
  for (const end of ["from", "to"] as const) {
    if (findService(intent, call[end]) === undefined) {
      problems.push(unknownService(intent, `${at}.${end}`, call[end]));
    }
  }
  if (call.from === call.to) {
    problems.push({
      code: "flow-redundant",
      place: at,
      got: `${call.from} to itself`,
      allowed: "two different services",
      next: "A pod reaches itself without the mesh; leave the call out.",
    });
  }
  problems.push(...checkCallable(intent, `${at}.to`, call.to));
  const first = intent.calls.findIndex(({ from, to }) => from === call.from && to === call.to);
  if (first < index) {
    const named = `${call.from} to ${call.to}`;
    problems.push({ ...duplicate(at, named, `calls[${first}]`), code: "flow-redundant" });
  }
  if (call.because.trim() === "") problems.push(noReason(`${at}.because`));
  return problems;
}

function checkIngress(intent: MeshIntent, ingress: IngressIntent): Problem[] {
  const problems: Problem[] = [];
  const service = findService(intent, ingress.service);
  if (service === undefined) {
    problems.push(unknownService(intent, "ingress.service", ingress.service));
  }
  problems.push(...checkCallable(intent, "ingress.service", ingress.service));
  if (service?.offers?.protocol === "tcp") {
    problems.push({
      code: "flow-nowhere",
      place: "ingress.service",
      got: `${ingress.service}, which speaks tcp`,
      allowed: "a service that speaks http or grpc",
      next: "The gateway ends TLS and routes by host, which needs HTTP behind it.",
    });
  }
  if (!isHost(ingress.host)) problems.push(badHost("ingress.host", ingress.host));
  if (!labelPattern.test(ingress.certificate)) {
    problems.push(badLabel("ingress.certificate", ingress.certificate));
  }
  problems.push(...checkPrefixes("ingress.from", ingress.from));
  if (ingress.because.trim() === "") problems.push(noReason("ingress.because"));
  return problems;
}

function checkCallable(intent: MeshIntent, place: string, ref: string): Problem[] {
  const service = findService(intent, ref);
  if (service === undefined || service.offers !== undefined) return [];
  return [
    {
      code: "flow-nowhere",
      place,
      got: `${ref}, which offers nothing`,
      allowed: "a service with `offers`",
      next: "Declare the port on which it takes calls, or drop the call.",
    },
  ];
}

function unknownService(intent: MeshIntent, place: string, got: string): Problem {
  const names = intent.services.map(serviceRef);
  const near = nearest(got, names);
  return {
    code: "flow-nowhere",
    place,
    got: JSON.stringify(got),
    allowed: names.join(", ") || "nothing, as no service is declared",
    next: near === undefined ? "Declare the service first." : `Did you mean "${near}"?`,
  };
}

function isHost(text: string): boolean {
  return text.length <= hostCharactersMax && hostPattern.test(text);
}

function badHost(place: string, got: string): Problem {
  return {
    code: "input-type",
    place,
    got: JSON.stringify(got),
    allowed: `a lower-case DNS name of at most ${hostCharactersMax} characters, without wildcards`,
    next: "Write the name in full.",
  };
}

function badLabel(place: string, got: string): Problem {
  return {
    code: "input-type",
    place,
    got: JSON.stringify(got),
    allowed: "1–63 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    next: "Kubernetes takes no other names here.",
  };
}

function duplicate(place: string, name: string, first: string): Problem {
  return {
    code: "input-duplicate",
    place,
    got: JSON.stringify(name),
    allowed: "each once",
    next: `${first} says this already; drop one of the two.`,
  };
}

function noReason(place: string): Problem {
  return {
    code: "input-missing",
    place,
    got: "no reason",
    allowed: "a sentence",
    next: "Say why the call is needed; the sentence goes into every policy made from it.",
  };
}
