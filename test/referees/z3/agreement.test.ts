/**
 * Z3 as a referee: is there any packet at all on which the bitsets and the formula differ? A sample of
 * the cases in every run; `./bulkhead test --full segmentation` asks all of them.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { init, killThreads } from "z3-solver";
import { seedOf } from "../../../automation/cli/testing/seed.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { Reading } from "../../../model/network/walk.ts";
import type { Asked } from "../../../model/reach/reach.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { topologyArbitrary } from "../../model/reach/topologies.ts";
import { reached } from "./bitsets.ts";
import { packets, verdictOn } from "./formula.ts";

const minutes = 60_000;
const seed = seedOf(import.meta.dirname, process.env);
const cases = process.env["BULKHEAD_FULL"] === "segmentation" ? 1000 : 50;
const questions: readonly (readonly [Reading, Asked])[] = [
  ["may", "request"],
  ["must", "request"],
  ["may", "reply"],
  ["must", "reply"],
];

describe(`bitsets and Z3, seed ${seed}`, function () {
  this.timeout(60 * minutes);
  let z3: Awaited<ReturnType<typeof init>>;
  before(async () => {
    z3 = await init();
  });
  after(() => killThreads(z3.em));

  const ask = async (text: string): Promise<string> => {
    const { Solver } = z3.Context("main");
    const solver = new Solver();
    solver.fromString(text);
    const answer = await solver.check();
    return answer === "sat" ? `sat: ${solver.model().toString()}` : answer;
  };

  it(`agree on ${cases} cases`, async () => {
    const numericSeed = createHash("sha256").update(`z3 ${seed}`).digest().readInt32LE();
    const all = fc.sample(topologyArbitrary, { seed: numericSeed, numRuns: cases });
    for (const [index, topology] of all.entries()) {
      const [reading, asked] = questions[index % 4] ?? ["may", "request"];
      for (const question of differing(topology, reading, asked)) {
        assert.equal(await ask(question), "unsat", `case ${index}, ${reading} ${asked}`);
      }
    }
  });

  it("would see a difference", async () => {
    const allow = {
      action: "allow" as const,
      peers: [{}],
      selectors: [{ from: 400_000n, to: 400_001n }],
      origin: { urn: "urn:rule", path: "" },
    };
    const stage = (otherwise: "allow" | "deny") => ({
      id: "s0",
      plane: "firewall" as const,
      direction: "in" as const,
      stateful: true,
      tiers: [{ rules: [allow], otherwise, otherwiseOrigin: "" }],
    });
    const topology = (otherwise: "allow" | "deny"): Topology => ({
      endpoints: [
        {
          id: "e0",
          name: "e0",
          addresses: [{ from: 1n, to: 2n }],
          unknownAddresses: [],
          groups: [],
          stages: ["s0"],
        },
      ],
      stages: [stage(otherwise)],
      residuals: [],
      unknowns: [],
    });
    const [more, less] = differing(topology("deny"), "may", "request", topology("allow"));
    assert.match(await ask(more ?? ""), /^sat/);
    assert.equal(await ask(less ?? ""), "unsat");
  });
});

/** Texts that are satisfied by a packet that one of the two lets pass and the other does not. */
function differing(
  topology: Topology,
  reading: Reading,
  asked: Asked,
  formulaOf: Topology = topology,
): string[] {
  const { text, name, choices } = verdictOn(formulaOf, asked);
  const call = choices.length === 0 ? name : `(${name} ${choices.join(" ")})`;
  // `may`: some turn lets it pass; `must`: every turn does, none stops it.
  const one = reading === "may" ? call : `(not ${call})`;
  const bound = choices.map((choice) => `(${choice} Bool)`).join(" ");
  const none = bound === "" ? `(not ${one})` : `(forall (${bound}) (not ${one}))`;
  const found = reading === "may" ? "reached" : "(not reached)";
  const common = [
    ...packets(topology),
    ...text,
    ...reached(computeReach(topology), reading, asked),
  ];
  const free = choices.map((choice) => `(declare-const ${choice} Bool)`);
  return [
    [...common, ...free, `(assert (and ${one} (not ${found})))`].join("\n"),
    [...common, `(assert (and ${none} ${found}))`].join("\n"),
  ];
}
