/** Lowered and lifted back, every intent means what it said. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { everyAddress } from "../../../../model/base/address.ts";
import { intersect } from "../../../../model/base/interval-set.ts";
import type { FlowIntent, NetworkIntent } from "../../../../model/network/intent.ts";
import { allow, internet } from "../../../../model/network/intent.ts";
import type { Endpoint, Topology } from "../../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../../model/network/walk.ts";
import { walk } from "../../../../model/network/walk.ts";
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { routedWantedOf } from "../../../harness/wanted.ts";
import { loweredProgram } from "./lowered.ts";
import type { Written } from "./program.ts";
import { planOf } from "./program.ts";

const places = threeClouds.places.filter(({ cloud }) => cloud === "aws");
const [place] = places;
assert.ok(place !== undefined);

const ends = fc.constantFrom(internet, ...threeClouds.segments.map(({ name }) => name));
const ports = fc.constantFrom(
  "tcp/443",
  "tcp/8000-8010",
  "tcp",
  "udp/53",
  "icmp",
  "icmp6",
  "sctp",
  "any",
);
const flow: fc.Arbitrary<FlowIntent> = fc
  .record({ from: ends, to: ends, ports })
  .filter(({ from, to }) => from !== internet || to !== internet)
  .map(({ from, to, ports: text }) => allow(from, to, text, "test"));
const egress = fc.constantFrom("direct", "nat", "none" as const);
const intents: fc.Arbitrary<NetworkIntent> = fc
  .record({
    flows: fc.uniqueArray(flow, {
      selector: ({ from, to, ports: text }) => `${from} ${to} ${text}`,
      maxLength: 10,
    }),
    ways: fc.array(egress, { minLength: 4, maxLength: 4 }),
  })
  .map(({ flows, ways }) => ({
    places,
    segments: threeClouds.segments.map((segment, index) => {
      const calls = flows.some(({ from, to }) => from === segment.name && to === internet);
      // A flow to the internet without a way there is refused before anything is lowered.
      const way = ways[index] ?? "nat";
      return { ...segment, egress: calls && way === "none" ? "nat" : way };
    }),
    flows,
  }));

function lifted(program: readonly Written[], phase: "update" | "preview" = "preview"): Topology {
  return liftAws(planOf(program, phase)).topology;
}

/** Differences of the lifted program and the intent, each in a line. */
function differences(intent: NetworkIntent, program: readonly Written[]): string[] {
  const topology = lifted(program);
  const wanted = routedWantedOf(intent, topology);
  const { differences: found, verdict } = compareTopologies(topology, wanted);
  const wrong = found
    .filter(({ kind }) => kind !== "residual")
    .map(({ kind, from, to, family }) => `${kind} ${from.name} ${to.name} ${family}`);
  assert.equal(verdict, wrong.length === 0 ? "proven" : "violated");
  return wrong;
}

describe("AWS lift of what was lowered", () => {
  it("is the intent, whatever flows and ways it has", () => {
    fc.assert(
      fc.property(intents, (intent) => {
        assert.deepEqual(differences(intent, loweredProgram(intent, place)), []);
      }),
      { numRuns: 150 },
    );
  });

  it("lacks something as soon as one rule or route is left out", () => {
    const intent = { ...threeClouds, places };
    const program = loweredProgram(intent, place);
    const needed = program.filter(({ type }) => /(Ingress|Egress)Rule$|route:Route$/.test(type));
    // Both zones' NAT subnet and the second family of unused ways aside, every one is needed.
    for (const left of needed) {
      const rest = program.filter((one) => one !== left);
      const found = differences(intent, rest);
      assert.ok(
        found.some((line) => line.startsWith("missing")),
        `nothing is missing without ${left.name}`,
      );
    }
    assert.ok(needed.length > 10);
  });

  it("agrees with the intent on random packets, one by one", () => {
    const intent = { ...threeClouds, places };
    const topology = lifted(loweredProgram(intent, place), "update");
    const wanted = routedWantedOf(intent, topology);
    let passed = 0;
    fc.assert(
      fc.property(packetsOf(topology), (packet) => {
        for (const reading of ["may", "must"] as const) {
          const plan = walk(topology, packet, reading);
          const said = walk(wanted, packet, reading);
          assert.equal(plan.arrives, said.arrives);
          if (plan.arrives) {
            passed++;
            assert.ok(plan.replyArrives);
          }
        }
      }),
      { numRuns: 4000 },
    );
    assert.ok(passed > 50, `${passed} packets passed`);
  });
});

const selectors = [
  ...[22, 443, 5432, 8080].map((port) => (6n << 16n) + BigInt(port)),
  (17n << 16n) + 53n,
  (1n << 16n) + 2048n,
  50n << 16n,
];

function packetsOf(topology: Topology): fc.Arbitrary<Packet> {
  const known = fc.oneof(...topology.endpoints.flatMap(endsOf), fc.constant(nobody));
  return fc
    .record({
      from: known,
      to: known,
      selector: fc.constantFrom(...selectors),
      sourcePort: fc.integer({ min: 1024, max: 65535 }),
    })
    .filter(({ from, to }) => from.endpoint !== undefined || to.endpoint !== undefined)
    .filter(({ from, to }) => familyOf(from) === familyOf(to));
}

const nobody: PacketEnd = { endpoint: undefined, address: 0xcb007107n };

function familyOf({ address }: PacketEnd): number {
  if (typeof address !== "bigint") return address.unknown;
  return address < 1n << 32n ? 4 : 6;
}

function endsOf({ id, addresses, unknownAddresses }: Endpoint): fc.Arbitrary<PacketEnd>[] {
  return [
    ...intersect(addresses, everyAddress).map(({ from, to }) =>
      fc.bigInt({ min: from, max: to }).map((address): PacketEnd => ({ endpoint: id, address })),
    ),
    ...unknownAddresses.map((unknown) =>
      fc.constant<PacketEnd>({ endpoint: id, address: { unknown } }),
    ),
  ];
}
