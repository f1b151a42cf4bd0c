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
import type { Peer, WrittenRule } from "./edge-rule.ts";
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

const protocols: Readonly<Record<string, number>> = {
  ...protocolNumbers,
  ipip: 4,
  esp: 50,
  ah: 51,
};

/** The rule written in the resource, if it is one that counts. */
export function gcpRulesOf(resource: PlannedResource): WrittenRule[] {
  const { inputs } = resource;
  if (resource.type === gcpRuleTypes.policyRule) {
    return [{ at: inputs, read: () => readPolicyRule(inputs) }];
  }
  if (resource.type !== gcpRuleTypes.firewall) return [];
  return [{ at: inputs, read: () => readFirewall(inputs) }];
}

function readPolicyRule(at: View) {
  const direction = gcpDirection(at.at("direction"));
  const action = at.at("action").text()?.toLowerCase();
  // `goto_next` hands the packet to the next plane, which a single list of rules cannot say.
  if (action !== "allow" && action !== "deny") throw unreadable(at.at("action"));
  const match = at.at("match");
  const [other, own] = direction === "in" ? (["src", "dest"] as const) : (["dest", "src"] as const);
  requireNone(match, [
    `${other}AddressGroups`,
    `${other}Fqdns`,
    `${other}RegionCodes`,
    `${other}ThreatIntelligences`,
    "srcNetworkScope",
    "destNetworkScope",
  ]);
  const ownRanges = match.at(`${own}IpRanges`);
  return {
    direction,
    action: action as "allow" | "deny",
    priority: at.at("priority").number() ?? 0,
    selectors: gcpSelectors(match.at("layer4Configs"), "ipProtocol"),
    peers: peersOf(match.at(`${other}IpRanges`), match.at("srcSecureTags"), direction),
    ...(ownRanges.state === "absent"
      ? {}
      : { own: () => entriesOf(ownRanges).map(addressesOf).reduce(union, []) }),
  };
}

function readFirewall(at: View) {
  const direction = gcpDirection(at.at("direction"), "INGRESS");
  const denies = at.at("denies");
  const action = denies.state === "known" && denies.items().length > 0 ? "deny" : "allow";
  requireNone(at, ["sourceTags", "sourceServiceAccounts"]);
  const ranges = at.at(direction === "in" ? "sourceRanges" : "destinationRanges");
  const list = action === "deny" ? denies : at.at("allows");
  if (denies.state === "unknown") throw new Undecided(denies.urn, denies.path, "unknown");
  return {
    direction,
    action: action as "allow" | "deny",
    priority: at.at("priority").number() ?? firewallPriorityDefault,
    selectors: gcpSelectors(list, "protocol"),
    peers: peersOf(ranges, undefined, direction),
  };
}

/** Priority of a VPC firewall that names none. */
const firewallPriorityDefault = 1000;

/** Without any range and tag, a rule means everybody. */
function peersOf(ranges: View, tags: View | undefined, direction: Direction): Peer[] {
  const byRange = entriesOf(ranges).map(
    (at): Peer => ({ kind: "addresses", at, addresses: () => addressesOf(at) }),
  );
  const byTag =
    tags === undefined || direction === "out"
      ? []
      : entriesOf(tags).map((tag): Peer => ({ kind: "group", at: tag.at("name") }));
  const peers = [...byRange, ...byTag];
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

function requireNone(at: View, properties: readonly string[]): void {
  for (const property of properties) {
    const view = at.at(property);
    if (view.state === "unknown") throw new Undecided(view.urn, view.path, "unknown");
    if (view.state === "known" && hasContent(view)) throw unreadable(view);
  }
}

function hasContent(view: View): boolean {
  const plain = view.plain();
  return plain !== undefined && plain !== "" && !(Array.isArray(plain) && plain.length === 0);
}
