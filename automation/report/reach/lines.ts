/**
 * All pairs as plain lines, `src => dst : conns`, in the form known from np-guard's
 * netpol-analyzer: pods by their owner, outside addresses as disjoint IPv4 ranges, no line for what
 * stays within one owner, TCP, UDP and SCTP alone, sorted.
 */
import { familyOf, formatAddress } from "../../../model/base/address.ts";
import type { Interval, IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, intersect, union } from "../../../model/base/interval-set.ts";
import { protocolInterval } from "../../../model/base/layer4.ts";
import type { Direction } from "../../../model/network/topology.ts";
import { cutLine, pieceInterval } from "../../../model/reach/address-classes.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import type { Party } from "./connections.ts";
import { forEachConnection } from "./connections.ts";

/** The lines, without their ends. */
export function connectionLines(reach: Reach): string[] {
  const texts = new Map<IntervalSet, string>();
  const textOf = (may: IntervalSet): string => {
    const known = texts.get(may);
    if (known !== undefined) return known;
    const text = connectionsText(may);
    texts.set(may, text);
    return text;
  };
  const outside = { from: outsideNames(reach, "in"), to: outsideNames(reach, "out") };
  const nameOf = (party: Party, side: "from" | "to") =>
    "endpoint" in party ? party.endpoint.name : outside[side](party.range);
  const pairs = new Map<string, IntervalSet>();
  forEachConnection(reach, ({ from: source, to: destination, may }) => {
    const [from, to] = [nameOf(source, "from"), nameOf(destination, "to")];
    if (from === undefined || to === undefined || from === to) return;
    const pair = `${from} => ${to}`;
    const known = pairs.get(pair);
    // Sets are made once for each row, so the same set is the same object.
    if (known !== may) pairs.set(pair, known === undefined ? may : union(known, may));
  });
  return [...pairs]
    .map(([pair, may]) => ({ pair, text: textOf(may) }))
    .filter(({ text }) => text !== "")
    .map(({ pair, text }) => `${pair} : ${text}`)
    .sort();
}

/** Virtual machines may be in several networks; manifests alone put all into the pods' own. */
export function networkLines(reach: Reach): string[] {
  const { topologies } = reach.universe;
  const names = topologies[reach.topology]?.endpoints.map(({ name }) => name) ?? [];
  if (!names.some((name) => name.endsWith("[VirtualMachine]"))) return [];
  const each = [...new Set(names)].sort();
  return [
    "",
    "Workload-to-Networks Mapping:",
    ...each.flatMap((name) => [`${name}: `, "\tPrimary Network: pod-network"]),
  ];
}

/**
 * Names of outside addresses: the range in which no rule of the direction tells any apart. Whom
 * pods may call and who may call them are cut apart each by its own rules.
 */
function outsideNames(
  { universe, topology }: Reach,
  direction: Direction,
): (range: Interval) => string | undefined {
  const stages = universe.topologies[topology]?.stages ?? [];
  const rules = stages
    .filter((stage) => stage.direction === direction)
    .flatMap(({ tiers }) => tiers.flatMap((tier) => tier.rules));
  const cut = cutLine(
    rules.flatMap(({ peers }) => peers.flatMap((peer) => [peer.addresses ?? []])),
  );
  const names = Array.from({ length: cut.count }, (_, piece) => {
    const { from, to } = pieceInterval(cut, piece);
    return familyOf(from) === 6
      ? undefined
      : `${formatAddress(from)}-${formatAddress(to)}[External]`;
  });
  const known = new Map<bigint, string | undefined>();
  return ({ from }) => {
    if (!known.has(from)) known.set(from, names[cut.starts.findLastIndex((one) => one <= from)]);
    return known.get(from);
  };
}

const protocols = [
  { name: "SCTP", number: 132 },
  { name: "TCP", number: 6 },
  { name: "UDP", number: 17 },
] as const;

const ports = protocols.map(({ name, number }) => ({
  name,
  all: [protocolInterval(number, 1, 65535)],
}));

function connectionsText(selectors: IntervalSet): string {
  if (ports.every(({ all }) => covers(selectors, all))) return "All Connections";
  return ports
    .map(({ name, all }) => ({ name, some: intersect(selectors, all) }))
    .filter(({ some }) => some.length > 0)
    .map(({ name, some }) => `${name} ${some.map(rangeText).join(",")}`)
    .join(",");
}

function rangeText({ from, to }: IntervalSet[number]): string {
  const [first, last] = [from & 0xffffn, to & 0xffffn];
  return first === last ? String(first) : `${first}-${last}`;
}
