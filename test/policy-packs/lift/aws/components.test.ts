/** What our own components plan is exactly what their intent says. */
import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/index.js";
import { Cluster } from "../../../../components/cluster/index.ts";
import { Network } from "../../../../components/network/index.ts";
import { Segmentation } from "../../../../components/segmentation/index.ts";
import type { NetworkIntent } from "../../../../model/network/intent.ts";
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { accounts, clusterIntent } from "../../../components/cluster/context.ts";
import { usualOutputs } from "../../../harness/cloud-outputs.ts";
import type { Registered } from "../../../harness/deploy.ts";
import { deploy } from "../../../harness/deploy.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { rawOfRegistered } from "../../../harness/registered.ts";
import { routedWantedOf } from "../../../harness/wanted.ts";

const plain: NetworkIntent = {
  ...threeClouds,
  places: threeClouds.places.filter(({ cloud }) => cloud === "aws"),
};
const locked: NetworkIntent = {
  ...plain,
  places: plain.places.map((place) => ({ ...place, subnetRules: { quota: 20 } })),
};

const clusters = {
  ...clusterIntent,
  clusters: clusterIntent.clusters.filter(({ place }) => place === "aws"),
};

/** The VPC's, as AWS would give it. */
const block6 = "2600:1f18:aaaa:bb00::/56";

function outputsOf(resource: Pick<Registered, "type" | "name" | "inputs">) {
  const special: Record<string, Record<string, unknown>> = {
    "aws:ec2/vpc:Vpc": { ipv6CidrBlock: block6 },
    "aws:eks/cluster:Cluster": {
      endpoint: "https://eks.example",
      certificateAuthority: { data: "QVdT" },
      identities: [{ oidcs: [{ issuer: "https://oidc.example/id/1" }] }],
    },
    "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 3 },
  };
  return { id: `${resource.name}-id`, ...usualOutputs(resource), ...special[resource.type] };
}

async function planned(preview: boolean, withCluster = false, intent = plain) {
  const resources = await deploy(
    () => {
      const providers = [new aws.Provider("aws", {})];
      const { places } = new Network("network", { intent }, { providers });
      const segmentation = new Segmentation("segmentation", { intent, places }, { providers });
      if (!withCluster) return;
      const { memberships } = segmentation;
      const administrators = { aws: ["arn:aws:iam::111122223333:role/administrators"] };
      new Cluster(
        "cluster",
        { intent: clusters, network: intent, places, memberships, accounts, administrators },
        { providers },
      );
    },
    { preview, outputs: outputsOf },
  );
  return makePlan(rawOfRegistered(resources, (one) => (preview ? undefined : outputsOf(one))));
}

describe("AWS lift of components", () => {
  const cases = [false, true].flatMap((preview) =>
    [plain, locked].map((intent) => ({ preview, intent })),
  );
  for (const { preview, intent } of cases) {
    const what = `ids ${preview ? "unknown" : "known"}, ${intent === locked ? "with" : "without"}`;
    it(`proves the plan equal to its intent, ${what} rules of subnets`, async () => {
      const { topology, notes } = liftAws(await planned(preview, false, intent));
      assert.deepEqual(topology.unknowns, []);
      assert.deepEqual(notes, []);
      const wanted = routedWantedOf(intent, topology, ...(preview ? [] : [block6]));
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

  for (const preview of [false, true]) {
    it(`proves a cluster's nodes too, ids ${preview ? "unknown" : "known"}`, async () => {
      const { topology } = liftAws(await planned(preview, true, locked));
      const wanted = routedWantedOf(locked, topology, ...(preview ? [] : [block6]));
      assert.equal(compareTopologies(topology, wanted).verdict, "proven");
      const ends = topology.endpoints.filter(({ segment }) => segment === "cluster@aws");
      assert.deepEqual(ends.map(({ name }) => name).sort(), [
        "cluster-aws",
        "cluster-aws-nodes",
        "segmentation-aws-cluster",
      ]);
      const own = topology.residuals.filter(({ says }) => says.includes("EKS"));
      assert.deepEqual(
        own.flatMap(({ endpoints }) => endpoints.map((id) => id.split("::").at(-1))),
        ["cluster-aws"],
      );
    });
  }
});
