/**
 * What is lowered to Kubernetes' policies and lifted back means what was declared: for generated
 * clusters with outsiders, machines beside the pods, roads, stages and exceptions. A test run draws
 * 500 of a seed's 10,000; `./bulkhead test --full segmentation` makes all.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { seedOf } from "../../../../automation/cli/testing/seed.ts";
import { checkClusterSegmentation } from "../../../../components/segmentation/kubernetes/check.ts";
import { lowerClusterSegmentation } from "../../../../components/segmentation/kubernetes/lower.ts";
import type { PolicyApi } from "../../../../components/segmentation/kubernetes/policy-api.ts";
import { policyApis } from "../../../../components/segmentation/kubernetes/policy-api.ts";
import { clusterFlows, clusterNamespaces } from "../../../../model/network/cluster-flows.ts";
import type { NetworkIntent } from "../../../../model/network/intent.ts";
import type { Proof } from "../../../../model/reach/prove.ts";
import { proveFlows } from "../../../../model/reach/prove.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { clusterInPlace } from "../../../../policy-packs/lift/kubernetes/place.ts";
import { plannedClusters } from "../../../../policy-packs/lift/kubernetes/plan.ts";
import { anyPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../../../policy-packs/lift/kubernetes/topology.ts";
import { shopInClusters } from "../../../components/segmentation/workloads.ts";
import { drawn } from "../../../harness/fault-runs.ts";
import { generatedRuns } from "../../../harness/generated-runs.ts";
import { threeClouds } from "../../../harness/intents.ts";
import { randomClusters, withoutPortZero } from "../../../harness/random-clusters.ts";
import type { ManifestObject } from "./lowered.ts";
import { opened, planned, said, workloadsOf } from "./lowered.ts";

const seed = seedOf(import.meta.dirname, process.env);
const [, azure, gcp] = threeClouds.places;
assert.ok(azure !== undefined && gcp !== undefined);
const [place, other] = [gcp, azure];

function lowered(intent: NetworkIntent, api?: PolicyApi): ManifestObject[] {
  const plan = lowerClusterSegmentation(intent, place, api);
  return [...plan.networkPolicies, ...plan.clusterPolicies];
}

function prove(intent: NetworkIntent, policies: readonly ManifestObject[]): Proof {
  const [found] = plannedClusters(makePlan(planned([...workloadsOf(intent, place), ...policies])));
  assert.ok(found);
  assert.deepEqual(found.cluster.problems, []);
  const { topology, ties } = liftCluster(found.cluster, anyPlugin);
  assert.deepEqual(ties, []);
  const inPlace = clusterInPlace(topology, found.cluster, intent, place);
  // Equal means: what a stage leaves open must pass as well.
  const { most, ...flows } = clusterFlows(intent, place);
  return proveFlows(inPlace, { ...flows, most, least: most }, { urn: "intent", path: "flows" });
}

const isPod = (name: string) => name.includes("/");

describe(`what is lowered to Kubernetes, seed ${seed}`, function () {
  this.timeout(60 * 60_000);

  it(`means what ${generatedRuns} generated intents say`, () => {
    let proved = 0;
    fc.assert(
      fc.property(
        randomClusters(place, other),
        fc.option(fc.constantFrom(...policyApis), { nil: undefined }),
        (generated, api) => {
          const intent = api === undefined ? generated : withoutPortZero(generated);
          assert.deepEqual(checkClusterSegmentation(intent, place, api), []);
          const proof = prove(intent, lowered(intent, api));
          assert.deepEqual(said(proof), []);
          assert.equal(proof.verdict, "proven");
          assert.ok(proof.pairs > 50);
          proved++;
        },
      ),
      { numRuns: generatedRuns, seed: drawn(seed) },
    );
    assert.ok(proved >= generatedRuns);
  });

  it("holds against owners of namespaces where the cluster has tiers", () => {
    let widened = 0;
    fc.assert(
      fc.property(
        randomClusters(place, other),
        fc.constantFrom(...policyApis),
        (generated, api) => {
          const intent = withoutPortZero(generated);
          const open = clusterNamespaces(intent, place).map(opened);
          const { differences, unknowns } = prove(intent, [...lowered(intent, api), ...open]);
          assert.deepEqual(unknowns, []);
          // Nobody but callers from outside the cluster, of whom the API does not speak.
          const between = differences.filter(({ from }) => isPod(from.name));
          assert.deepEqual(
            between.map(({ kind, from, to }) => `${kind} ${from.name} => ${to.name}`),
            [],
          );
          widened += prove(intent, [...lowered(intent), ...open]).differences.filter(({ from }) =>
            isPod(from.name),
          ).length;
        },
      ),
      { numRuns: generatedRuns / 10, seed: drawn(seed) },
    );
    assert.ok(widened > 0, "without tiers an owner widens");
  });

  it("needs every single rule", () => {
    const [, api] = policyApis;
    // What a stage leaves open makes flows idle.
    const segments = shopInClusters.segments.map(({ rollout: _, ...segment }) => segment);
    const intent = { ...shopInClusters, segments };
    const whole = prove(intent, lowered(intent, api));
    assert.equal(whole.verdict, "proven");
    const lacking = lowered(intent, api).flatMap((object, index, all) =>
      withoutEachRule(object).map(({ changed, rule }) => ({ all: all.with(index, changed), rule })),
    );
    assert.ok(lacking.length > 20, `${lacking.length} rules`);
    for (const { all, rule } of lacking) {
      const { differences } = prove(intent, all);
      assert.ok(
        differences.some(({ kind }) => kind === "missing"),
        `nothing is missing without ${rule}`,
      );
    }
  });
});

/** The object once without each of its rules that let pass. */
function withoutEachRule(object: ManifestObject): { changed: ManifestObject; rule: string }[] {
  const spec = object.spec as Readonly<Record<string, unknown>>;
  return ["ingress", "egress"].flatMap((key) => {
    const rules = spec[key];
    if (!Array.isArray(rules)) return [];
    return rules.flatMap((rule: { action?: string }, index) =>
      rule.action === "Deny"
        ? []
        : [
            {
              changed: { ...object, spec: { ...spec, [key]: rules.toSpliced(index, 1) } },
              rule: `${object.kind} ${object.metadata.name} ${key}[${index}]`,
            },
          ],
    );
  });
}
