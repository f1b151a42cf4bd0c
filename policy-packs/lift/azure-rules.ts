/**
 * The rules of Azure network security groups, standalone and inline (Microsoft Learn, "Network
 * security groups": lowest priority number first, the first match decides).
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
import { meaningOf, portMax, portRangeOf } from "./layer4.ts";

/** Canonical types of Azure's groups, rules and what they guard. */
export const azureRuleTypes = {
  group: "azure-native:network:NetworkSecurityGroup",
  rule: "azure-native:network:SecurityRule",
  subnet: "azure-native:network:Subnet",
} as const;

const protocols: Readonly<Record<string, number | "every">> = {
  "*": "every",
  any: "every",
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
  const direction = azureDirection(at);
  const action = azureAction(at.at("access"));
  // A deny that holds for some source ports only stops nobody who may choose the port.
  const sourcePorts = azureSourcePorts(at);
  if (action === "deny" && sourcePorts !== undefined) {
    throw new Undecided(at.urn, at.at("sourcePortRange").path, "unreadable");
  }
  const [other, own] = azureSidesOf(direction);
  const ownPeers = azureSide(at, own);
  return {
    direction,
    action,
    priority: at.at("priority").number() ?? Number.MAX_SAFE_INTEGER,
    selectors: azureSelectors(at),
    peers: azureSide(at, other),
    own: () => ownPeers.map(ownAddresses).reduce(union, []),
  };
}

/** Seen from what the group guards. */
export function azureDirection(at: View): Direction {
  return meaningOf(at.at("direction"), { inbound: "in", outbound: "out" } as const);
}

/** What the rule does with what it matches. */
export function azureAction(access: View): "allow" | "deny" {
  return meaningOf(access, { allow: "allow", deny: "deny" } as const);
}

/** The other side and the guarded side of a rule of that direction. */
export function azureSidesOf(
  direction: Direction,
): readonly ["source" | "destination", "source" | "destination"] {
  return direction === "in" ? ["source", "destination"] : ["destination", "source"];
}

function ownAddresses(peer: Peer): IntervalSet {
  if (peer.kind === "addresses") return peer.addresses();
  // The guarded side always lies in the virtual network, whatever its addresses are.
  if (peer.kind === "tag" && peer.tag.toLowerCase() === "virtualnetwork") return everyAddress;
  throw new Undecided(peer.at.urn, peer.at.path, "unreadable");
}

/** The single prefix, the list of prefixes, and the application groups of one side. */
export function azureSide(at: View, side: "source" | "destination"): Peer[] {
  const single = at.at(`${side}AddressPrefix`);
  const prefixes = [
    ...(isWritten(single) ? [single] : []),
    ...entriesOf(at.at(`${side}AddressPrefixes`)),
  ];
  const groups = entriesOf(at.at(`${side}ApplicationSecurityGroups`));
  return [
    ...prefixes.map(prefixPeer),
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

/** The protocols and destination ports of a rule. */
export function azureSelectors(at: View): IntervalSet {
  const number = meaningOf(at.at("protocol"), protocols);
  const ports = portsOf(at, "destination");
  if (number === "every") {
    // Ports mean something to TCP and UDP only.
    return ports === undefined
      ? everyLayer4
      : intervalSet(ported.flatMap((one) => within(one, ports)));
  }
  const every = ports === undefined || !ported.includes(number);
  return every ? [protocolInterval(number, 0, portMax)] : intervalSet(within(number, ports));
}

const ported: readonly number[] = [protocolNumbers.tcp, protocolNumbers.udp];

function within(protocol: number, ports: readonly Ports[]) {
  return ports.map(({ from, to }) => protocolInterval(protocol, from, to));
}

/** The source ports to which a rule is limited; undefined where it is not. */
export function azureSourcePorts(at: View): IntervalSet | undefined {
  const ports = portsOf(at, "source");
  return ports === undefined
    ? undefined
    : intervalSet(ports.map(({ from, to }) => ({ from: BigInt(from), to: BigInt(to) })));
}

interface Ports {
  readonly from: number;
  readonly to: number;
}

/** The single range and the list of ranges of one side; undefined where they hold every port. */
function portsOf(at: View, side: "source" | "destination"): Ports[] | undefined {
  const single = at.at(`${side}PortRange`);
  const views = [...(isWritten(single) ? [single] : []), ...entriesOf(at.at(`${side}PortRanges`))];
  const ranges = views.map(portRangeOf);
  const every = ranges.length === 0 || ranges.some(({ from, to }) => from === 0 && to === portMax);
  return every ? undefined : ranges;
}

/** Beside a list, the single value may be there and empty. */
function isWritten(view: View): boolean {
  return view.state === "unknown" || (view.state === "known" && view.text() !== "");
}
