/**
 * What is lowered to Kubernetes, deployed to the local clouds: their packet probe, which shares no
 * code with the lift, says of random packets what the lifted policies say.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { seedOf } from "../../../../automation/cli/testing/seed.ts";
import { lowerClusterSegmentation } from "../../../../components/segmentation/kubernetes/lower.ts";
import type { PolicyApi } from "../../../../components/segmentation/kubernetes/policy-api.ts";
import { policyApis } from "../../../../components/segmentation/kubernetes/policy-api.ts";
import type { Project } from "../../../../local-clouds/packages/kubernetes/definitions.ts";
import { bundledDefinitions } from "../../../../local-clouds/packages/kubernetes/definitions.ts";
import { Deployed } from "../../../../local-clouds/probe/packet/deployed.ts";
import { answerOf, walk } from "../../../../local-clouds/probe/packet/probe.ts";
import { clusterNamespaces } from "../../../../model/network/cluster-flows.ts";
import type { NetworkIntent } from "../../../../model/network/intent.ts";
import { allow } from "../../../../model/network/intent.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { clustersAgree } from "../../../harness/agreement/agreement.ts";
import type { Answer } from "../../../harness/agreement/compare.ts";
import type { Question } from "../../../harness/agreement/packets.ts";
import type { Ask } from "../../../harness/agreement/world.ts";
import { drawn } from "../../../harness/fault-runs.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { randomClusters, withoutPortZero } from "../../../harness/random-clusters.ts";
import { type Lab, openLab, urnOf } from "../../../local-clouds/kit/lab.ts";
import { opened, planned, workloadsOf } from "./lowered.ts";

const seed = seedOf(import.meta.dirname, process.env);
const [, azure, gcp] = threeClouds.places;
assert.ok(azure !== undefined && gcp !== undefined);
const [place, other] = [gcp, azure];
const clustersCount = 5;
const packetsEach = 400;

const definitions: Record<PolicyApi, Project> = {
  "policy.networking.k8s.io/v1alpha1": "network-policy-api-v1alpha1",
  "policy.networking.k8s.io/v1alpha2": "network-policy-api",
  "policy.networking.k8s.io/v1beta1": "network-policy-api",
};

function define(lab: Lab, api: PolicyApi): void {
  for (const definition of bundledDefinitions(definitions[api])) {
    const { name } = definition["metadata"] as { name: string };
    lab.create("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", name, definition);
  }
}

/** The resources as the lab made them, namespaces first. */
function deploy(lab: Lab, intent: NetworkIntent, api: PolicyApi | undefined) {
  const { networkPolicies, clusterPolicies } = lowerClusterSegmentation(intent, place, api);
  if (api !== undefined) define(lab, api);
  // Where tiers decide, owners of namespaces may write what they like.
  const owners = api === undefined ? [] : clusterNamespaces(intent, place).map(opened);
  const lowered = [...networkPolicies, ...clusterPolicies];
  const objects = [...workloadsOf(intent, place), ...lowered, ...owners];
  const isNamespace = ({ kind }: { kind: string }) => Number(kind === "Namespace");
  return planned(objects.toSorted((a, b) => isNamespace(b) - isNamespace(a))).map((resource) => {
    lab.create(resource.type, resource.name, resource.inputs as never);
    return { ...resource, urn: urnOf(resource.type, resource.name) };
  });
}

describe(`deployed clusters, seed ${seed}`, function () {
  this.timeout(5 * 60_000);

  for (const api of [undefined, ...policyApis]) {
    it(`do what their policies were lifted to: ${api ?? "NetworkPolicies alone"}`, async () => {
      const intents = fc.sample(randomClusters(place, other), {
        seed: drawn(seed),
        numRuns: clustersCount,
      });
      for (const generated of intents) {
        // Somebody outside must be named, or there is no border of addresses to draw packets from.
        const repairs = allow("office", "front", "tcp/22", "repairs");
        const intent = { ...generated, flows: [...generated.flows, repairs] };
        const lab = openLab("kubernetes", {});
        try {
          const plan = makePlan(deploy(lab, withoutPortZero(intent), api));
          const ask: Ask = async (packets) => answers(lab, packets);
          for (const tally of await clustersAgree(plan, ask, packetsEach, seed)) {
            assert.deepEqual(tally.disagreements.slice(0, 3), []);
            assert.ok(tally.arrive + tally.drop > packetsEach / 3, JSON.stringify(tally));
          }
        } finally {
          lab.close();
        }
      }
    });
  }
});

function answers(lab: Lab, packets: readonly Question[]): Answer[] {
  const deployed = new Deployed(lab.clouds.world, []);
  return packets.map((packet) => {
    const { verdict, steps } = answerOf(walk(deployed, packet));
    const last = steps.at(-1);
    return { verdict, stage: last?.stage ?? "", rule: last?.rule ?? "" };
  });
}
