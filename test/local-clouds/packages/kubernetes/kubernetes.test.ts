/** The Kubernetes provider: names, namespaces, definitions, releases, clusters. */

import assert from "node:assert/strict";
import { pluralOf } from "../../../../local-clouds/packages/kubernetes/kinds.ts";
import { Secret, type ValueObject } from "../../../../local-clouds/protocol/value.ts";
import { widgets } from "../../../referees/kube-apiserver/changes.ts";
import { type Lab, type Made, openLab, unknown } from "../../kit/lab.ts";

const namespaceToken = "kubernetes:core/v1:Namespace";
const policyToken = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const peerToken = "kubernetes:security.istio.io/v1:PeerAuthentication";
const releaseToken = "kubernetes:helm.sh/v3:Release";

function kubeconfig(server: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "main",
    contexts: [{ name: "main", context: { cluster: "c", user: "u" } }],
    clusters: [
      { name: "other", cluster: { server: "https://wrong" } },
      { name: "c", cluster: { server } },
    ],
    users: [{ name: "u", user: {} }],
  });
}

describe("kubernetes", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openLab("kubernetes", { kubeconfig: kubeconfig("https://127.0.0.1:7001") });
  });
  afterEach(() => lab.close());

  it("names objects and says so", () => {
    const inputs = lab.check(namespaceToken, "shop", {});
    const meta = inputs["metadata"] as ValueObject;
    assert.match(String(meta["name"]), /^shop-[0-9a-f]{8}$/);
    assert.deepEqual(meta["annotations"], { "pulumi.com/autonamed": "true" });
    assert.equal(meta["namespace"], undefined);
    assert.equal(inputs["apiVersion"], "v1");
    assert.deepEqual(lab.check(namespaceToken, "shop", {}, inputs), inputs);
    const given = lab.check(namespaceToken, "shop", { metadata: { name: "shop" } });
    assert.deepEqual(given["metadata"], { name: "shop" });
    assert.deepEqual(
      lab.check(namespaceToken, "shop", { metadata: { name: unknown } })["metadata"],
      { name: unknown },
    );
    assert.match(
      lab.refusal(() => lab.create(namespaceToken, "shop", { metadata: { name: "a b" } })),
      /^resource was not .*: Namespace "a b" is invalid: metadata\.name: Invalid value: "a b": a lowercase RFC 1123/,
    );
  });

  it("creates what the API server would show", () => {
    lab.create(namespaceToken, "shop", { metadata: { name: "shop" } });
    const policy = lab.create(policyToken, "deny", {
      metadata: { name: "deny", namespace: "shop" },
      spec: { podSelector: {} },
    });
    assert.equal(policy.id, "shop/deny");
    const meta = policy.outputs["metadata"] as ValueObject;
    assert.match(String(meta["uid"]), /^[0-9a-f-]{36}$/);
    assert.equal(meta["creationTimestamp"], "2026-01-02T03:04:05Z");
    assert.match(String(meta["resourceVersion"]), /^\d{6}$/);
    assert.equal(policy.outputs["__initialApiVersion"], "networking.k8s.io/v1");
    assert.match(String(policy.outputs["__fieldManager"]), /^pulumi-kubernetes-[0-9a-f]{8}$/);
    assert.deepEqual(policy.outputs["spec"], { podSelector: {}, policyTypes: ["Ingress"] });
    assert.deepEqual(lab.read(policyToken, "shop/deny")?.outputs, policy.outputs);
  });

  it("puts objects into the default namespace, the provider's or the given one", () => {
    assert.equal(
      lab.create(policyToken, "a", { metadata: { name: "a" }, spec: {} }).id,
      "default/a",
    );
    const system = lab.with("kubernetes", {
      kubeconfig: kubeconfig("https://127.0.0.1:7001"),
      namespace: "kube-system",
    });
    assert.equal(
      system.create(policyToken, "a", { metadata: { name: "a" }, spec: {} }).id,
      "kube-system/a",
    );
  });

  it("lets the API server choose a name", () => {
    const inputs = lab.check(policyToken, "a", { metadata: { generateName: "deny-" }, spec: {} });
    assert.deepEqual(inputs["metadata"], { generateName: "deny-", namespace: "default" });
    const one = lab.create(policyToken, "a", inputs);
    assert.match(one.id, /^default\/deny-[b-z2-9]{5}$/);
    assert.equal(`default/${String((one.outputs["metadata"] as ValueObject)["name"])}`, one.id);
    assert.notEqual(lab.create(policyToken, "b", inputs).id, one.id);
    assert.match(
      lab.refusal(() =>
        lab.create(policyToken, "c", { metadata: { generateName: "A-" }, spec: {} }),
      ),
      /metadata\.generateName: Invalid value: "A-"/,
    );
  });

  it("counts what changes of an object's content, not of its labels", () => {
    const spec = { podSelector: {} };
    const of = (made: Made) => (made.outputs["metadata"] as ValueObject)["generation"];
    const metadata = { name: "deny" };
    const one = lab.create(policyToken, "deny", { metadata, spec });
    const labelled = lab.update(one, { metadata: { ...metadata, labels: { a: "b" } }, spec });
    const changed = lab.update(labelled, { metadata, spec: { ...spec, policyTypes: ["Egress"] } });
    assert.deepEqual([of(one), of(labelled), of(changed)], [1, 1, 2]);
    const version = (made: Made) => (made.outputs["metadata"] as ValueObject)["resourceVersion"];
    assert.notEqual(version(one), version(labelled));
    assert.equal(of(lab.create("kubernetes:core/v1:ConfigMap", "c", { metadata })), undefined);
  });

  it("fills in what a custom kind's schema says", () => {
    lab.create(
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
      "widgets",
      widgets as ValueObject,
    );
    const widget = lab.create("kubernetes:example.org/v1:Widget", "w", {
      metadata: { name: "w" },
      spec: { size: 1, note: null },
    });
    assert.deepEqual(widget.outputs["spec"], { size: 1, note: null, colour: "red" });
    assert.deepEqual(widget.inputs["spec"], { size: 1, note: null });
  });

  it("refuses a namespace that is not there and a name that is", () => {
    const inputs = { metadata: { name: "deny", namespace: "shop" }, spec: {} };
    assert.match(
      lab.refusal(() => lab.create(policyToken, "p", inputs)),
      /namespaces "shop" not found/,
    );
    lab.create(namespaceToken, "shop", { metadata: { name: "shop" } });
    lab.create(policyToken, "p", inputs);
    assert.match(
      lab.refusal(() => lab.create(policyToken, "q", inputs)),
      /networkpolicies\.networking\.k8s\.io "deny" already exists/,
    );
  });

  it("takes a namespace's content along", () => {
    const shop = lab.create(namespaceToken, "shop", { metadata: { name: "shop" } });
    assert.ok(lab.read("kubernetes:core/v1:ServiceAccount", "shop/default"));
    lab.create(policyToken, "p", { metadata: { name: "deny", namespace: "shop" }, spec: {} });
    lab.delete(shop);
    assert.equal(lab.size(), 0);
  });

  it("knows the mesh's kinds only once their definitions are there", () => {
    const inputs = {
      metadata: { name: "strict", namespace: "istio-system" },
      spec: { mtls: { mode: "STRICT" } },
    };
    const base = {
      chart: "base",
      repositoryOpts: { repo: "https://istio-release.storage.googleapis.com/charts" },
    };
    lab.create(namespaceToken, "istio", { metadata: { name: "istio-system" } });
    assert.match(
      lab.refusal(() => lab.create(peerToken, "strict", inputs)),
      /no matches for kind "PeerAuthentication" in version "security.istio.io\/v1"/,
    );
    const release = lab.create(releaseToken, "istio-base", { ...base, namespace: "istio-system" });
    const again = lab.update(release, { ...base, namespace: "istio-system", timeout: 60 });
    assert.deepEqual(again.outputs["resourceNames"], release.outputs["resourceNames"]);
    const peer = lab.create(peerToken, "strict", inputs);
    assert.equal(peer.id, "istio-system/strict");
    const wrong = peerToken.replace("/v1:", "/v9:");
    assert.match(
      lab.refusal(() => lab.create(wrong, "w", inputs)),
      /no matches for kind/,
    );
    const elsewhere = lab.with("kubernetes", { kubeconfig: kubeconfig("https://127.0.0.1:7002") });
    assert.match(
      elsewhere.refusal(() =>
        elsewhere.create(peerToken, "s", { metadata: { name: "s" }, spec: {} }),
      ),
      /no matches for kind/,
    );
    lab.delete(peer);
    lab.delete(release);
    assert.match(
      lab.refusal(() => lab.create(peerToken, "strict", inputs)),
      /no matches for kind/,
    );
  });

  it("installs releases, with their namespace if told so", () => {
    const chart = { chart: "istiod", version: "1.31.4", compat: "true", namespace: "mesh" };
    assert.match(
      lab.refusal(() => lab.create(releaseToken, "istiod", chart)),
      /namespaces "mesh" not found/,
    );
    const release = lab.create(releaseToken, "istiod", { ...chart, createNamespace: true });
    assert.match(release.id, /^mesh\/istiod-[0-9a-f]{8}$/);
    const status = release.outputs["status"] as ValueObject;
    assert.equal(status["status"], "deployed");
    assert.equal(status["version"], "1.31.4");
    assert.equal(release.outputs["compat"], undefined);
    assert.equal(release.outputs["id"], release.id);
    assert.ok(lab.read(namespaceToken, "mesh"));
    assert.equal(lab.preview(releaseToken, "istiod", chart)["status"], undefined);
    lab.delete(release);
    assert.equal(lab.size(), 0);
  });

  it("keeps secrets secret", () => {
    const token = "kubernetes:core/v1:Secret";
    const inputs = { metadata: { name: "s" }, stringData: new Secret({ password: "p" }) };
    const secret = lab.create(token, "s", inputs);
    assert.ok(secret.outputs["data"] instanceof Secret);
    assert.ok(secret.outputs["stringData"] instanceof Secret);
    assert.deepEqual((secret.outputs["data"] as Secret).value, { password: "cA==" });
    const read = lab.read(token, "default/s");
    assert.ok(read?.outputs["data"] instanceof Secret);
    assert.ok(read?.inputs["stringData"] instanceof Secret);
    assert.ok(
      lab.preview(token, "s", { metadata: { name: "s" }, data: { a: "YQ==" } })["data"] instanceof
        Secret,
    );
  });

  it("replaces for immutable fields, deleting first only under a given name", () => {
    const deployment = "kubernetes:apps/v1:Deployment";
    const spec = (app: string) => ({
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app } },
        spec: { containers: [{ name: "main", image: "nginx" }] },
      },
    });
    const named = lab.create(deployment, "d", { metadata: { name: "d" }, spec: spec("a") });
    const changed = lab.diff(named, { metadata: { name: "d" }, spec: spec("b") });
    assert.deepEqual(changed.replaces, ["spec.selector.matchLabels.app"]);
    assert.equal(changed.deleteBeforeReplace, true);
    const generated = lab.create(deployment, "e", { spec: spec("a") });
    assert.equal(lab.diff(generated, { spec: spec("b") }).deleteBeforeReplace, false);
    assert.deepEqual(lab.diff(generated, { spec: { ...spec("a"), replicas: 2 } }).replaces, []);
  });

  it("tells clusters apart by the kubeconfig, JSON or YAML", () => {
    lab.create(namespaceToken, "shop", { metadata: { name: "shop" } });
    const yaml =
      "clusters: [{name: x, cluster: {server: 'https://127.0.0.1:7001'}}]\ncontexts: [{name: x, context: {cluster: x}}]\ncurrent-context: x\n";
    assert.ok(lab.with("kubernetes", { kubeconfig: yaml }).read(namespaceToken, "shop"));
    const two = lab.with("kubernetes", { kubeconfig: kubeconfig("https://127.0.0.1:7002") });
    assert.equal(two.read(namespaceToken, "shop"), undefined);
    two.create(namespaceToken, "shop", { metadata: { name: "shop" } });
    assert.throws(() => lab.with("kubernetes", { kubeconfig: "nonsense" }), /names no cluster/);
  });

  it("refuses kinds that Kubernetes does not have", () => {
    for (const token of [
      "kubernetes:core/v1:Nonsense",
      "kubernetes:apps/v1beta1:Deployment",
      "kubernetes:yaml/v2:ConfigFile",
    ]) {
      assert.match(
        lab.refusal(() => lab.check(token, "x", {})),
        /do not know the resource type/,
      );
    }
  });

  it("decodes manifests", () => {
    const result = lab.invoke("kubernetes:yaml:decode", { text: "kind: A\n---\nkind: B\n" })[
      "result"
    ];
    assert.deepEqual(result, [{ kind: "A" }, { kind: "B" }]);
  });

  it("forms plurals as the API server does", () => {
    const plurals = {
      NetworkPolicy: "networkpolicies",
      Ingress: "ingresses",
      Gateway: "gateways",
      PeerAuthentication: "peerauthentications",
    };
    for (const [kind, plural] of Object.entries(plurals)) assert.equal(pluralOf(kind), plural);
  });
});
