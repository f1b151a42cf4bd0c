/** Patches and who owns what of an object; rehearsals at preview. */

import assert from "node:assert/strict";
import { Secret, type ValueObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab, unknown } from "../../kit/lab.ts";

const configMap = "kubernetes:core/v1:ConfigMap";
const patch = `${configMap}Patch`;
const metadata = { name: "c", namespace: "default" };

describe("fields of kubernetes objects", () => {
  let lab: Lab;
  let made: Made;
  beforeEach(() => {
    lab = openLab("kubernetes", {});
    made = lab.create(configMap, "c", { metadata, data: { a: "1", b: "2" } });
  });
  afterEach(() => lab.close());

  const live = () => lab.read(configMap, "default/c")?.outputs["data"];

  it("can be added by a patch and go with it", () => {
    const added = lab.create(patch, "p", { metadata, data: { c: "3" } });
    assert.equal(added.id, "default/c");
    assert.deepEqual(live(), { a: "1", b: "2", c: "3" });
    const changed = lab.update(added, { metadata, data: { d: "4" } });
    assert.deepEqual(live(), { a: "1", b: "2", d: "4" });
    made = lab.update(made, { metadata, data: { a: "1", b: "5" } });
    assert.deepEqual(live(), { a: "1", b: "5", d: "4" });
    lab.delete(changed);
    assert.deepEqual(live(), { a: "1", b: "5" });
  });

  it("of another manager conflict, unless the patch takes them by force", () => {
    const message =
      /Server-Side Apply field conflict detected\. See https:\S+ for troubleshooting help\.\nThe resource managed by field manager "pulumi-kubernetes-[0-9a-f]{8}" had an apply conflict: /;
    const one = lab.refusal(() => lab.create(patch, "p", { metadata, data: { a: "9" } }));
    assert.match(one, message);
    assert.match(
      one,
      /Apply failed with 1 conflict: conflict with "pulumi-kubernetes" using v1 at 2026-01-02T03:04:05Z: \.data\.a$/,
    );
    assert.match(
      lab.refusal(() => lab.create(patch, "p", { metadata, data: { a: "9", b: "9" } })),
      /Apply failed with 2 conflicts: conflicts with "pulumi-kubernetes" using v1 at \S+:\n- \.data\.a\n- \.data\.b$/,
    );
    assert.deepEqual(live(), { a: "1", b: "2" });
    const annotations = { "pulumi.com/patchForce": "true" };
    lab.create(patch, "p", { metadata: { ...metadata, annotations }, data: { a: "9" } });
    assert.deepEqual(live(), { a: "9", b: "2" });
    assert.match(
      lab.refusal(() => lab.update(made, { metadata, data: { a: "7", b: "2" } })),
      /Apply failed with 1 conflict: conflict with "pulumi-kubernetes-[0-9a-f]{8}": \.data\.a$/,
    );
  });

  it("with the same value are shared", () => {
    const shared = lab.create(patch, "p", { metadata, data: { a: "1" } });
    lab.delete(shared);
    assert.deepEqual(live(), { a: "1", b: "2" });
  });

  it("of two patches conflict, and a manager may be named", () => {
    const annotations = { "pulumi.com/patchFieldManager": "team" };
    lab.create(patch, "p", { metadata: { ...metadata, annotations }, data: { c: "3" } });
    assert.match(
      lab.refusal(() => lab.create(patch, "q", { metadata, data: { c: "4" } })),
      /conflict with "team": \.data\.c$/,
    );
  });

  it("of items with keys are patched one by one", () => {
    const template = (image: string) => ({
      metadata: { labels: { app: "x" } },
      spec: { containers: [{ name: "main", image }] },
    });
    const named = { name: "d", namespace: "default" };
    lab.create("kubernetes:apps/v1:Deployment", "d", {
      metadata: named,
      spec: { selector: { matchLabels: { app: "x" } }, template: template("a") },
    });
    lab.create("kubernetes:apps/v1:DeploymentPatch", "p", {
      metadata: named,
      spec: { template: { spec: { containers: [{ name: "side", image: "b" }] } } },
    });
    const spec = lab.read("kubernetes:apps/v1:Deployment", "default/d")?.outputs[
      "spec"
    ] as ValueObject;
    assert.deepEqual((spec["template"] as ValueObject)["spec"], {
      containers: [
        { name: "main", image: "a" },
        { name: "side", image: "b" },
      ],
    });
    assert.match(
      lab.refusal(() =>
        lab.create("kubernetes:apps/v1:DeploymentPatch", "q", {
          metadata: named,
          spec: { template: { spec: { containers: [{ name: "main", image: "c" }] } } },
        }),
      ),
      /: \.spec\.template\.spec\.containers\[name="main"\]\.image$/,
    );
  });

  it("of what a cluster made itself can be patched, and need a name", () => {
    lab.create("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop" } });
    lab.create("kubernetes:core/v1:ServiceAccountPatch", "p", {
      metadata: { name: "default", namespace: "shop" },
      automountServiceAccountToken: false,
    });
    const account = lab.read("kubernetes:core/v1:ServiceAccount", "shop/default");
    assert.equal(account?.outputs["automountServiceAccountToken"], false);
    assert.equal(lab.checkFailures(patch, "p", { data: {} })[0]?.property, "metadata.name");
  });

  it("that are secret stay so", () => {
    lab.create("kubernetes:core/v1:Secret", "s", { metadata, data: { a: "YQ==" } });
    lab.create("kubernetes:core/v1:SecretPatch", "p", { metadata, data: { b: "Yg==" } });
    const data = lab.read("kubernetes:core/v1:Secret", "default/c")?.outputs["data"];
    assert.ok(data instanceof Secret);
    assert.deepEqual(data.value, { a: "YQ==", b: "Yg==" });
  });
});

describe("previews of kubernetes objects", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openLab("kubernetes", {});
  });
  afterEach(() => lab.close());

  const bad = { metadata: { name: "c" }, data: { "a/b": "1" } };

  it("rehearse a creation and an update with the API server", () => {
    const message = /ConfigMap "c" is invalid: data\[a\/b\]: Invalid value: "a\/b"/;
    assert.match(
      lab.refusal(() => lab.preview(configMap, "c", bad)),
      message,
    );
    const made = lab.create(configMap, "c", { metadata: { name: "c" }, data: { a: "1" } });
    assert.match(
      lab.refusal(() => lab.previewUpdate(made, bad)),
      message,
    );
  });

  it("say nothing while something is not known or not there", () => {
    assert.ok(lab.preview(configMap, "c", { ...bad, data: { "a/b": unknown } }));
    assert.ok(lab.preview(configMap, "c", { ...bad, metadata: { name: "c", namespace: "later" } }));
    const peer = "kubernetes:security.istio.io/v1:PeerAuthentication";
    assert.ok(lab.preview(peer, "p", { metadata: { name: "p" }, spec: { mtls: { mode: "NO" } } }));
  });
});
