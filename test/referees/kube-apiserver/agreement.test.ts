/**
 * The real API server, compiled from its Go module, says which objects are right. It is compiled once
 * (about four minutes on two cores) and kept in the user's cache; where Go or its modules cannot be
 * had, the tests are skipped and say why.
 */

import assert from "node:assert/strict";
import { drift } from "../../../local-clouds/lifecycle/drift.ts";
import { bundledDefinitions } from "../../../local-clouds/packages/kubernetes/definitions.ts";
import { servedKinds } from "../../../local-clouds/packages/kubernetes/schema/built-in.ts";
import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import { type Lab, openLab } from "../../local-clouds/kit/lab.ts";
import { providePrograms } from "./build.ts";
import { changes, widgetObjects, widgets } from "./changes.ts";
import {
  answerOf,
  askLab,
  askServer,
  assertSame,
  assertSameConflict,
  changeInLab,
  changeOnServer,
  tokenOf,
} from "./compare.ts";
import { expressions, subject, trial } from "./expressions.ts";
import { bad, type Given, good } from "./objects.ts";
import { ApiServer } from "./server.ts";
import { stackObjects } from "./stack-objects.ts";

const projects = [
  "istio",
  "gateway-api",
  "network-policy-api",
  "network-policy-api-v1alpha1",
] as const;
const definitions = [
  ...projects.flatMap((project) => bundledDefinitions(project)),
  widgets as JsonObject,
  trial(expressions) as JsonObject,
];
const namespaces = ["shop"];

/** The plural of a kind, as discovery or its definition says. */
function pluralOf(object: Given): string {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  const served = servedKinds()[`${apiVersion}/${kind}`];
  if (served !== undefined) return served.plural;
  const group = apiVersion.split("/")[0];
  for (const { spec } of definitions as unknown as {
    spec: { group: string; names: { kind: string; plural: string } };
  }[]) {
    if (spec.group === group && spec.names.kind === kind) return spec.names.plural;
  }
  throw new Error(`no plural of ${apiVersion} ${kind}`);
}

