/**
 * The verifier and the local clouds' packet probe, which share no code, judge the same seeded
 * packets of a deployed world. Every test run draws 5,000 of a seed's 100,000 in networks whose
 * rules are drawn, too, and as many from and to pods of clusters in them; `./bulkhead test --full
 * segmentation` asks all of them, there and in the stack `local`. The sample in `local` is in the test
 * of its lifecycle.
 */
import assert from "node:assert/strict";
import { seedOf } from "../../automation/cli/testing/seed.ts";
import type { Plan } from "../../model/policy/view.ts";
import {
  assertAgreement,
  clustersAgree,
  deployedPlan,
  networksAgree,
  packetsTotal,
  probeOf,
  sampledPart,
} from "../harness/agreement/agreement.ts";
import { EngineProject } from "../harness/engine-project.ts";
import { LocalStack } from "../harness/local-stack.ts";

const minutes = 60_000;
const isFull = process.env["BULKHEAD_FULL"] === "segmentation";
const count = isFull ? packetsTotal : packetsTotal / sampledPart;
const seed = seedOf(import.meta.dirname, process.env);

/** Versions of the program: each draws other rules. */
const versions = isFull ? (["1", "2"] as const) : (["1"] as const);

describe(`what reach says of a deployed world, seed ${seed}`, function () {
  this.timeout(10 * minutes);

  for (const version of versions) {
    it(`is what the packet probe says of three clouds and a cluster, rules ${version}`, async () => {
      const { plan, ask, close } = await deployed("crossroads.js", version);
      try {
        assertAgreement(await networksAgree(plan, ask, count, seed), count);
        for (const tally of await clustersAgree(plan, ask, count, seed)) {
          assertAgreement(tally, count);
        }
      } finally {
        await close();
      }
    });

    it(`is what the packet probe says of pods in three clouds, rules ${version}`, async () => {
      const { plan, ask, close } = await deployed("clusters.js", version);
      try {
        const tallies = await clustersAgree(plan, ask, count, seed);
        assert.equal(tallies.length, 3);
        for (const tally of tallies) assertAgreement(tally, Math.ceil(count / 3));
      } finally {
        await close();
      }
    });
  }
});

/** What a program made of clouds of its own, and their probe. */
async function deployed(program: string, version: "1" | "2") {
  const project = await EngineProject.open(program);
  try {
    const up = await project.run("up", version);
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const plan = deployedPlan(await project.exported());
    return { plan, ask: probeOf(project.clouds), close: () => project.close() };
  } catch (error) {
    await project.close();
    throw error;
  }
}

if (isFull) {
  describe(`what reach says of the stack local, seed ${seed}`, function () {
    this.timeout(20 * minutes);

    let stack: LocalStack;
    let plan: Plan;
    before(async () => {
      stack = await LocalStack.open();
      const up = await stack.run("up", "1");
      assert.equal(up.code, 0, up.stderr);
      plan = deployedPlan(await stack.exported());
    });
    after(async () => {
      await stack.close();
    });

    it("is what the packet probe says of its networks", async () => {
      assertAgreement(await networksAgree(plan, probeOf(stack.clouds), count, seed), count);
    });

    it("is what the packet probe says of its clusters", async () => {
      for (const tally of await clustersAgree(plan, probeOf(stack.clouds), count, seed)) {
        assertAgreement(tally, Math.ceil(count / 3));
      }
    });
  });
}
