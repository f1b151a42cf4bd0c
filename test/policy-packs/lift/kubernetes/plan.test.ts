/** Planned resources as clusters: the same as manifests, except that values may be unknown. */
import assert from "node:assert/strict";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { plannedClusters } from "../../../../policy-packs/lift/kubernetes/plan.ts";
import { plainReading } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../../../policy-packs/lift/kubernetes/topology.ts";
import { arrives } from "./cluster.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function resource(type: string, name: string, inputs: object, provider = "east"): RawResource {
  return { urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs, provider };
}

const pod = (name: string, more: object = {}, provider = "east") =>
  resource(
    "kubernetes:core/v1:Pod",
    name,
    {
      metadata: { name, namespace: "shop", labels: { app: name } },
      spec: { containers: [{ image: unknown, ports: [{ name: "http", containerPort: 80 }] }] },
      ...more,
    },
    provider,
  );

const policy = (spec: unknown, namespace = "shop") =>
  resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", {
    metadata: { name: "p", namespace },
    spec,
  });

const isolating = {
  podSelector: { matchLabels: { app: "web" } },
  ingress: [{ ports: [{ port: "http" }] }],
};

function lifted(...resources: readonly RawResource[]) {
  const [first, ...more] = plannedClusters(makePlan(resources));
  assert.ok(first);
  assert.deepEqual([more.length, first.cluster.problems], [0, []]);
  return liftCluster(first.cluster, plainReading);
}

describe("planned Kubernetes resources", () => {
  it("are lifted as manifests are, and evidence points at them", () => {
    const network = lifted(pod("web"), pod("app"), policy(isolating));
    assert.equal(arrives(network, "shop/app", "shop/web", "tcp/80"), "yes");
    assert.equal(arrives(network, "shop/app", "shop/web", "tcp/81"), "no");
    assert.deepEqual(network.topology.unknowns, []);
    const urns = network.topology.stages.flatMap(({ tiers }) =>
      tiers.flatMap(({ rules }) => rules.map(({ origin }) => origin.urn)),
    );
    assert.deepEqual(urns, [policy({}).urn]);
  });

  it("go to the clusters of their providers", () => {
    const namespace = resource("kubernetes:core/v1:Namespace", "shop", {}, "west");
    const plan = makePlan([pod("web"), policy(isolating), pod("app", {}, "west"), namespace]);
    const found = plannedClusters(plan).map(({ provider, cluster }) => [
      provider,
      cluster.workloads.map(({ owner }) => owner),
      cluster.policies.map(({ name }) => name),
      cluster.namespaces.map(({ name }) => name),
      cluster.problems,
    ]);
    assert.deepEqual(found, [
      ["east", ["web"], ["NetworkPolicy shop/p"], [], []],
      ["west", ["app"], [], ["shop"], []],
    ]);
  });

  it("say the mesh's trust domain where istiod's chart is told it", () => {
    const domain = "shop.example";
    const source = { principals: [`${domain}/ns/shop/sa/app`] };
    const mesh = (values?: object) => {
      const labels = { "istio-injection": "enabled" };
      const serviceAccountName = "app";
      return lifted(
        resource("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop", labels } }),
        pod("web"),
        pod("app", { spec: { serviceAccountName, containers: [] } }),
        resource("kubernetes:security.istio.io/v1:AuthorizationPolicy", "a", {
          metadata: { name: "a", namespace: "shop" },
          spec: { rules: [{ from: [{ source }] }] },
        }),
        ...(values === undefined
          ? []
          : [
              resource("kubernetes:helm.sh/v3:Release", "istiod", {
                chart: "oci://x/istiod",
                values,
              }),
            ]),
      );
    };
    const asked = (values?: object) => arrives(mesh(values), "shop/app", "shop/web", "tcp/80");
    assert.equal(asked(), "perhaps");
    assert.equal(asked({ meshConfig: { trustDomain: domain } }), "yes");
    assert.equal(asked({ meshConfig: { trustDomain: "other.example" } }), "no");
    assert.equal(asked({}), "no");
    assert.equal(asked({ meshConfig: { trustDomain: unknown } }), "perhaps");
    assert.equal(asked({ meshConfig: { trustDomainAliases: [domain] } }), "perhaps");
  });

  it("leave charts unread, and pass over what decides about no packets", () => {
    const [east] = plannedClusters(
      makePlan([
        resource("kubernetes:core/v1:Secret", "key", { stringData: unknown }),
        resource("kubernetes:helm.sh/v3:Release", "mesh", { chart: "istiod" }),
      ]),
    );
    assert.deepEqual(
      east?.cluster.unread.map(({ urn, path }) => `${urn.split("::").at(-1)} ${path}`),
      ["mesh chart"],
    );
  });

  it("of a workload are read below its template, and named as the resource where they have no name", () => {
    const template = { metadata: { labels: { app: "job" } }, spec: { containers: [] } };
    const { topology } = lifted(
      resource("kubernetes:batch/v1:CronJob", "nightly", {
        spec: { jobTemplate: { spec: { template } } },
      }),
    );
    assert.deepEqual(
      topology.endpoints.map(({ id }) => id),
      ["default/nightly[CronJob]"],
    );
  });

  it("keep open what an unknown NetworkPolicy may isolate and allow", () => {
    const network = lifted(pod("web"), pod("app"), policy({ podSelector: {}, ingress: unknown }));
    assert.equal(arrives(network, "shop/app", "shop/web", "tcp/80"), "perhaps");
    assert.equal(network.topology.unknowns.length, 1);
    const other = lifted(pod("web"), pod("app"), policy({ ingress: unknown }, "other"));
    assert.equal(arrives(other, "shop/app", "shop/web", "tcp/80"), "yes");
    const nowhere = lifted(pod("web"), pod("app"), policy(isolating, unknown));
    assert.equal(arrives(nowhere, "shop/app", "shop/web", "tcp/80"), "perhaps");
  });

  it("keep open what an unknown policy for the whole cluster may decide", () => {
    const type = "kubernetes:policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy";
    const cluster = resource(type, "c", { metadata: { name: "c" }, spec: unknown });
    const network = lifted(pod("web"), pod("app"), cluster);
    assert.equal(arrives(network, "shop/app", "shop/web", "tcp/80"), "perhaps");
  });

  it("tell a workload of which the labels are unknown", () => {
    const metadata = { name: "app", namespace: "shop", labels: { app: unknown } };
    const { topology } = lifted(pod("web"), pod("app", { metadata }));
    assert.deepEqual(
      topology.unknowns.map(({ path }) => path),
      ["metadata.labels.app"],
    );
  });
});

