/** Small random topologies with everything in them that makes reachability hard, and packets for them. */
import fc from "fast-check";
import type { Family } from "../../../model/base/address.ts";
import { cidrSet, everyAddress, familyOf, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { has, union } from "../../../model/base/interval-set.ts";
import { everyLayer4, portsSet, tryParsePorts } from "../../../model/base/layer4.ts";
import type {
  Condition,
  Endpoint,
  PeerTerm,
  Rule,
  Stage,
  Tier,
  Topology,
} from "../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../model/network/walk.ts";

export const cidrs = (...texts: string[]): IntervalSet =>
  cidrSet(texts.map((text) => parseCidr(text, "test")));

export const ports = (...texts: string[]): IntervalSet =>
  portsSet(
    texts.map((text) => {
      const range = tryParsePorts(text);
      if (range === undefined) throw new Error(`no ports: ${text}`);
      return range;
    }),
  );

const addressPool: readonly IntervalSet[] = [
  cidrs("10.0.0.0/24"),
  cidrs("10.0.0.0/16"),
  cidrs("10.0.0.0/25", "10.0.1.0/24"),
  cidrs("10.0.1.0/24"),
  cidrs("10.0.0.7/32"),
  cidrs("203.0.113.0/24"),
  cidrs("0.0.0.0/0"),
  cidrs("0.0.0.0/1"),
  cidrs("fd00::/48"),
  cidrs("fd00::/64", "10.0.0.0/24"),
  cidrs("fd00::7/128"),
  cidrs("::/0"),
  cidrs("2001:db8::/32"),
  everyAddress,
  union(cidrs("255.0.0.0/8"), cidrs("::/8")),
  [],
];

const selectorPool: readonly IntervalSet[] = [
  ports("tcp/80"),
  ports("tcp/80-90", "udp/53"),
  ports("tcp/443"),
  ports("tcp/32768-65535"),
  ports("tcp/1024-65535"),
  ports("udp"),
  ports("sctp/5000-50000"),
  ports("icmp"),
  [{ from: 65536n + 2048n, to: 65536n + 2048n }],
  [{ from: 65536n, to: 65536n }],
  ports("icmp6"),
  [{ from: 50n * 65536n, to: 51n * 65536n - 1n }],
  everyLayer4,
  everyLayer4,
  [],
];

const portPool: readonly IntervalSet[] = [
  [{ from: 0n, to: 1023n }],
  [{ from: 49152n, to: 65535n }],
  [{ from: 80n, to: 80n }],
  [
    { from: 0n, to: 79n },
    { from: 1024n, to: 40000n },
  ],
];

const groupPool = ["web", "app", "nobody"] as const;
const conditionPool: readonly Condition[] = [
  { kind: "unknown", input: { urn: "urn:rule", path: "ports" } },
  { kind: "request", says: "GET /api/*" },
];

const rarely = <T>(value: fc.Arbitrary<T>, weight: number) =>
  fc.oneof(
    { weight: 10 - weight, arbitrary: fc.constant(undefined) },
    { weight, arbitrary: value },
  );

const term: fc.Arbitrary<PeerTerm> = fc
  .record({
    addresses: rarely(fc.constantFrom(...addressPool), 6),
    group: rarely(fc.constantFrom(...groupPool), 3),
  })
  .map(({ addresses, group }) => ({
    ...(addresses === undefined ? {} : { addresses }),
    ...(group === undefined ? {} : { group }),
  }));

/** Any rule; `pass` only where another tier follows. */
const ruleOf = (last: boolean): fc.Arbitrary<Rule> =>
  fc
    .record({
      action: last
        ? fc.constantFrom("allow" as const, "deny" as const)
        : fc.constantFrom("allow" as const, "deny" as const, "pass" as const),
      peers: fc.array(term, { maxLength: 2 }),
      own: rarely(fc.constantFrom(...addressPool), 2),
      selectors: fc.constantFrom(...selectorPool),
      sourcePorts: rarely(fc.constantFrom(...portPool), 2),
      condition: rarely(fc.constantFrom(...conditionPool), 1),
      path: fc.integer({ min: 0, max: 999_999 }),
    })
    .map(({ action, peers, own, selectors, sourcePorts, condition, path }) => ({
      action,
      peers,
      selectors,
      origin: { urn: "urn:rule", path: `${path}` },
      ...(own === undefined ? {} : { own }),
      ...(sourcePorts === undefined ? {} : { sourcePorts }),
      ...(condition === undefined ? {} : { conditions: [condition] }),
    }));

const tierOf = (last: boolean): fc.Arbitrary<Tier> =>
  fc.record({
    rules: fc.array(ruleOf(last), { maxLength: 4 }),
    otherwise: last
      ? fc.constantFrom("allow" as const, "deny" as const)
      : fc.constantFrom("allow" as const, "deny" as const, "pass" as const, "pass" as const),
    otherwiseOrigin: fc.constant("default"),
  });

const tiers: fc.Arbitrary<Tier[]> = fc
  .integer({ min: 0, max: 2 })
  .chain((more) => fc.tuple(...Array.from({ length: more }, () => tierOf(false)), tierOf(true)));

const stageOf = (id: string): fc.Arbitrary<Stage> =>
  fc.record({
    id: fc.constant(id),
    plane: fc.constant("firewall" as const),
    direction: fc.constantFrom("in" as const, "out" as const),
    stateful: fc.boolean(),
    tiers,
  });

const stageIds = ["s0", "s1", "s2", "s3"];

const endpointOf = (id: string): fc.Arbitrary<Endpoint> =>
  fc
    .record({
      id: fc.constant(id),
      name: fc.constant(id),
      addresses: fc.constantFrom(
        ...addressPool.filter((set) => set !== everyAddress && !has(set, 0n)),
      ),
      unknownAddresses: fc.subarray<Family>([4, 6]),
      within: rarely(fc.constantFrom(...addressPool), 4),
      groups: fc.subarray(["web", "app"]),
      stages: fc.subarray(stageIds),
      outside: fc.boolean(),
    })
    .map(({ within, ...endpoint }) => ({
      ...endpoint,
      ...(within === undefined ? {} : { unknownWithin: within }),
    }));

/** Up to four endpoints, whose addresses may overlap, behind up to four shared stages. */
export const topologyArbitrary: fc.Arbitrary<Topology> = fc.record({
  endpoints: fc
    .integer({ min: 1, max: 4 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => endpointOf(`e${i}`)))),
  stages: fc.tuple(...stageIds.map(stageOf)),
  residuals: fc.constant([]),
  unknowns: fc.constant([]),
});

