/** Segments of pods in the clusters of three clouds, made by the real engine, and proved there. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Plan, PlannedResource } from "../../model/policy/view.ts";
import { proveIntent } from "../../model/reach/prove.ts";
import { liftNetwork } from "../../policy-packs/lift/network.ts";
import { plannedPlace } from "../../policy-packs/lift/place.ts";
import {
  clusterSegmentationType,
  proveSegmentedCluster,
} from "../../policy-packs/rules/shared/cluster-proof.ts";
import { deployedPlan } from "../harness/agreement/agreement.ts";
import { EngineProject } from "../harness/engine-project.ts";
import { reportingClouds } from "../harness/intents.ts";

const minutes = 60_000;
const pack = join(import.meta.dirname, "..", "..", "policy-packs", "zero-trust");
const { places } = reportingClouds;

describe("clusters with segments of pods, deployed", function () {
  this.timeout(15 * minutes);

  let project: EngineProject;
  before(async () => {
    project = await EngineProject.open("segmented-clusters.js");
  });
  after(async () => {
    await project.close();
  });

  const deployed = async () => deployedPlan(await project.exported());

  it("come up, are proven in every plane, and stay as they are", async () => {
    const up = await project.run("up", "1");
    assert.equal(up.code, 0, up.stdout + up.stderr);
    const plan = await deployed();
    for (const segmentation of segmentationsOf(plan)) {
      const { verdict, differences, unknowns, pairs } = proveSegmentedCluster(segmentation, plan);
      assert.deepEqual(
        { differences, unknowns, verdict },
        { differences: [], unknowns: [], verdict: "proven" },
      );
      assert.ok(pairs > 20, `${pairs} pairs`);
    }
    assertCloudsProven(plan);
    const again = await project.run("up", "1", "--expect-no-changes");
    assert.equal(again.code, 0, again.stdout + again.stderr);
  });

  it("let no probe through that no flow declares", async () => {
    for (const { name } of places) {
      const [nightly, archive] = [`${name}-nightly`, `${name}-archive`];
      for (const [from, to, port, verdict] of [
        [nightly, archive, 9000, "arrives"],
        [nightly, archive, 9001, "dropped"],
        [archive, nightly, 9000, "dropped"],
        [archive, "internet", 443, "dropped"],
      ] as const) {
        const told = await project.ask("POST", "/probe/packet", {
          from,
          to,
          protocol: "tcp",
          port,
        });
        assert.equal(told["verdict"], verdict, JSON.stringify(told));
      }
    }
  });

  it("are refused at preview, with the packet, where somebody opens a namespace", async () => {
    const told = await project.preview("2", "--policy-pack", pack);
    const text = told.stdout + told.stderr;
    assert.notEqual(told.code, 0);
    const found = text.split("\n").filter((line) => line.includes("X28"));
    for (const { name } of places) {
      assert.ok(
        found.some((line) => line.includes(`${name}-try`)),
        text,
      );
    }
  });

  it("leave nothing behind", async () => {
    const gone = await project.run("destroy", "1");
    assert.equal(gone.code, 0, gone.stdout + gone.stderr);
    assert.deepEqual(await project.world(), []);
  });
});

function segmentationsOf(plan: Plan): readonly PlannedResource[] {
  const found = plan.ofType(clusterSegmentationType);
  assert.equal(found.length, places.length);
  return found;
}

function assertCloudsProven(plan: Plan): void {
  const { topology } = liftNetwork(plan);
  for (const place of places) {
    const origin = { urn: "intent", path: "flows" };
    const proof = proveIntent(
      plannedPlace(topology, reportingClouds, place),
      reportingClouds,
      place,
      origin,
    );
    const wrong = proof.differences.filter(({ kind }) => kind !== "residual");
    assert.deepEqual(
      wrong.map(({ kind, from, to }) => `${kind} ${from.name} ${to.name}`),
      [],
    );
    assert.equal(proof.verdict, "proven", `${place.name}: ${JSON.stringify(proof.unknowns)}`);
  }
}
