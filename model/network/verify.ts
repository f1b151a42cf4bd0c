/**
 * Compares what planned filters let through with what the intent says, for all pairs of address
 * classes of a place: `extra` is let through but never said, `missing` is said but not let through.
 *
 * Addresses are cut at every border that any rule or segment mentions; inside a class all
 * addresses are treated alike, so one address stands for all of them.
 */
import type { Family } from "../base/address.ts";
import { cidrSet, everyAddress, familyOf, parseCidr } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { emptySet, has, intersect, subtract, union } from "../base/interval-set.ts";
import { everyLayer4, portSet, tryParsePorts } from "../base/layer4.ts";
import { planPlace, segmentPrefixes } from "./address-plan.ts";
import type { Filter, FilterRule, LiftedNetwork, UnknownInput } from "./filter.ts";
import type { NetworkIntent, PlaceIntent } from "./intent.ts";
import { internet } from "./intent.ts";
import type { Packet, PacketEnd, Trace } from "./interpret.ts";
import { interpret } from "./interpret.ts";

/** One packet by which plan and intent differ, replayed by the naive interpreter. */
export interface Difference {
  readonly kind: "extra" | "missing";
  readonly packet: Packet;
  readonly trace: Trace;
  /** The names by which the intent speaks of both ends. */
  readonly from: string;
  readonly to: string;
  /** All selectors by which this pair of ends differs. */
  readonly selectors: IntervalSet;
}

/** The verdict on one place. `unknowns` open the verdict only where there is no `extra`. */
export interface NetworkVerdict {
  readonly place: string;
  readonly differences: readonly Difference[];
  readonly unknowns: readonly UnknownInput[];
  /** Pairs of address classes compared: zero would mean that nothing was proved. */
  readonly pairsCompared: number;
}

/** Compares every place of the intent with the lifted network. */
export function verifyNetwork(intent: NetworkIntent, lifted: LiftedNetwork): NetworkVerdict[] {
  return intent.places.map((place) => verifyPlace(intent, place, lifted));
}

function verifyPlace(
  intent: NetworkIntent,
  place: PlaceIntent,
  lifted: LiftedNetwork,
): NetworkVerdict {
  const filters = lifted.filters.filter((filter) => filter.place === place.name);
  const ends = addressClasses(place, intent, filters);
  const differences: Difference[] = [];
  let pairsCompared = 0;
  for (const from of ends) {
    for (const to of ends) {
      if (!comparable(from, to)) continue;
      pairsCompared++;
      differences.push(...compare(intent, place, filters, from, to));
    }
  }
  return {
    place: place.name,
    differences: onePerPair(differences),
    unknowns: lifted.unknowns,
    pairsCompared,
  };
}

/** Outside-to-outside is nobody's business here, and a packet has one family. */
function comparable(from: PacketEnd, to: PacketEnd): boolean {
  const inside = from.segment !== undefined || to.segment !== undefined;
  return inside && familyOf(from.address) === familyOf(to.address);
}

function compare(
  intent: NetworkIntent,
  place: PlaceIntent,
  filters: readonly Filter[],
  from: PacketEnd,
  to: PacketEnd,
): Difference[] {
  const possible = possibleSelectors[familyOf(from.address)];
  const actual = intersect(
    possible,
    intersect(passed(filters, "out", from.segment, to), passed(filters, "in", to.segment, from)),
  );
  const wanted = intersect(possible, intended(intent, from, to));
  const found: Difference[] = [];
  for (const [kind, selectors] of [
    ["extra", subtract(actual, wanted)],
    ["missing", subtract(wanted, actual)],
  ] as const) {
    const first = selectors[0];
    if (first === undefined) continue;
    const packet: Packet = { place: place.name, from, to, selector: first.from };
    const trace = interpret(filters, packet);
    if (trace.arrives !== (kind === "extra")) {
      throw new Error(
        `verifier and interpreter disagree on ${JSON.stringify(kind)} in ${place.name}`,
      );
    }
    found.push({ kind, packet, trace, from: nameOf(from), to: nameOf(to), selectors });
  }
  return found;
}

/** ICMP belongs to IPv4 and ICMPv6 to IPv6: a flow of one says nothing of the other family. */
const possibleSelectors: Record<Family, IntervalSet> = {
  4: subtract(everyLayer4, portSet({ protocol: "icmp6", from: 0, to: 65535 })),
  6: subtract(everyLayer4, portSet({ protocol: "icmp", from: 0, to: 65535 })),
};

