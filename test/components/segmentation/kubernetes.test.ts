import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import { checkClusterSegmentation } from "../../../components/segmentation/kubernetes/check.ts";
import { ClusterSegmentation } from "../../../components/segmentation/kubernetes/index.ts";
import { lowerClusterSegmentation } from "../../../components/segmentation/kubernetes/lower.ts";
import type { PolicyApi } from "../../../components/segmentation/kubernetes/policy-api.ts";
import { policyApis } from "../../../components/segmentation/kubernetes/policy-api.ts";
import type { Project } from "../../../local-clouds/packages/kubernetes/definitions.ts";
import { bundledDefinitions } from "../../../local-clouds/packages/kubernetes/definitions.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { FlowIntent, NetworkIntent } from "../../../model/network/intent.ts";
import { allow } from "../../../model/network/intent.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import {
  clusterSegmentationType,
  proveSegmentedCluster,
} from "../../../policy-packs/rules/shared/cluster-proof.ts";
import { deploy, identities } from "../../harness/deploy.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";
import { openLab } from "../../local-clouds/kit/lab.ts";
import { shopInClusters } from "./workloads.ts";

const [, place] = shopInClusters.places;
assert.ok(place !== undefined);

function problemsOf(intent: NetworkIntent, api?: PolicyApi): string[] {
  assert.ok(place !== undefined);
  return checkClusterSegmentation(intent, place, api).map(({ code, place: at }) => `${code} ${at}`);
}

function withFlow(flow: FlowIntent): NetworkIntent {
  return { ...shopInClusters, flows: [...shopInClusters.flows, flow] };
}

