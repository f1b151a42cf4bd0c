/**
 * `policy.networking.k8s.io`: AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), and
 * ClusterNetworkPolicy (v1alpha2), which took their place. They differ in names alone.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Action } from "../../../model/network/topology.ts";
import type { Fields, Place } from "./fields.ts";
import { below, isFields, list, object, oneOf, only, refuse, text, whole } from "./fields.ts";
import { everything, readSelector } from "./labels.ts";
import type { PodSelection, Policy, PolicyPeer, PolicyPort, PolicyRule } from "./policy.ts";
import { isPortName, portMax, readCidr, readProtocol } from "./read-network-policy.ts";

const priorityMax = 1000;
/** Of ClusterNetworkPolicy; rules in a direction, peers and protocols in a rule. */
const clusterEntriesMax = 25;
/** Of the older kinds; rules in a direction, peers and ports in a rule. */
const adminEntriesMax = 100;

const kinds = {
  AdminNetworkPolicy: {
    accept: "Allow",
    passes: true,
    ports: "ports",
    entriesMax: adminEntriesMax,
  },
  BaselineAdminNetworkPolicy: {
    accept: "Allow",
    passes: false,
    ports: "ports",
    entriesMax: adminEntriesMax,
  },
  ClusterNetworkPolicy: {
    accept: "Accept",
    passes: true,
    ports: "protocols",
    entriesMax: clusterEntriesMax,
  },
} as const;

export type AdminKind = keyof typeof kinds;

/** The kinds that {@link readAdminPolicy} reads. */
export const adminKinds = Object.keys(kinds) as AdminKind[];

/** The policy; what is wrong with it is noted at `place`. */
export function readAdminPolicy(
  place: Place,
  kind: AdminKind,
  name: string,
  spec: unknown,
): Policy | undefined {
  const at = below(place, "spec");
  const fields = object(at, spec) ?? {};
  const baseline = kind === "BaselineAdminNetworkPolicy";
  const own = kind === "ClusterNetworkPolicy" ? ["tier", "priority"] : ["priority"];
  only(at, fields, ["subject", "ingress", "egress", ...(baseline ? [] : own)]);
  const tier = kind === "ClusterNetworkPolicy" ? readTier(at, fields) : undefined;
  const priority = baseline ? 0 : whole(below(at, "priority"), fields["priority"], 0, priorityMax);
  if (baseline && name !== "default") {
    refuse(below(place, "metadata.name"), name, "default", "There is one, and this is its name.");
  }
  const subject = readSubject(below(at, "subject"), fields["subject"]);
  const rules = { in: readRules(at, kind, fields, "in"), out: readRules(at, kind, fields, "out") };
  if (subject === undefined || priority === undefined) return undefined;
  return {
    tier: tier ?? (baseline ? "baseline" : "admin"),
    priority,
    subject,
    name: `${kind} ${name}`,
    urn: place.urn,
    rules,
  };
}

function readTier(at: Place, fields: Fields): "admin" | "baseline" {
  const tier = oneOf(below(at, "tier"), fields["tier"], ["Admin", "Baseline"]);
  return tier === "Baseline" ? "baseline" : "admin";
}

function readSubject(place: Place, value: unknown): PodSelection | undefined {
  const selection = readSelection(place, object(place, value) ?? {}, ["namespaces", "pods"]);
  if (selection !== undefined) return selection;
  return refuse(place, value, "namespaces or pods", "Say whom the policy is about.");
}

function readSelection(
  place: Place,
  fields: Fields,
  known: readonly string[],
): PodSelection | undefined {
  only(place, fields, known);
  const namespaces = readSelector(below(place, "namespaces"), fields["namespaces"]);
  if (namespaces !== undefined) return { namespaces, pods: everything };
  const at = below(place, "pods");
  const pods = object(at, fields["pods"]);
  if (pods === undefined) return undefined;
  only(at, pods, ["namespaceSelector", "podSelector"]);
  const inside = below(at, "namespaceSelector");
  return {
    namespaces: readSelector(inside, pods["namespaceSelector"]) ?? everything,
    pods: readSelector(below(at, "podSelector"), pods["podSelector"]) ?? everything,
  };
}

function readRules(
  at: Place,
  kind: AdminKind,
  fields: Fields,
  direction: "in" | "out",
): readonly PolicyRule[] {
  const [key, peers] =
    direction === "in" ? (["ingress", "from"] as const) : (["egress", "to"] as const);
  const place = below(at, key);
  return bounded(place, kind, fields[key])
    .map((rule, index) => readRule(below(place, index), kind, rule, peers))
    .filter((rule) => rule !== undefined);
}

function bounded(place: Place, kind: AdminKind, value: unknown): readonly unknown[] {
  const entries = list(place, value);
  const { entriesMax } = kinds[kind];
  if (entries.length > entriesMax) {
    const allowed = `at most ${entriesMax} entries`;
    refuse(place, entries.length, allowed, "Spread them over several policies.");
  }
  return entries;
}

