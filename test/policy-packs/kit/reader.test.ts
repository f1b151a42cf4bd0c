import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy.js";
import { Undecided } from "../../../model/policy/view.ts";
import { viewOf } from "../../../policy-packs/kit/reader.ts";
import { isUnknown } from "../../../policy-packs/kit/unknown.ts";

const sdk = proxy as unknown as Record<string, unknown>;
const { unknownCheckingProxy } = policy as unknown as {
  unknownCheckingProxy(value: unknown): unknown;
};
const unknown = sdk["unknownStringValue"] as string;
const urn = "urn:pulumi:dev::p::t::n";

function read(inputs: unknown) {
  return viewOf(urn, unknownCheckingProxy(inputs));
}

function undecided(body: () => unknown): Undecided {
  try {
    body();
  } catch (error) {
    assert.ok(error instanceof Undecided);
    return error;
  }
  return assert.fail("was decided");
}

describe("reader", () => {
  it("knows every text by which the SDK stands for an unknown", () => {
    const names = Object.keys(sdk).filter((name) => /^unknown\w+Value$/.test(name));
    assert.equal(names.length, 7);
    for (const name of names) assert.ok(isUnknown(sdk[name]), name);
    assert.ok(!isUnknown("tcp"));
  });

  it("tells known, unknown and absent apart behind the SDK's proxy", () => {
    const view = read({ a: { b: ["x", unknown, null] } });
    assert.equal(view.at("a", "b", 0).state, "known");
    assert.equal(view.at("a", "b", 1).state, "unknown");
    assert.equal(view.at("a", "b", 2).state, "absent");
    assert.equal(view.at("a", "c", "d").state, "absent");
    assert.equal(view.at("a", "b", 0).text(), "x");
    assert.equal(view.at("a", "b", 0).path, "a.b[0]");
    assert.equal(view.at("a", "b", 0).urn, urn);
  });

  it("names the outermost unknown", () => {
    const view = read({ rules: [{ ports: unknown }] });
    const below = view.at("rules", 0, "ports", 3, "from");
    assert.equal(below.state, "unknown");
    assert.deepEqual(
      [undecided(() => below.text()).path, undecided(() => below.text()).because],
      ["rules[0].ports", "unknown"],
    );
    assert.equal(undecided(() => view.plain()).path, "rules[0].ports");
  });

  it("reads documents as text and as objects under one path", () => {
    for (const policyText of [
      { Statement: [{ Effect: "Allow" }] },
      '{"Statement":[{"Effect":"Allow"}]}',
    ]) {
      const effect = read({ policy: policyText })
        .at("policy")
        .document()
        .at("Statement", 0, "Effect");
      assert.equal(effect.text(), "Allow");
      assert.equal(effect.path, "policy.Statement[0].Effect");
    }
    assert.equal(
      undecided(() => read({ policy: "{" }).at("policy").document()).because,
      "unreadable",
    );
  });

  it("takes flags and numbers as texts, and nothing else for them", () => {
    const view = read({ yes: "true", port: "443", word: "many", list: [1] });
    assert.equal(view.at("yes").flag(), true);
    assert.equal(view.at("port").number(), 443);
    assert.equal(undecided(() => view.at("word").number()).because, "unreadable");
    assert.equal(undecided(() => view.at("list").text()).because, "unreadable");
    assert.equal(undecided(() => view.at("word").items()).path, "word");
    assert.equal(undecided(() => view.at("word").keys()).path, "word");
  });

  it("does not take the bridge's note of defaults for a property", () => {
    const view = read({ rule: { days: 1, __defaults: ["days"] } });
    assert.deepEqual(view.at("rule").keys(), ["days"]);
    assert.deepEqual(view.at("rule").plain(), { days: 1 });
  });

  it("survives getters that throw, prototypes and circles", () => {
    const circle: Record<string, unknown> = { name: "a" };
    circle["self"] = circle;
    const trap = Object.defineProperty({}, "secret", {
      enumerable: true,
      get: () => assert.fail("a getter was called"),
    });
    assert.equal(undecided(() => read(trap).at("secret").text()).because, "unreadable");
    assert.equal(read({}).at("constructor").state, "absent");
    assert.equal(undecided(() => read(circle).plain()).because, "unreadable");
  });

  it("takes nothing below a value of another shape for absent", () => {
    const view = read({ text: "x", list: [{ on: true }], object: { on: true }, none: null });
    for (const [below, path] of [
      [view.at("text", "on"), "text"],
      [view.at("list", "on"), "list"],
      [view.at("object", 0, "on"), "object"],
    ] as const) {
      assert.equal(below.path, path);
      assert.notEqual(below.state, "absent");
      for (const reading of [() => below.flag(), () => below.items(), () => below.plain()]) {
        assert.equal(undecided(reading).because, "unreadable");
      }
    }
    assert.equal(view.at("none", "on").state, "absent");
    assert.equal(view.at("missing", 0, "on").state, "absent");
  });

  it("writes keys that are no identifiers so that they can be told apart", () => {
    const view = read({ labels: { "istio.io/rev": "x" } });
    assert.equal(view.at("labels", "istio.io/rev").path, 'labels["istio.io/rev"]');
  });
});
