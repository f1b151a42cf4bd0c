/**
 * Networks for the bench: the same for the same seed. Every rule has records of its own, as a lifter
 * would have made them.
 */
import {
  type Cidr,
  cidrInterval,
  everyAddress,
  type Family,
} from "../../../../model/base/address.ts";
import type { IntervalSet } from "../../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../../model/base/layer4.ts";
import type {
  Direction,
  Endpoint,
  PeerTerm,
  Rule,
  Stage,
  Topology,
} from "../../../../model/network/topology.ts";

/** Whole numbers below a bound, by splitmix32. */
export function picker(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** What to make: `rules` are spread evenly over the two stages of every segment. */
export interface Scale {
  readonly segments: number;
  readonly rules: number;
  readonly families: readonly Family[];
  /** Distinct port ranges. */
  readonly ports: number;
  readonly seed: number;
}

const name = (segment: number) => `segment-${segment}`;
const base6 = 0xfd00n << 112n;

/** Addresses of 2^`bits` segments that lie side by side. */
function prefix(segment: number, family: Family, bits = 0): IntervalSet {
  const first = BigInt((segment >> bits) << bits);
  const cidr: Cidr =
    family === 4
      ? { family, base: (10n << 24n) + (first << 8n), length: 24 - bits }
      : { family, base: base6 + (first << 64n), length: 64 - bits };
  return [cidrInterval(cidr)];
}

function both(segment: number, families: readonly Family[]): IntervalSet {
  return families.flatMap((family) => prefix(segment, family));
}

/** Port ranges of TCP and UDP, each once, some of them overlapping. */
function portRanges(count: number, pick: (below: number) => number): (() => IntervalSet)[] {
  const ranges = new Map<string, () => IntervalSet>();
  while (ranges.size < count) {
    const protocol = pick(4) === 0 ? protocolNumbers.udp : protocolNumbers.tcp;
    const from = 1 + pick(60_000);
    const to = pick(2) === 0 ? from : from + pick(400);
    ranges.set(`${protocol} ${from} ${to}`, () => [protocolInterval(protocol, from, to)]);
  }
  return [...ranges.values()];
}

function endpointsOf({ segments, families }: Scale): Endpoint[] {
  return Array.from({ length: segments }, (_, segment) => ({
    id: name(segment),
    name: name(segment),
    segment: name(segment),
    addresses: both(segment, families),
    unknownAddresses: [],
    groups: [name(segment)],
    stages: [`${name(segment)} out`, `${name(segment)} in`],
  }));
}

function stageOf(segment: number, direction: Direction, rules: readonly Rule[]): Stage {
  return {
    id: `${name(segment)} ${direction}`,
    plane: "firewall",
    direction,
    stateful: true,
    tiers: [{ rules, otherwise: "deny", otherwiseOrigin: "default" }],
  };
}

function ruleOf(
  action: "allow" | "deny",
  peer: PeerTerm,
  selectors: IntervalSet,
  place: string,
): Rule {
  return { action, peers: [peer], selectors, origin: { urn: place, path: "rules" } };
}

/** A plan and the intent it was made from, apart from `flaws` rules that say something else. */
export function planAndIntent(scale: Scale, flaws: number): { plan: Topology; intent: Topology } {
  const pick = picker(scale.seed);
  const ranges = portRanges(scale.ports, pick);
  const range = () => (ranges[pick(ranges.length)] as () => IntervalSet)();
  const plan = new Rules(scale.segments);
  const intent = new Rules(scale.segments);
  const flows = scale.rules / 2;
  for (let flow = 0; flow < flows; flow++) {
    const from = flow % scale.segments;
    const to = pick(scale.segments);
    const open = flow % 100 === 0;
    const selectors = range();
    const group = (segment: number): PeerTerm => ({ group: name(segment) });
    const addresses = (segment: number): PeerTerm => ({
      addresses: both(segment, scale.families),
    });
    const flawed = flow % Math.floor(flows / flaws) === 1;
    intent.add(from, "out", ruleOf("allow", group(to), selectors, "intent"));
    intent.add(to, "in", ruleOf("allow", open ? {} : group(from), selectors, "intent"));
    plan.add(from, "out", ruleOf("allow", addresses(to), [...selectors], `flow ${flow} out`));
    const peer = open ? { addresses: everyAddress } : addresses(from);
    plan.add(to, "in", ruleOf("allow", peer, flawed ? range() : selectors, `flow ${flow} in`));
  }
  const endpoints = endpointsOf(scale);
  return { plan: plan.topology(endpoints), intent: intent.topology(endpoints) };
}

/** Rules of the two stages of every segment. */
class Rules {
  readonly #rules: Record<Direction, Rule[]>[];

  constructor(segments: number) {
    this.#rules = Array.from({ length: segments }, () => ({ in: [], out: [] }));
  }

  add(segment: number, direction: Direction, rule: Rule): void {
    this.#rules[segment]?.[direction].push(rule);
  }

  topology(endpoints: readonly Endpoint[]): Topology {
    const stages = this.#rules.flatMap((of, segment) => [
      stageOf(segment, "out", of.out),
      stageOf(segment, "in", of.in),
    ]);
    return { endpoints, stages, residuals: [], unknowns: [] };
  }
}

/**
 * Ordered rules without any plan behind them: allows and denies of segments, of sixteen segments
 * side by side, of groups, of prefixes outside, and of everybody.
 */
export function orderedRules(scale: Scale): Topology {
  const pick = picker(scale.seed);
  const ranges = portRanges(scale.ports, pick);
  const rules = new Rules(scale.segments);
  for (let i = 0; i < scale.rules; i++) {
    const peer = somebody(scale, pick);
    const selectors = (ranges[pick(ranges.length)] as () => IntervalSet)();
    const action = pick(3) === 0 ? "deny" : "allow";
    const direction = i % 2 === 0 ? "out" : "in";
    rules.add((i >> 1) % scale.segments, direction, ruleOf(action, peer, selectors, `rule ${i}`));
  }
  return rules.topology(endpointsOf(scale));
}

function somebody({ segments, families }: Scale, pick: (below: number) => number): PeerTerm {
  const segment = pick(segments);
  const family = families[pick(families.length)] ?? 4;
  const die = pick(100);
  if (die < 70) return { addresses: prefix(segment, family) };
  if (die < 88) return { addresses: prefix(segment, family, 4) };
  if (die < 94) return { group: name(segment) };
  if (die < 99) return { addresses: outsidePrefix(pick(500), family) };
  return {};
}

function outsidePrefix(number: number, family: Family): IntervalSet {
  const base =
    family === 4
      ? (198n << 24n) + (BigInt(number) << 8n)
      : (0x2001n << 112n) + (BigInt(number) << 80n);
  return [cidrInterval({ family, base, length: family === 4 ? 24 : 48 })];
}