describe("the real kube-apiserver", () => {
  let server: ApiServer;
  let lab: Lab;

  before(async function () {
    // Compiling takes minutes, once.
    this.timeout(1_800_000);
    const programs = providePrograms();
    if ("why" in programs) {
      process.stderr.write(`the API server cannot be had: ${programs.why}\n`);
      this.skip();
    }
    server = await ApiServer.start(programs);
    lab = openLab("kubernetes", {});
    for (const name of namespaces) await makeNamespace(name);
    for (const definition of definitions) {
      const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
      const { status, body } = await server.call(
        "POST",
        `${path}?fieldValidation=Strict`,
        definition,
      );
      assert.equal(status, 201, JSON.stringify(body));
      const metadata = definition["metadata"] as { name: string };
      lab.create(
        "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
        metadata.name,
        definition,
      );
    }
    await server.settled(
      definitions.map((definition) => (definition["metadata"] as { name: string }).name),
    );
  });

  after(() => {
    lab?.close();
    server?.stop();
  });

  async function makeNamespace(name: string): Promise<void> {
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    await server.call("POST", "/api/v1/namespaces", namespace);
    lab.create("kubernetes:core/v1:Namespace", name, namespace);
  }

  for (const [name, object] of Object.entries(good)) {
    it(`takes ${name}`, async () => {
      const theirs = await askServer(server, object, pluralOf(object));
      assert.equal(theirs.reason, "", theirs.message);
      assertSame(askLab(lab, object), theirs);
    });
  }

  for (const [name, object] of Object.entries(bad)) {
    it(`refuses ${name}`, async () => {
      const theirs = await askServer(server, object, pluralOf(object));
      assert.notEqual(theirs.reason, "");
      assertSame(askLab(lab, object), theirs);
    });
  }

  for (const [name, object] of Object.entries(widgetObjects)) {
    it(`answers alike to ${name}`, async () => {
      assertSame(askLab(lab, object), await askServer(server, object, pluralOf(object)));
    });
  }

  for (const [name, change] of Object.entries(changes)) {
    it(`answers alike to a change of ${name}`, async () => {
      const theirs = await changeOnServer(server, change, pluralOf(change[0]));
      const ours = changeInLab(lab, change);
      assertSame(ours.answer, theirs.answer);
      if (theirs.answer.reason === "") assert.equal(ours.generation, theirs.generation);
    });
  }

  it(`answers alike to ${expressions.length} expressions`, async () => {
    const theirs = await askServer(server, subject, "trials");
    assert.ok(theirs.faults.length > 5 && theirs.faults.length < expressions.length / 2);
    assertSame(askLab(lab, subject), theirs);
  });

  const configMap = (namespace: string, data: object = {}): Given => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "c", namespace },
    data,
  });

  it("refuses a name that is taken", async () => {
    const object = configMap("shop");
    const made = lab.create(tokenOf(object), "c", object as ValueObject);
    await server.call("POST", "/api/v1/namespaces/shop/configmaps", object);
    const theirs = await askServer(server, object, "configmaps");
    assert.equal(theirs.reason, "AlreadyExists");
    assertSame(askLab(lab, object), theirs);
    lab.delete(made);
    await server.call("DELETE", "/api/v1/namespaces/shop/configmaps/c");
  });

  it("refuses a namespace that is not there", async () => {
    const theirs = await askServer(server, configMap("nowhere"), "configmaps");
    assert.equal(theirs.reason, "NotFound");
    assertSame(askLab(lab, configMap("nowhere")), theirs);
  });

  it("refuses a namespace that is being deleted", async () => {
    // No controller empties namespaces here, so it stays in that state.
    await makeNamespace("ending");
    await server.call("DELETE", "/api/v1/namespaces/ending");
    drift(lab.clouds, {
      selector: "ending",
      changes: [{ path: "status.phase", value: "Terminating" }],
    });
    const theirs = await askServer(server, configMap("ending"), "configmaps");
    assert.equal(theirs.reason, "Forbidden");
    assertSame(askLab(lab, configMap("ending")), theirs);
  });

  for (const data of [{ a: "9" }, { a: "9", b: "9" }, { a: "1" }, { d: "4" }]) {
    it(`answers alike to a patch of ${Object.keys(data).join(" and ")}`, async () => {
      const object = configMap("shop", { a: "1", b: "2" });
      const made = lab.create(tokenOf(object), "c", object as ValueObject);
      const path = "/api/v1/namespaces/shop/configmaps";
      await server.call("POST", `${path}?fieldManager=pulumi-kubernetes`, object);
      const patch = configMap("shop", data);
      const applied = await server.call(
        "PATCH",
        `${path}/c?fieldManager=patcher`,
        patch,
        "application/apply-patch+yaml",
      );
      const theirs = answerOf(applied);
      assertSameConflict(askLab(lab, patch, `${tokenOf(patch)}Patch`), theirs);
      lab.delete(made);
      await server.call("DELETE", `${path}/c`);
    });
  }

  it("takes every object of the local stack, as the local clouds do", async function () {
    this.timeout(60_000);
    const objects = await stackObjects();
    assert.ok(objects.length >= 90, `only ${objects.length} objects`);
    const needed = new Set(objects.flatMap(namespaceOf));
    for (const name of needed) await makeNamespace(name);
    for (const object of objects.filter((one) => one["kind"] !== "Namespace")) {
      const theirs = await askServer(server, object, pluralOf(object));
      assert.equal(theirs.reason, "", theirs.message);
      assertSame(askLab(lab, object), theirs);
    }
  });
});

function namespaceOf(object: Given): string[] {
  const { namespace } = object["metadata"] as { namespace?: string };
  return namespace === undefined ? [] : [namespace];
}
