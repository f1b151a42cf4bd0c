/**
 * The rules of GCP's network firewall policies and VPC firewalls (VPC documentation, "Firewall
 * policy rules" and "VPC firewall rules").
 */
import { everyAddress } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { intervalSet, union } from "../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../model/base/layer4.ts";
import type { Direction } from "../../model/network/topology.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

import { addressesOf } from "./address-set.ts";
import type { EdgeRule, Peer, WrittenRule } from "./edge-rule.ts";

import { entriesOf } from "./entries.ts";
import { meaningOf, portMax, portRangeOf, protocolOf, unreadable } from "./layer4.ts";

/** Canonical types of GCP's rules and of what they hang on. */
export const gcpRuleTypes = {
  policy: "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy",
  policyRule: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
  association: "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation",
  firewall: "gcp:compute/firewall:Firewall",
  tagValue: "gcp:tags/tagValue:TagValue",
  network: "gcp:compute/network:Network",
} as const;

const compute = (file: string) => `gcp:compute/${file}:${file[0]?.toUpperCase()}${file.slice(1)}`;

/** Policies that hold their rules themselves. */
const withRules: readonly string[] = [
  compute("networkFirewallPolicyWithRules"),
  compute("regionNetworkFirewallPolicyWithRules"),
  compute("firewallPolicyWithRules"),
];

/** Rules of policies: of a network, of a region and of an organisation or folder. */
export const gcpPolicyRuleTypes: readonly string[] = [
  gcpRuleTypes.policyRule,
  compute("regionNetworkFirewallPolicyRule"),
  compute("firewallPolicyRule"),
];

/** Every type in which {@link gcpRulesOf} finds rules. */
export const gcpRuleWriters: readonly string[] = [
  gcpRuleTypes.firewall,
  ...gcpPolicyRuleTypes,
  ...withRules,
];

const protocols: Readonly<Record<string, number>> = {
  ...protocolNumbers,
  ipip: 4,
  esp: 50,
  ah: 51,
};

/** The rules written in the resource, as far as they are in force. */
export function gcpRulesOf(resource: PlannedResource): WrittenRule[] {
  const { inputs, type } = resource;
  if (type === gcpRuleTypes.firewall) return inForce(inputs, readFirewall);
  if (gcpPolicyRuleTypes.includes(type)) return inForce(inputs, readPolicyRule);
  if (!withRules.includes(type)) return [];
  return entriesOf(inputs.at("rules")).flatMap((at) => inForce(at, readPolicyRule));
}

function inForce(at: View, read: (at: View) => EdgeRule): WrittenRule[] {
  const disabled = at.at("disabled");
  // Not known yet: it may come into force.
  if (disabled.state === "known" && disabled.flag() === true) return [];
  return [{ at, read: () => read(at) }];
}

const policyActions: Readonly<Record<string, EdgeRule["action"]>> = {
  allow: "allow",
  deny: "deny",
  goto_next: "pass",
  // An inspection looks for attacks in what it lets through; it asks nobody who he is.
  apply_security_profile_group: "allow",
};

function readPolicyRule(at: View): EdgeRule {
  const direction = gcpDirection(at.at("direction"));
  const action = policyActions[at.at("action").text()?.toLowerCase() ?? ""];
  if (action === undefined) throw unreadable(at.at("action"));
  const match = at.at("match");
  const [other, own] = direction === "in" ? (["src", "dest"] as const) : (["dest", "src"] as const);
  const ownRanges = match.at(`${own}IpRanges`);
  return {
    direction,
    action,
    priority: at.at("priority").number() ?? 0,
    selectors: gcpSelectors(match.at("layer4Configs"), "ipProtocol"),
    peers: policyPeers(match, other),
    ...(ownRanges.state === "absent"
      ? {}
      : { own: () => entriesOf(ownRanges).map(addressesOf).reduce(union, []) }),
  };
}

/** Kinds of networks in which everybody on the internet is. */
const openScopes: readonly string[] = ["INTERNET", "UNSPECIFIED"];

function policyPeers(match: View, side: "src" | "dest"): Peer[] {
  const scope = [`${side}NetworkScope`, `${side}NetworkContext`]
    .map((key) => match.at(key))
    .find(({ state }) => state !== "absent");
  // Ranges within networks of one's own are not the internet's.
  if (scope !== undefined && !openScopes.includes(scope.text() ?? "UNSPECIFIED")) {
    return [{ kind: "group", at: scope }];
  }
  const narrow = ["AddressGroups", "Fqdns", "RegionCodes", "ThreatIntelligences", "SecureTags"];
  return peersOf(
    match.at(`${side}IpRanges`),
    narrow.map((kind) => match.at(`${side}${kind}`)),
  );
}

function readFirewall(at: View): EdgeRule {
  const direction = gcpDirection(at.at("direction"), "INGRESS");
  const denies = at.at("denies");
  if (denies.state === "unknown") throw new Undecided(denies.urn, denies.path, "unknown");
  const action = denies.items().length > 0 ? "deny" : "allow";
  const groups = direction === "in" ? ["sourceTags", "sourceServiceAccounts"] : [];
  return {
    direction,
    action,
    priority: at.at("priority").number() ?? firewallPriorityDefault,
    selectors: gcpSelectors(action === "deny" ? denies : at.at("allows"), "protocol"),
    peers: peersOf(
      at.at(direction === "in" ? "sourceRanges" : "destinationRanges"),
      groups.map((name) => at.at(name)),
    ),
  };
}

/** Priority of a VPC firewall that names none. */
const firewallPriorityDefault = 1000;

/** Without any range and any group, a rule means everybody. */
function peersOf(ranges: View, groups: readonly View[]): Peer[] {
  const byAddress = (at: View): Peer => ({
    kind: "addresses",
    at,
    addresses: () => addressesOf(at),
  });
  const peers = [
    ...entriesOf(ranges).map(byAddress),
    // A list that is not known yet may be empty.
    ...groups.flatMap((list) =>
      list.state === "unknown"
        ? [byAddress(list)]
        : list.items().map((at): Peer => ({ kind: "group", at })),
    ),
  ];
  if (peers.length > 0) return peers;
  return [{ kind: "addresses", at: ranges, addresses: () => everyAddress }];
}

/**
 * What a list of protocols and ports matches; `protocolKey` names the protocol's property. Without
 * an entry nobody can tell: the service refuses such a rule.
 */
export function gcpSelectors(list: View, protocolKey: string): IntervalSet {
  const entries = entriesOf(list);
  if (entries.length === 0) throw unreadable(list);
  return intervalSet(entries.flatMap((config) => [...oneSelector(config, protocolKey)]));
}

const ported: readonly number[] = [protocolNumbers.tcp, protocolNumbers.udp, protocolNumbers.sctp];

function oneSelector(config: View, protocolKey: string): IntervalSet {
  const protocol = config.at(protocolKey);
  if (protocol.text()?.toLowerCase() === "all") return everyLayer4;
  const number = protocolOf(protocol, protocols);
  const ports = entriesOf(config.at("ports")).map(portRangeOf);
  // Ports mean something to protocols that have them only ("Protocols and ports").
  if (ports.length === 0 || !ported.includes(number)) return [protocolInterval(number, 0, portMax)];
  return ports.map(({ from, to }) => protocolInterval(number, from, to));
}

/** Seen from what the rule guards. */
export function gcpDirection(view: View, otherwise?: string): Direction {
  return meaningOf(view, { ingress: "in", egress: "out" } as const, otherwise);
}
