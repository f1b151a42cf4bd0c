/**
 * The verifier and the local clouds' packet probe, which share no code, judge the same seeded
 * packets of a deployed world. Every test run draws 5,000 of a seed's 100,000 in networks whose
 * rules are drawn, too; `./bulkhead test --full segmentation` asks all of them, there and in the
 * stack `local`. The sample in `local` is in the test of its lifecycle.
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
      const project = await EngineProject.open("crossroads.js");
      try {
        const up = await project.run("up", version);
        assert.equal(up.code, 0, up.stdout + up.stderr);
        const plan = deployedPlan(await project.exported());
        const tally = await networksAgree(plan, probeOf(project.clouds), count, seed);
        assertAgreement(tally, count);
        for (const one of await clustersAgree(plan, probeOf(project.clouds), count, seed)) {
          assertAgreement(one, count);
        }
      } finally {
        await project.close();
      }
    });
  }
});

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

    it("is what the packet probe says of its clusters' policies", async () => {
      for (const tally of await clustersAgree(plan, probeOf(stack.clouds), count, seed)) {
        assertAgreement(tally, Math.ceil(count / 3));
      }
    });
  });
}