function readRule(
  place: Place,
  kind: AdminKind,
  value: unknown,
  key: "from" | "to",
): PolicyRule | undefined {
  const fields = object(place, value) ?? {};
  const { ports: portsKey } = kinds[kind];
  only(place, fields, ["name", "action", key, portsKey]);
  const action = readAction(below(place, "action"), kind, fields["action"]);
  const at = below(place, key);
  const peers = bounded(at, kind, fields[key]);
  // "This field must be defined and contain at least one item": absent is not everybody here.
  if (peers.length === 0) refuse(at, fields[key], "at least one peer", "Say who it is about.");
  const ports = fields[portsKey];
  const read = kind === "ClusterNetworkPolicy" ? readMatch : readAdminPort;
  const inPorts = below(place, portsKey);
  if (action === undefined) return undefined;
  return {
    action,
    peers: peers.flatMap((peer, index) => readPeer(below(at, index), peer, key) ?? []),
    ports:
      ports === undefined || ports === null
        ? undefined
        : bounded(inPorts, kind, ports).flatMap(
            (one, index) => read(below(inPorts, index), one) ?? [],
          ),
    path: place.path,
  };
}

function readAction(place: Place, kind: AdminKind, value: unknown): Action | undefined {
  const { accept, passes } = kinds[kind];
  const known = oneOf(place, value, [accept, "Deny", ...(passes ? (["Pass"] as const) : [])]);
  const actions = { Allow: "allow", Accept: "allow", Deny: "deny", Pass: "pass" } as const;
  return known === undefined ? undefined : actions[known];
}

function readPeer(place: Place, value: unknown, key: "from" | "to"): PolicyPeer | undefined {
  const fields = object(place, value) ?? {};
  const outside = key === "to" ? ["nodes", "networks", "domainNames"] : [];
  const selection = readSelection(place, fields, ["namespaces", "pods", ...outside]);
  const given = Object.keys(fields).filter((name) => fields[name] !== null);
  if (given.length !== 1) {
    const allowed = `exactly one of ${["namespaces", "pods", ...outside].join(", ")}`;
    return refuse(
      place,
      given.join(", ") || undefined,
      allowed,
      "Write each as a peer of its own.",
    );
  }
  if (selection !== undefined) return { kind: "pods", selection };
  if (fields["networks"] !== undefined) {
    return {
      kind: "addresses",
      addresses: readNetworks(below(place, "networks"), fields["networks"]),
    };
  }
  return { kind: "unsettled", path: below(place, given[0] ?? "").path };
}

function readNetworks(place: Place, value: unknown): IntervalSet {
  return list(place, value)
    .flatMap((one, index) => [readCidr(below(place, index), one) ?? []])
    .reduce<IntervalSet>(union, []);
}

/** One of `portNumber`, `portRange` and `namedPort` (v1alpha1). */
function readAdminPort(place: Place, value: unknown): PolicyPort | undefined {
  const fields = object(place, value) ?? {};
  only(place, fields, ["portNumber", "portRange", "namedPort"]);
  if (fields["namedPort"] !== undefined)
    return readName(below(place, "namedPort"), fields["namedPort"]);
  if (isFields(fields["portRange"])) {
    const at = below(place, "portRange");
    only(at, fields["portRange"], ["protocol", "start", "end"]);
    return readRange(at, fields["portRange"]);
  }
  if (isFields(fields["portNumber"])) {
    const at = below(place, "portNumber");
    only(at, fields["portNumber"], ["protocol", "port"]);
    const port = whole(below(at, "port"), fields["portNumber"]["port"], 1, portMax);
    const protocol = readProtocol(below(at, "protocol"), fields["portNumber"]["protocol"]);
    return port === undefined || protocol === undefined
      ? undefined
      : { protocol, from: port, to: port };
  }
  return refuse(place, value, "portNumber, portRange or namedPort", "Write one of them.");
}

/** One of `tcp`, `udp`, `sctp` and `destinationNamedPort` (v1alpha2). */
function readMatch(place: Place, value: unknown): PolicyPort | undefined {
  const fields = object(place, value) ?? {};
  only(place, fields, ["tcp", "udp", "sctp", "destinationNamedPort"]);
  const name = (["tcp", "udp", "sctp"] as const).find((one) => isFields(fields[one]));
  if (name === undefined) {
    const at = below(place, "destinationNamedPort");
    return readName(at, fields["destinationNamedPort"]);
  }
  const at = below(below(place, name), "destinationPort");
  const protocol = readProtocol(at, name.toUpperCase());
  const port = object(at, (fields[name] as Fields)["destinationPort"]);
  if (protocol === undefined) return undefined;
  if (port === undefined) return { protocol, from: 0, to: portMax };
  only(at, port, ["number", "range"]);
  if (isFields(port["range"])) {
    return readRange(below(at, "range"), { ...port["range"], protocol: name.toUpperCase() });
  }
  const number = whole(below(at, "number"), port["number"], 1, portMax);
  return number === undefined ? undefined : { protocol, from: number, to: number };
}

function readRange(at: Place, fields: Fields): PolicyPort | undefined {
  const protocol = readProtocol(below(at, "protocol"), fields["protocol"]);
  const from = whole(below(at, "start"), fields["start"], 1, portMax);
  if (protocol === undefined || from === undefined) return undefined;
  const to = whole(below(at, "end"), fields["end"], from, portMax);
  return to === undefined ? undefined : { protocol, from, to };
}

function readName(place: Place, value: unknown): PolicyPort | undefined {
  const name = text(place, value);
  if (name === undefined || !isPortName(place, name)) return undefined;
  return { name, protocol: undefined };
}
