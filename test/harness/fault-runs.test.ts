/** The fault runs that a seed draws. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { faultKinds } from "../../local-clouds/faults/fault.ts";
import { faultRuns, sampleOf } from "./fault-runs.ts";

describe("fault runs", () => {
  it("are 200, of every kind with every operation, at 1 to 30 %, the same for a seed", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const runs = faultRuns(seed);
        assert.equal(runs.length, 200);
        assert.deepEqual(faultRuns(seed), runs);
        const pairs = new Set(runs.map(({ kind, operation }) => `${kind} ${operation}`));
        const all = Object.entries(faultKinds).flatMap(([kind, operations]) =>
          operations.map((operation) => `${kind} ${operation}`),
        );
        assert.deepEqual([...pairs].sort(), all.sort());
        assert.ok(runs.every(({ rate }) => rate >= 0.01 && rate <= 0.3));
        assert.ok(new Set(runs.map(({ rate }) => rate)).size > 15);
      }),
      { numRuns: 20 },
    );
  });

  it("are sampled one in twenty, every kind among them, other ones for another seed", () => {
    const sample = sampleOf(faultRuns("a"), "a");
    assert.equal(new Set(sample).size, 10);
    assert.equal(new Set(sample.map(({ kind }) => kind)).size, Object.keys(faultKinds).length);
    const numbers = (seed: string) =>
      sampleOf(faultRuns(seed), seed).map(({ name }) => name.split("-").at(-1));
    assert.notDeepEqual(numbers("a"), numbers("b"));
  });
});
