/** `networking.k8s.io/v1` NetworkPolicy, with what its API validation refuses. */
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, subtract } from "../../../model/base/interval-set.ts";
import { prefixProblems } from "../../../model/network/input-problems.ts";
import type { Direction } from "../../../model/network/topology.ts";
import type { Fields, Place } from "./fields.ts";
import { below, isFields, list, object, oneOf, only, refuse, textOf, whole } from "./fields.ts";
import { everything, readSelector } from "./labels.ts";
import type { Policy, PolicyPeer, PolicyPort, PolicyRule } from "./policy.ts";
import { policyProtocols } from "./policy.ts";

export const portMax = 65535;

/** Where a policy stands and what it is called. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** The policy; what is wrong with it is noted at `place`. */
export function readNetworkPolicy(place: Place, named: Named, spec: unknown): Policy {
  const at = below(place, "spec");
  const fields = object(at, spec) ?? {};
  only(at, fields, ["podSelector", "policyTypes", "ingress", "egress"]);
  const rules = (key: "ingress" | "egress", peers: "from" | "to") =>
    list(below(at, key), fields[key]).map((rule, index) =>
      readRule(below(below(at, key), index), named.namespace, rule, peers),
    );
  const read = { in: rules("ingress", "from"), out: rules("egress", "to") };
  const types = directionsOf(at, fields);
  return {
    tier: "namespace",
    priority: 0,
    subject: {
      namespaces: { name: named.namespace },
      pods: readSelector(below(at, "podSelector"), fields["podSelector"]) ?? everything,
    },
    name: `NetworkPolicy ${named.namespace}/${named.name}`,
    urn: place.urn,
    rules: {
      ...(types.includes("in") ? { in: read.in } : {}),
      ...(types.includes("out") ? { out: read.out } : {}),
    },
  };
}

/** Without `policyTypes`, ingress always and egress where it has rules (API reference). */
function directionsOf(place: Place, fields: Fields): Direction[] {
  const at = below(place, "policyTypes");
  const types = list(at, fields["policyTypes"]);
  if (types.length === 0) {
    const { egress } = fields;
    return Array.isArray(egress) && egress.length > 0 ? ["in", "out"] : ["in"];
  }
  return types.flatMap((type, index): Direction[] => {
    const known = oneOf(below(at, index), type, ["Ingress", "Egress"]);
    return known === undefined ? [] : [known === "Ingress" ? "in" : "out"];
  });
}

function readRule(place: Place, namespace: string, value: unknown, key: "from" | "to"): PolicyRule {
  const fields = object(place, value) ?? {};
  only(place, fields, [key, "ports"]);
  const peers = list(below(place, key), fields[key]).map((peer, index) =>
    readPeer(below(below(place, key), index), namespace, peer),
  );
  const ports = list(below(place, "ports"), fields["ports"]).map((port, index) =>
    readPort(below(below(place, "ports"), index), port),
  );
  return {
    action: "allow",
    peers: peers.length === 0 ? undefined : peers.filter((peer) => peer !== undefined),
    ports: ports.length === 0 ? undefined : ports.filter((port) => port !== undefined),
    path: place.path,
  };
}

function readPeer(place: Place, namespace: string, value: unknown): PolicyPeer | undefined {
  const fields = object(place, value) ?? {};
  only(place, fields, ["podSelector", "namespaceSelector", "ipBlock"]);
  const pods = readSelector(below(place, "podSelector"), fields["podSelector"]);
  const namespaces = readSelector(below(place, "namespaceSelector"), fields["namespaceSelector"]);
  const block = fields["ipBlock"];
  const selecting = pods !== undefined || namespaces !== undefined;
  if (selecting === (block !== undefined && block !== null)) {
    const allowed = "selectors of pods and namespaces, or an ipBlock";
    return refuse(place, value, allowed, "Write one of the two; {} for everything of a kind.");
  }
  if (!selecting) {
    const addresses = readBlock(below(place, "ipBlock"), block);
    return addresses === undefined ? undefined : { kind: "addresses", addresses };
  }
  // A selector of pods alone stays in the policy's own namespace.
  const where = namespaces ?? { name: namespace };
  return { kind: "pods", selection: { namespaces: where, pods: pods ?? everything } };
}

function readBlock(place: Place, value: unknown): IntervalSet | undefined {
  if (!isFields(value)) return refuse(place, value, "an object", "Write cidr below it.");
  only(place, value, ["cidr", "except"]);
  const whole = readCidr(below(place, "cidr"), value["cidr"]);
  const at = below(place, "except");
  const holes = list(at, value["except"]).map((one, index) => {
    const hole = readCidr(below(at, index), one);
    if (whole === undefined || hole === undefined) return [];
    if (covers(whole, hole) && !covers(hole, whole)) return hole;
    const allowed = `a prefix inside ${String(value["cidr"])}`;
    refuse(below(at, index), one, allowed, "Take it out, or write a smaller one.");
    return [];
  });
  if (whole === undefined) return undefined;
  return holes.reduce<IntervalSet>((left, hole) => subtract(left, hole), whole);
}

/**
 * The addresses of a prefix. Servers before 1.36 also take other spellings, which network plugins
 * then read each in its way (KEP-4858).
 */
export function readCidr(place: Place, value: unknown): IntervalSet | undefined {
  if (typeof value !== "string") {
    return refuse(place, value, "a prefix such as 10.0.0.0/16", "Write address and length.");
  }
  const problems = prefixProblems(value, textOf(place));
  place.problems.push(...problems);
  return problems.length > 0 ? undefined : cidrSet([parseCidr(value, textOf(place))]);
}

function readPort(place: Place, value: unknown): PolicyPort | undefined {
  const fields = object(place, value) ?? {};
  only(place, fields, ["protocol", "port", "endPort"]);
  const protocol = readProtocol(below(place, "protocol"), fields["protocol"]);
  const port = fields["port"] ?? undefined;
  const end = fields["endPort"] ?? undefined;
  if (protocol === undefined) return undefined;
  if (end !== undefined && typeof port !== "number") {
    const next = "Write the first port as a number, or take endPort out.";
    return refuse(below(place, "endPort"), end, "endPort with a numeric port", next);
  }
  if (port === undefined) return { protocol, from: 0, to: portMax };
  if (typeof port === "string") {
    return isPortName(below(place, "port"), port) ? { name: port, protocol } : undefined;
  }
  const from = whole(below(place, "port"), port, 1, portMax);
  if (from === undefined) return undefined;
  const to = end === undefined ? from : whole(below(place, "endPort"), end, from, portMax);
  return to === undefined ? undefined : { protocol, from, to };
}

/** The number of a protocol; TCP where none is given. */
export function readProtocol(place: Place, value: unknown): number | undefined {
  const name = oneOf(place, value ?? "TCP", [...policyProtocols.keys()]);
  return name === undefined ? undefined : policyProtocols.get(name);
}

/** A service name (RFC 6335 §5.1), as the API demands of named ports. */
export function isPortName(place: Place, name: string): boolean {
  const sound = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 15;
  if (!sound) {
    const allowed = "1–65535, or a name of at most 15 small letters, digits and single dashes";
    refuse(place, name, allowed, "Write the container's port as a number or by its name.");
  }
  return sound;
}