const meshPolicy = (kind: string, spec: unknown) =>
  resource(`kubernetes:security.istio.io/v1:${kind}`, kind, {
    metadata: { name: "p", namespace: "shop" },
    spec,
  });
const istiod = (values: unknown, more: object = {}) =>
  resource("kubernetes:helm.sh/v3:Release", "istiod", { chart: "istiod", values, ...more });
const injected = resource("kubernetes:core/v1:Namespace", "shop", {
  metadata: { name: "shop", labels: { "istio-injection": "enabled" } },
});
const running = (name: string, account: unknown) =>
  pod(name, { spec: { containers: [], serviceAccountName: account } });
const onlyPrincipal = (principal: string) =>
  meshPolicy("AuthorizationPolicy", {
    selector: { matchLabels: { app: "web" } },
    rules: [{ from: [{ source: { principals: [principal] } }] }],
  });

describe("a planned mesh", () => {
  const called = (...resources: readonly RawResource[]) =>
    arrives(
      lifted(injected, running("web", undefined), ...resources),
      "shop/app",
      "shop/web",
      "tcp/80",
    );
  const domain = istiod({ meshConfig: { trustDomain: "shop.example" } });

  it("knows pods by their service accounts, which are called `default` where nobody says", () => {
    const robot = onlyPrincipal("cluster.local/ns/shop/sa/robot");
    assert.equal(called(running("app", "robot"), robot), "yes");
    assert.equal(called(running("app", "other"), robot), "no");
    assert.equal(called(running("app", undefined), robot), "no");
    const usual = onlyPrincipal("cluster.local/ns/shop/sa/default");
    assert.equal(called(running("app", undefined), usual), "yes");
  });

  it("has the trust domain of its control plane's chart, where its values are known", () => {
    const own = onlyPrincipal("shop.example/ns/shop/sa/robot");
    const other = onlyPrincipal("other.example/ns/shop/sa/robot");
    const robot = running("app", "robot");
    assert.equal(called(robot, own), "perhaps");
    assert.equal(called(robot, own, domain), "yes");
    assert.equal(called(robot, other, domain), "no");
    assert.equal(called(robot, other, istiod(undefined)), "no");
    const alias = istiod({ meshConfig: { trustDomainAliases: ["other.example"] } });
    for (const open of [istiod(unknown), istiod({}, { valueYamlFiles: ["x.yaml"] }), alias]) {
      assert.equal(called(robot, other, open), "perhaps");
    }
  });

  it("takes an account that is not known yet for the planned one, or for any", () => {
    const robot = onlyPrincipal("cluster.local/ns/shop/sa/robot");
    const account = (name: unknown) =>
      resource("kubernetes:core/v1:ServiceAccount", "account", { metadata: { name } });
    const waiting = (...on: readonly string[]): RawResource => ({
      ...running("app", unknown),
      propertyDependencies: { spec: on },
    });
    const planned = account("robot");
    assert.equal(called(waiting(planned.urn), planned, robot), "yes");
    assert.equal(called(waiting(), planned, robot), "perhaps");
    const generated = account(unknown);
    assert.equal(called(waiting(generated.urn), generated, robot), "perhaps");
    assert.equal(called(waiting(), meshPolicy("AuthorizationPolicy", {})), "no");
  });

  it("keeps open what an unknown or invalid policy may decide", () => {
    const robot = running("app", "robot");
    assert.equal(called(robot, meshPolicy("AuthorizationPolicy", unknown)), "perhaps");
    assert.equal(called(robot, meshPolicy("PeerAuthentication", { mtls: unknown })), "yes");
    const outside = pod("app", { metadata: { name: "app", namespace: "legacy" } });
    const network = lifted(
      injected,
      running("web", undefined),
      outside,
      resource("kubernetes:core/v1:Namespace", "legacy", { metadata: { name: "legacy" } }),
      meshPolicy("PeerAuthentication", { mtls: unknown }),
    );
    assert.equal(arrives(network, "legacy/app", "shop/web", "tcp/80"), "perhaps");
    const [first] = plannedClusters(makePlan([pod("web"), pod("app"), policy({ ingress: 1 })]));
    assert.ok(first);
    assert.equal(first.cluster.problems.length, 1);
    const wrong = liftCluster(first.cluster, plainReading);
    assert.equal(arrives(wrong, "shop/app", "shop/web", "tcp/80"), "perhaps");
  });
});
