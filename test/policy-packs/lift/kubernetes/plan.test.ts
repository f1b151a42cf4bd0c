/** Clusters of a plan: whose objects are whose, and what nobody can read. */
import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy.js";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { plannedClusters } from "../../../../policy-packs/lift/kubernetes/plan.ts";

const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };
const provider = (cluster: string) =>
  `urn:pulumi:test::test::pulumi:providers:kubernetes::${cluster}`;

function object(type: string, name: string, inputs: unknown, cluster = "east"): RawResource {
  const urn = `urn:pulumi:test::test::kubernetes:${type}::${cluster}-${name}`;
  return { urn, type: `kubernetes:${type}`, name, inputs, provider: provider(cluster) };
}

function policy(name: string, spec: unknown, cluster = "east"): RawResource {
  const metadata = { name, namespace: "shop" };
  return object("networking.k8s.io/v1:NetworkPolicy", name, { metadata, spec }, cluster);
}

const closed = { podSelector: {}, policyTypes: ["Ingress"] };

describe("clusters of a plan", () => {
  it("have the objects that go to them by their provider", () => {
    const plan = makePlan([
      policy("closed", closed),
      policy("closed", closed, "west"),
      object("apps/v1:Deployment", "web", { metadata: { name: "web", namespace: "shop" } }, "west"),
      object("core/v1:Namespace", "shop", { metadata: { labels: { team: "a" } } }, "west"),
    ]);
    const found = plannedClusters(plan).map(({ provider: urn, cluster }) => [
      urn,
      cluster.policies.map(({ name }) => name),
      cluster.workloads.map(({ owner }) => owner),
      cluster.namespaces.map(({ name }) => name),
      cluster.problems,
    ]);
    assert.deepEqual(found, [
      [provider("east"), ["NetworkPolicy shop/closed"], [], [], []],
      [provider("west"), ["NetworkPolicy shop/closed"], ["web"], ["shop"], []],
    ]);
  });

  it("keep open what is not known yet, if it decides about packets", () => {
    const plan = makePlan([
      policy("late", { podSelector: {}, policyTypes: [unknownStringValue] }),
      object("core/v1:Secret", "key", {
        metadata: { name: "key" },
        stringData: unknownStringValue,
      }),
      object("helm.sh/v3:Release", "mesh", { chart: "istiod" }),
    ]);
    const [east] = plannedClusters(plan);
    assert.deepEqual(east?.cluster.policies, []);
    assert.deepEqual(
      east?.cluster.unread.map(({ urn, path }) => `${urn.split("::").at(-1)} ${path}`),
      ["east-late spec.policyTypes[0]", "east-mesh chart"],
    );
  });
});
