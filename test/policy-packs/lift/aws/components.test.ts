/** What our own components plan is exactly what their intent says. */
import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/index.js";
import { Network } from "../../../../components/network/index.ts";
import { Segmentation } from "../../../../components/segmentation/index.ts";
import type { NetworkIntent } from "../../../../model/network/intent.ts";
import { intentTopology } from "../../../../model/network/intent-topology.ts";
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { usualOutputs } from "../../../harness/cloud-outputs.ts";
import type { Registered } from "../../../harness/deploy.ts";
import { deploy } from "../../../harness/deploy.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { rawOfRegistered } from "./deployed.ts";

const intent: NetworkIntent = {
  ...threeClouds,
  places: threeClouds.places.filter(({ cloud }) => cloud === "aws"),
};

function outputsOf(resource: Pick<Registered, "type" | "name" | "inputs">) {
  const vpc = resource.type === "aws:ec2/vpc:Vpc";
  return {
    id: `${resource.name}-id`,
    ...usualOutputs(resource),
    ...(vpc ? { ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56" } : {}),
  };
}

async function planned(preview: boolean) {
  const resources = await deploy(
    () => {
      const providers = [new aws.Provider("aws", {})];
      const { places } = new Network("network", { intent }, { providers });
      new Segmentation("segmentation", { intent, places }, { providers });
    },
    { preview, outputs: outputsOf },
  );
  return makePlan(rawOfRegistered(resources, (one) => (preview ? undefined : outputsOf(one))));
}

describe("AWS lift of components", () => {
  for (const preview of [false, true]) {
    it(`proves the plan equal to its intent, ids ${preview ? "unknown" : "known"}`, async () => {
      const { topology, notes } = liftAws(await planned(preview));
      assert.deepEqual(topology.unknowns, []);
      assert.deepEqual(notes, []);
      const wanted = intentTopology(intent, topology.endpoints, "intent");
      const { verdict, differences, pairs } = compareTopologies(topology, wanted);
      const wrong = differences.filter(({ kind }) => kind !== "residual");
      assert.deepEqual(
        wrong.map(({ kind, from, to, family }) => `${kind} ${from.name} ${to.name} ${family}`),
        [],
      );
      assert.equal(verdict, "proven");
      assert.ok(pairs > 100);
    });
  }
});