describe("segmentation inside Kubernetes", () => {
  for (const api of [undefined, ...policyApis]) {
    const name = api?.replace("policy.networking.k8s.io/", "") ?? "network-policies";

    it(`lowers to ${name} as its golden file says`, () => {
      assert.deepEqual(problemsOf(shopInClusters, api), []);
      const plan = lowerClusterSegmentation(shopInClusters, place, api);
      matchesGolden(
        `segmentation/kubernetes/${name}`,
        api === undefined ? plan.networkPolicies : plan.clusterPolicies,
      );
    });
  }

  it("spreads rules over policies of rising priorities, none too long", () => {
    const many = Array.from({ length: 60 }, (_, port) =>
      allow("web", "app", `tcp/${9000 + 2 * port}`, "test"),
    );
    const intent = { ...shopInClusters, flows: [...shopInClusters.flows, ...many] };
    const api = "policy.networking.k8s.io/v1beta1";
    const specs = lowerClusterSegmentation(intent, place, api).clusterPolicies.map(
      ({ metadata, spec = {} }) => ({ name: metadata.name, ...spec }) as Record<string, unknown>,
    );
    const lengths = specs.flatMap((spec) => [spec["ingress"], spec["egress"]]).map(lengthOf);
    assert.ok(Math.max(...lengths) === 25);
    const own = specs.filter(({ name }) => String(name).startsWith("app.shop."));
    assert.deepEqual(
      own.map(({ priority }) => priority),
      [0, 1, 2],
    );
  });

  it("makes no rule where nobody is known on the other side: it would mean everybody", () => {
    const [aws] = threeClouds.places;
    assert.ok(aws !== undefined);
    const intent: NetworkIntent = {
      ...withFlow(allow("app@aws", "app@gcp", "tcp/80", "test")),
      places: [...shopInClusters.places, aws],
      roads: [
        ...(shopInClusters.roads ?? []),
        {
          name: "road6",
          between: [{ place: "gcp" }, { place: "aws", gateway: "tgw-0123456789abcdef0" }],
          families: [6],
        },
      ],
    };
    for (const { metadata, spec } of lowerClusterSegmentation(intent, place).networkPolicies) {
      const open = spec.ingress?.filter(({ from = [] }) => from.length === 0) ?? [];
      assert.equal(open.length, metadata.name === "web.segment" ? 1 : 0, metadata.name);
    }
  });

  it("refuses what no policy can say or tell apart", () => {
    const [beta] = policyApis.slice(-1);
    assert.deepEqual(problemsOf(withFlow(allow("web", "app", "icmp", "test"))), [
      "port-invalid flows[9].ports",
    ]);
    assert.deepEqual(problemsOf(withFlow(allow("web", "app", "tcp/0-80", "test"))), [
      "port-invalid flows[9].ports",
    ]);
    assert.deepEqual(problemsOf(withFlow(allow("web", "app", "tcp", "test"))), []);
    assert.deepEqual(problemsOf(withFlow(allow("web", "app", "tcp", "test")), beta), [
      "port-invalid flows[9].ports",
    ]);
    // Elsewhere it is no matter of this cluster.
    assert.deepEqual(problemsOf(withFlow(allow("data", "data", "icmp", "test"))), []);
    assert.deepEqual(problemsOf(withFlow(allow("cluster", "app", "tcp/80", "test"))), [
      "input-type flows[9]",
    ]);
    assert.deepEqual(problemsOf(shopInClusters, "policy.networking.k8s.io/v1" as PolicyApi), [
      "input-unknown clusters.gcp.policyApi",
    ]);
    const segments = shopInClusters.segments.map((segment) =>
      segment.name === "app" ? { ...segment, members: [{ workload: "app" }] } : segment,
    );
    assert.deepEqual(problemsOf({ ...shopInClusters, segments }), [
      "input-type segments.app.members",
    ]);
  });

  it("is taken by a cluster that has the definitions of the API, and by no other", () => {
    const projects: Record<PolicyApi, Project> = {
      "policy.networking.k8s.io/v1alpha1": "network-policy-api-v1alpha1",
      "policy.networking.k8s.io/v1alpha2": "network-policy-api",
      "policy.networking.k8s.io/v1beta1": "network-policy-api",
    };
    for (const api of policyApis) {
      const { networkPolicies, clusterPolicies } = lowerClusterSegmentation(
        shopInClusters,
        place,
        api,
      );
      const lab = openLab("kubernetes", {});
      try {
        for (const name of ["shop", "portal", "jobs"]) {
          lab.create("kubernetes:core/v1:Namespace", name, { metadata: { name } });
        }
        const take = (object: (typeof clusterPolicies)[number]) => {
          const { apiVersion, kind, metadata } = object;
          const name = `${metadata.namespace ?? ""}-${kind}-${metadata.name}`;
          lab.create(`kubernetes:${apiVersion}:${kind}`, name, object as never);
        };
        networkPolicies.forEach(take);
        assert.throws(() => clusterPolicies.forEach(take), /no matches for kind/, api);
        for (const definition of bundledDefinitions(projects[api])) {
          const { name } = definition["metadata"] as { name: string };
          const token = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
          lab.create(token, name, definition);
        }
        clusterPolicies.forEach(take);
        assert.ok(clusterPolicies.length >= 6);
      } finally {
        lab.close();
      }
    }
  });

  describe("as a component", () => {
    const run = (preview: boolean, intent = shopInClusters, at = "gcp") =>
      deploy(
        () => {
          const provider = new kubernetes.Provider("gcp-cluster");
          const policyApi = "policy.networking.k8s.io/v1beta1";
          const args = { intent, place: at, policyApi } as const;
          new ClusterSegmentation("pods", args, { providers: [provider] });
        },
        { preview },
      );

    it("registers the same resources whether ids are known or not, with its provider", async () => {
      const known = await run(false);
      assert.deepEqual(identities(await run(true)), identities(known));
      matchesGolden("segmentation/kubernetes/identities", identities(known));
      const children = known.filter(({ name, custom }) => custom && name.startsWith("pods-"));
      assert.ok(children.length > 10);
      for (const { name, provider } of children) assert.match(provider, /gcp-cluster/, name);
    });

    it("is proven by the pack, until somebody writes one policy more", async () => {
      const registered = await run(false);
      const component = registered.find(({ type }) => type === clusterSegmentationType);
      assert.ok(component !== undefined);
      const raw = registered.map(({ custom: _, dependsOn: __, ...resource }) => resource);
      const proven = (...more: readonly RawResource[]) => {
        const plan = makePlan([...raw, ...more]);
        const [subject] = plan.ofType(clusterSegmentationType);
        assert.ok(subject !== undefined);
        return proveSegmentedCluster(subject, plan);
      };
      const proof = proven();
      assert.deepEqual([proof.verdict, proof.unseen, proof.unknowns], ["proven", [], []]);
      const type = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
      const [like] = registered.filter((one) => one.type === type);
      const inputs = {
        metadata: { name: "open", namespace: "jobs" },
        spec: { podSelector: {}, ingress: [{}] },
      };
      const open = { urn: "urn:open", type, name: "open", inputs, provider: like?.provider ?? "" };
      // The tiers leave callers from outside the cluster to NetworkPolicies.
      const { differences } = proven(open);
      assert.ok(differences.length > 0);
      const isOutside = (name: string) => !name.includes("/");
      assert.ok(differences.every(({ kind, from }) => kind === "extra" && isOutside(from.name)));
    });

    it("refuses a place that nobody declared, and one without workloads", async () => {
      const codes = (error: unknown) => {
        assert.ok(error instanceof ProblemError);
        return error.problems.map(({ code, place: at }) => `${code} ${at}`).join();
      };
      await assert.rejects(run(false, shopInClusters, "aws"), (error) => {
        assert.equal(codes(error), "input-unknown place");
        return true;
      });
      const segments = shopInClusters.segments.map(({ members: _, ...segment }) => segment);
      await assert.rejects(run(false, { ...shopInClusters, segments }), (error) => {
        assert.equal(codes(error), "input-missing segments");
        return true;
      });
    });
  });
});

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
