import assert from "node:assert/strict";
import { lowerMesh } from "../../../components/mesh/lower.ts";
import type { PlannedObject } from "../../../components/shared/planned-object.ts";
import { checkMeshIntent } from "../../../model/mesh/check-intent.ts";
import type { MeshIntent } from "../../../model/mesh/intent.ts";
import { onlineBoutique } from "../../../stacks/online-boutique.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { firstCluster, sample } from "../../model/mesh/sample.ts";

const plan = lowerMesh(sample);
const [aws, gcp] = plan.clusters;

function objectsOf(cluster = aws): readonly PlannedObject[] {
  assert.ok(cluster !== undefined);
  return [
    ...cluster.namespaces,
    ...cluster.accounts,
    ...cluster.networkPolicies,
    ...cluster.meshObjects,
  ];
}

function release(name: string, cluster = aws): Record<string, unknown> {
  const found = cluster?.releases.find((each) => each.name === name);
  assert.ok(found !== undefined, `no release ${name}`);
  return found.values;
}

interface PodPeer {
  podSelector?: { matchLabels?: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
}

/** Pod-to-pod paths as the rules of one direction give them, `caller -> called port`. */
function podPaths(direction: "ingress" | "egress", side: "from" | "to"): string[] {
  const paths = objectsOf().flatMap(({ kind, spec, metadata }) => {
    if (kind !== "NetworkPolicy") return [];
    const rules = (spec?.[direction] ?? []) as (Record<string, PodPeer[]> & {
      ports: { port: number }[];
    })[];
    const selected = (spec?.podSelector as PodPeer["podSelector"])?.matchLabels?.app;
    const own = `${metadata.namespace}/${selected}`;
    return rules.flatMap((rule) =>
      (rule[side] ?? []).flatMap(({ podSelector, namespaceSelector }) => {
        if (podSelector === undefined) return [];
        const namespace = Object.values(namespaceSelector?.matchLabels ?? {})[0];
        const other = `${namespace}/${Object.values(podSelector.matchLabels ?? {})[0]}`;
        const ends = side === "from" ? [other, own] : [own, other];
        return rule.ports.map(({ port }) => `${ends.join(" -> ")} ${port}`);
      }),
    );
  });
  return paths.sort();
}

describe("components/mesh lower", () => {
  it("lowers the sample as reviewed", () => matchesGolden("mesh/sample", plan));

  it("names every object of a kind once, in names that Kubernetes takes", () => {
    for (const cluster of plan.clusters) {
      const keys = objectsOf(cluster).map(
        ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
      );
      assert.deepEqual(keys, [...new Set(keys)]);
      for (const { metadata } of objectsOf(cluster)) {
        assert.match(metadata.name, /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);
      }
    }
  });

  it("puts every object into a namespace that it makes", () => {
    const made = objectsOf()
      .filter(({ kind }) => kind === "Namespace")
      .map(({ metadata }) => metadata.name);
    for (const { metadata, kind } of objectsOf()) {
      if (kind !== "Namespace") assert.ok(made.includes(metadata.namespace ?? ""), metadata.name);
    }
  });

  it("shuts every namespace in both directions and enforces Pod Security in it", () => {
    for (const { metadata, kind } of objectsOf()) {
      if (kind !== "Namespace") continue;
      assert.ok(metadata.labels?.["pod-security.kubernetes.io/enforce"], metadata.name);
      const shut = objectsOf().find(
        (object) =>
          object.kind === "NetworkPolicy" &&
          object.metadata.namespace === metadata.name &&
          object.metadata.name === "default-deny",
      );
      assert.deepEqual(shut?.spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    }
  });

  it("opens no NetworkPolicy to everybody", () => {
    for (const { kind, spec, metadata } of objectsOf()) {
      if (kind !== "NetworkPolicy" || metadata.name === "default-deny") continue;
      const rules = [...((spec?.ingress as never[]) ?? []), ...((spec?.egress as never[]) ?? [])];
      assert.ok(rules.length > 0, metadata.name);
      for (const rule of rules as { from?: unknown[]; to?: unknown[]; ports: unknown[] }[]) {
        assert.ok((rule.from ?? rule.to ?? []).length > 0, metadata.name);
        assert.ok(rule.ports.length > 0, metadata.name);
      }
    }
  });

  it("writes the reason of a call on its policies at both ends, on the workload's port", () => {
    const reason = "a simulated visitor";
    const made = objectsOf().filter(({ metadata }) =>
      metadata.annotations?.["bulkhead/because"]?.includes(reason),
    );
    assert.deepEqual(
      made.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort(),
      [
        "AuthorizationPolicy shop/front.from.shop.visitor",
        "NetworkPolicy shop/front.calls",
        "NetworkPolicy shop/visitor.calls",
      ],
    );
    for (const object of made) assert.match(JSON.stringify(object.spec), /8080/);
  });

  it("lets pods talk exactly as the calls say, at both ends", () => {
    assert.deepEqual(podPaths("ingress", "from"), [
      "istio-gateways/istio-eastwestgateway -> shop/cart 7070",
      "istio-gateways/istio-eastwestgateway -> shop/front 8080",
      "istio-gateways/istio-eastwestgateway -> store/redis 6379",
      "istio-gateways/istio-ingressgateway -> shop/front 8080",
      "shop/cart -> store/redis 6379",
      "shop/front -> shop/cart 7070",
      "shop/visitor -> shop/front 8080",
    ]);
    const out = podPaths("egress", "to").filter((path) => !/istiod|-dns/.test(path));
    assert.deepEqual(out, podPaths("ingress", "from"));
  });

  it("fails closed, registers only known hosts, and logs", () => {
    const mesh = release("istiod").meshConfig as Record<string, unknown>;
    assert.deepEqual(mesh.outboundTrafficPolicy, { mode: "REGISTRY_ONLY" });
    assert.equal(mesh.accessLogFile, "/dev/stdout");
    assert.equal(mesh.trustDomain, sample.trustDomain);
    for (const name of ["istio-base", "istiod"]) {
      assert.deepEqual(release(name).base, { validationFailurePolicy: "Fail" });
    }
  });

  it("tells clusters apart, and asks GKE for the quota that its agent needs", () => {
    const names = [aws, gcp].map((cluster) => {
      const values = release("istiod", cluster).global as Record<string, unknown>;
      return [values.network, values.multiCluster, values.platform];
    });
    assert.deepEqual(names, [
      ["aws-net", { clusterName: "aws" }, undefined],
      ["gcp-net", { clusterName: "gcp" }, "gke"],
    ]);
  });

  it("admits only the other clusters at the gateway between them", () => {
    const service = release("istio-eastwestgateway").service as Record<string, unknown>;
    assert.deepEqual(service.loadBalancerSourceRanges, ["10.30.128.0/18"]);
  });

  it("passes TLS through at the gateway between clusters alone", () => {
    const passing = objectsOf().filter((object) => JSON.stringify(object).includes("PASSTHROUGH"));
    assert.deepEqual(
      passing.map(({ metadata, spec }) => [metadata.name, spec?.selector]),
      [["cross-network-gateway", { istio: "eastwestgateway" }]],
    );
  });

  it("makes no gateway that nothing needs", () => {
    const { ingress: _, ...rest } = sample;
    const alone: MeshIntent = { ...rest, clusters: [firstCluster] };
    const [only] = lowerMesh(alone).clusters;
    assert.deepEqual(
      only?.releases.map(({ name }) => name),
      ["istio-base", "istio-cni", "istiod"],
    );
    assert.ok(!JSON.stringify(only).includes("eastwest"));
    assert.ok(!JSON.stringify(only).includes("ingressgateway"));
  });

  it("takes charts from an OCI registry by their whole address", () => {
    const oci = {
      ...sample,
      istio: { ...sample.istio, chartRepository: "oci://mirror.example/charts" },
    };
    const charts = lowerMesh(oci).clusters[0]?.releases.map(({ chart, repository }) => [
      chart,
      repository,
    ]);
    assert.deepEqual(charts?.[0], ["oci://mirror.example/charts/base", undefined]);
  });

  it("keeps certificates inside their signer's life and depth", () => {
    const { root, intermediates } = plan.authorities;
    assert.equal(root.maxPathLength, 1);
    assert.equal(root.earlyRenewalHours, 0);
    for (const each of intermediates) {
      assert.equal(each.maxPathLength, 0);
      assert.deepEqual(each.dnsNames, ["istiod.istio-system.svc"]);
      assert.ok(each.validityPeriodHours < root.validityPeriodHours);
    }
  });

  it("takes the Online Boutique: twelve workloads, sixteen calls", () => {
    const shop = onlineBoutique("local", sample.clusters, ["10.10.0.0/20"]);
    assert.deepEqual(checkMeshIntent(shop), []);
    const [cluster] = lowerMesh(shop).clusters;
    assert.equal(cluster?.accounts.length, 12);
    const allows = cluster?.meshObjects.filter(
      ({ kind, metadata }) =>
        kind === "AuthorizationPolicy" && metadata.name.includes(".from.boutique."),
    );
    assert.equal(allows?.length, 16);
  });
});
