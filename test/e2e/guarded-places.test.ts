/** Subnets' rules and guardrails, made by the real engine in the local clouds, and proved there. */
import assert from "node:assert/strict";
import { seedOf } from "../../automation/cli/testing/seed.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import type { Plan } from "../../model/policy/view.ts";
import { proveIntent } from "../../model/reach/prove.ts";
import { liftNetwork } from "../../policy-packs/lift/network.ts";
import { plannedPlace } from "../../policy-packs/lift/place.ts";
import {
  assertAgreement,
  deployedPlan,
  networksAgree,
  probeOf,
} from "../harness/agreement/agreement.ts";
import { EngineProject } from "../harness/engine-project.ts";
import { guardedClouds } from "../harness/intents.ts";

const minutes = 60_000;
const seed = seedOf(import.meta.dirname, process.env);
const packets = 5000;

describe(`places with more than groups, deployed, seed ${seed}`, function () {
  this.timeout(10 * minutes);

  let project: EngineProject;
  before(async () => {
    project = await EngineProject.open("guarded-places.js");
  });
  after(async () => {
    await project.close();
  });

  const deployed = async () => deployedPlan(await project.exported());

  it("come up, are proven, and stay as they are", async () => {
    const up = await project.run("up", "1");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const plan = await deployed();
    assert.ok(plan.ofType("aws:ec2/networkAclRule:NetworkAclRule").length > 30);
    assert.equal(plan.ofType("azure-native:network:AdminRule").length, 4);
    assertProven(plan, guardedClouds);
    const again = await project.run("up", "1", "--expect-no-changes");
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  it("mean to the packet probe what they mean to reach", async () => {
    const tally = await networksAgree(await deployed(), probeOf(project.clouds), packets, seed);
    assertAgreement(tally, packets);
  });

  it("are proven again after a flow is taken back", async () => {
    const up = await project.run("up", "2");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const plan = await deployed();
    assert.equal(plan.ofType("azure-native:network:AdminRule").length, 2);
    assertProven(plan, { ...guardedClouds, flows: guardedClouds.flows.slice(0, -1) });
  });

  it("leave nothing behind", async () => {
    const gone = await project.run("destroy", "2");
    assert.equal(gone.code, 0, gone.stdout + gone.stderr);
    assert.deepEqual(await project.world(), []);
  });
});

function assertProven(plan: Plan, intent: NetworkIntent): void {
  const { topology } = liftNetwork(plan);
  for (const place of intent.places.filter(({ cloud }) => cloud !== "gcp")) {
    const placed = plannedPlace(topology, intent, place);
    const origin = { urn: "intent", path: "flows" };
    const { verdict, differences, unknowns } = proveIntent(placed, intent, place, origin);
    const wrong = differences.filter(({ kind }) => kind !== "residual");
    assert.deepEqual(
      wrong.map(({ kind, from, to, family }) => `${kind} ${from.name} ${to.name} IPv${family}`),
      [],
    );
    assert.deepEqual(unknowns, []);
    assert.equal(verdict, "proven", place.name);
  }
}