/** Addresses at and beside every border of the pool. */
const interesting: readonly bigint[] = [
  ...new Set(addressPool.flat().flatMap(({ from, to }) => [from, from + 1n, to, to + 1n])),
].filter((address) => has(everyAddress, address));

const selectorPoints: readonly bigint[] = [
  ...new Set(
    selectorPool.flat().flatMap(({ from, to }) => [from, from + 1n, to, to + 1n, from + 49152n]),
  ),
].filter((selector) => has(everyLayer4, selector));

const sourcePoints: readonly number[] = [0, 79, 80, 81, 443, 1023, 1024, 40000, 49152, 65535];

const protocolFamilies: Readonly<Record<number, Family>> = { 1: 4, 58: 6 };

/** Ends of a family: two addresses of each endpoint, the unknown one, and addresses of nobody. */
export function endsOf({ endpoints }: Topology, family: Family): PacketEnd[] {
  const here = interesting.filter((address) => familyOf(address) === family);
  const owned = endpoints.flatMap(({ id, addresses, unknownAddresses }) => [
    ...here
      .filter((address) => has(addresses, address))
      .map((address) => ({ endpoint: id, address })),
    ...(unknownAddresses.includes(family) ? [{ endpoint: id, address: { unknown: family } }] : []),
  ]);
  const free = here.filter(
    (address) => !endpoints.some(({ addresses }) => has(addresses, address)),
  );
  return [...owned, ...free.map((address) => ({ endpoint: undefined, address }))];
}

/** One of the packets of a topology, by three numbers, without listing them all. */
export function packetAt(topology: Topology, pick: (below: number) => number): Packet | undefined {
  const family = pick(2) === 0 ? 4 : 6;
  const ends = endsOf(topology, family);
  const selectors = selectorPoints.filter(
    (selector) => (protocolFamilies[Number(selector >> 16n)] ?? family) === family,
  );
  const from = ends[pick(ends.length)];
  const to = ends[pick(ends.length)];
  const selector = selectors[pick(selectors.length)];
  const sourcePort = sourcePoints[pick(sourcePoints.length)];
  if (from === undefined || to === undefined) return undefined;
  if (selector === undefined || sourcePort === undefined) return undefined;
  return { from, to, selector, sourcePort };
}

/** Whole numbers below a bound, the same for the same seed. */
export function picker(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % Math.max(1, below);
  };
}