/** Selectors that the filters of one direction at one segment let through to or from `other`. */
function passed(
  filters: readonly Filter[],
  direction: Filter["direction"],
  segment: string | undefined,
  other: PacketEnd,
): IntervalSet {
  let result = everyLayer4;
  for (const filter of filters) {
    if (filter.direction !== direction || filter.segment !== segment) continue;
    result = intersect(result, allowedBy(filter, other));
  }
  return result;
}

function allowedBy(filter: Filter, other: PacketEnd): IntervalSet {
  let undecided = everyLayer4;
  let allowed = emptySet;
  for (const rule of filter.rules) {
    if (!concerns(rule, other)) continue;
    if (rule.action === "allow") allowed = union(allowed, intersect(undecided, rule.selectors));
    undecided = subtract(undecided, rule.selectors);
  }
  return filter.otherwise === "allow" ? union(allowed, undecided) : allowed;
}

function concerns(rule: FilterRule, other: PacketEnd): boolean {
  if (other.segment !== undefined && rule.peerSegments.includes(other.segment)) return true;
  return has(rule.peers, other.address);
}

/**
 * What the intent lets `from` call on `to`. The internet is every address there is, so whoever may
 * call the internet may also call a segment that the internet may call, on the ports both share.
 */
function intended(intent: NetworkIntent, from: PacketEnd, to: PacketEnd): IntervalSet {
  const direct = said(intent, nameOf(from), nameOf(to));
  return union(
    direct,
    intersect(said(intent, nameOf(from), internet), said(intent, internet, nameOf(to))),
  );
}

function said(intent: NetworkIntent, from: string, to: string): IntervalSet {
  let selectors = emptySet;
  for (const flow of intent.flows) {
    if (flow.from !== from || flow.to !== to) continue;
    const ports = tryParsePorts(flow.ports);
    if (ports !== undefined) selectors = union(selectors, portSet(ports));
  }
  return selectors;
}

function nameOf(end: PacketEnd): string {
  return end.segment ?? internet;
}

/** One representative end per class of addresses that no rule and no segment tells apart. */
function addressClasses(
  place: PlaceIntent,
  intent: NetworkIntent,
  filters: readonly Filter[],
): PacketEnd[] {
  const segments = segmentSets(place, intent);
  const borders = new Set<bigint>();
  const mark = (set: IntervalSet) => {
    for (const { from, to } of set) borders.add(from).add(to + 1n);
  };
  mark(everyAddress);
  for (const { addresses } of segments) mark(addresses);
  for (const filter of filters) for (const rule of filter.rules) mark(rule.peers);
  const starts = [...borders].filter((start) => has(everyAddress, start));
  const cut = starts.map((address) => ({ address, segment: segmentAt(segments, address) }));
  // A segment whose addresses of a family are not known yet still has members of that family.
  const missing = segments.filter(
    ({ addresses }) => !addresses.some(({ from }) => familyOf(from) === 6),
  );
  return [...cut, ...missing.map(({ name }) => ({ address: placeholder6, segment: name }))];
}

/** Stands for "some IPv6 address of the segment": an address that only a catch-all rule covers. */
const placeholder6 = (1n << 32n) + 0x0100n * (1n << 112n);

function segmentAt(
  segments: readonly { name: string; addresses: IntervalSet }[],
  address: bigint,
): string | undefined {
  return segments.find(({ addresses }) => has(addresses, address))?.name;
}

function segmentSets(
  place: PlaceIntent,
  intent: NetworkIntent,
): { name: string; addresses: IntervalSet }[] {
  return planPlace(place, intent.segments).segments.map((segment) => ({
    name: segment.segment,
    addresses: cidrSet(segmentPrefixes(segment).map((cidr) => parseCidr(cidr, segment.segment))),
  }));
}

/** The same gap seen from many address classes is one finding; the first witness stands for it. */
function onePerPair(differences: readonly Difference[]): Difference[] {
  const seen = new Map<string, Difference>();
  for (const difference of differences) {
    const { kind, from, to, packet } = difference;
    const key = `${kind} ${from} ${to} ${packet.selector}`;
    if (!seen.has(key)) seen.set(key, difference);
  }
  return [...seen.values()];
}
