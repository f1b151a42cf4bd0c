/**
 * The rules of Azure network security groups, standalone and inline (Microsoft Learn, "Network
 * security groups": lowest priority number first, the first match decides).
 */
import { everyAddress } from "../../model/base/address.ts";
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { intervalSet, union } from "../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../model/base/layer4.ts";
import type { PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { addressesOf, portMax, portRangeOf } from "./address-set.ts";
import type { EdgeRule, Peer, WrittenRule } from "./edge-rule.ts";
import { entriesOf } from "./entries.ts";

/** Canonical types of Azure's groups, rules and what they guard. */
export const azureRuleTypes = {
  group: "azure-native:network:NetworkSecurityGroup",
  rule: "azure-native:network:SecurityRule",
  subnet: "azure-native:network:Subnet",
} as const;

const protocols: Readonly<Record<string, number>> = {
  tcp: protocolNumbers.tcp,
  udp: protocolNumbers.udp,
  icmp: protocolNumbers.icmp,
  icmpv6: protocolNumbers.icmp6,
  esp: 50,
  ah: 51,
};

/** Every rule written in the resource. */
export function azureRulesOf(resource: PlannedResource): WrittenRule[] {
  const { inputs } = resource;
  if (resource.type === azureRuleTypes.rule) return [written(inputs)];
  if (resource.type !== azureRuleTypes.group) return [];
  return entriesOf(inputs.at("securityRules")).map(written);
}

function written(at: View): WrittenRule {
  return { at, read: () => read(at) };
}

function read(at: View): EdgeRule {
  const inbound = oneOf(at.at("direction"), { inbound: true, outbound: false });
  const action = oneOf(at.at("access"), { allow: "allow", deny: "deny" } as const);
  const other = inbound ? "source" : "destination";
  const own = inbound ? "destination" : "source";
  const ownPeers = sidePeers(at, own);
  return {
    direction: inbound ? "in" : "out",
    action,
    priority: at.at("priority").number() ?? Number.MAX_SAFE_INTEGER,
    selectors: selectorsOf(at, action),
    peers: sidePeers(at, other),
    own: () => ownPeers.map(ownAddresses).reduce(union, []),
  };
}

function ownAddresses(peer: Peer): IntervalSet {
  if (peer.kind === "addresses") return peer.addresses();
  // The guarded side always lies in the virtual network, whatever its addresses are.
  if (peer.kind === "tag" && peer.tag.toLowerCase() === "virtualnetwork") return everyAddress;
  throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
}

/** The single prefix, the list of prefixes, and the application groups of one side. */
function sidePeers(at: View, side: "source" | "destination"): Peer[] {
  const single = at.at(`${side}AddressPrefix`);
  const prefixes = [
    ...(single.state === "absent" ? [] : [single]),
    ...entriesOf(at.at(`${side}AddressPrefixes`)),
  ];
  const groups = entriesOf(at.at(`${side}ApplicationSecurityGroups`));
  return [
    ...prefixes.filter((view) => view.state !== "known" || view.text() !== "").map(prefixPeer),
    ...groups.map((group): Peer => ({ kind: "group", at: group.at("id") })),
  ];
}

function prefixPeer(at: View): Peer {
  const text = at.state === "known" ? (at.text() ?? "") : "";
  if (text === "*") return { kind: "addresses", at, addresses: () => everyAddress };
  // A service tag starts with a letter and holds no colon, which every IPv6 prefix does.
  if (/^[A-Za-z][^:]*$/.test(text)) return { kind: "tag", at, tag: text };
  return { kind: "addresses", at, addresses: () => addressesOf(at) };
}

function selectorsOf(at: View, action: "allow" | "deny"): IntervalSet {
  if (action === "deny") requireAnySourcePort(at);
  const protocol = (at.at("protocol").text() ?? "*").toLowerCase();
  const single = at.at("destinationPortRange");
  const views = [
    ...(single.state === "absent" ? [] : [single]),
    ...entriesOf(at.at("destinationPortRanges")),
  ];
  const ranges = views.map(portRangeOf);
  const anyPort =
    ranges.length === 0 || ranges.some(({ from, to }) => from === 0 && to === portMax);
  if (protocol === "*") {
    // Ports mean something to TCP and UDP only.
    const ported = [protocolNumbers.tcp, protocolNumbers.udp];
    if (anyPort) return everyLayer4;
    return intervalSet(
      ported.flatMap((number) => ranges.map(({ from, to }) => protocolInterval(number, from, to))),
    );
  }
  const number = protocols[protocol];
  if (number === undefined) {
    throw new Undecided(at.urn, at.at("protocol").path, "unreadable");
  }
  if (anyPort) return [protocolInterval(number, 0, portMax)];
  return intervalSet(ranges.map(({ from, to }) => protocolInterval(number, from, to)));
}

/** A deny that holds for some source ports only stops nobody who may choose the port. */
function requireAnySourcePort(at: View): void {
  for (const view of [at.at("sourcePortRange"), ...entriesOf(at.at("sourcePortRanges"))]) {
    const range = portRangeOf(view);
    if (range.from > 0 || range.to < portMax) {
      throw new Undecided(view.urn, view.path, "unreadable");
    }
  }
}

function oneOf<T>(view: View, choices: Readonly<Record<string, T>>): T {
  const choice = choices[(view.text() ?? "").toLowerCase()];
  if (choice === undefined) throw new Undecided(view.urn, view.path, "unreadable");
  return choice;
}
