import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../local-clouds/protocol/value.ts";
import { compare, textsIn } from "../../../local-clouds/replay/compare.ts";

const nothingSent: ReadonlySet<string> = new Set();

function verdicts(recorded: Json, ours: Json, sent = nothingSent): Record<string, string> {
  const places = compare(recorded, ours, sent);
  return Object.fromEntries(places.map(({ path, verdict }) => [path, verdict]));
}

describe("comparing answers", () => {
  it("tells missing, extra and differing places", () => {
    const recorded = { a: 1, b: { c: "x", d: null }, e: [1, 2] };
    const ours = { a: 2, b: { c: "x" }, e: [1], f: true };
    assert.deepEqual(verdicts(recorded, ours), {
      a: "differs",
      "b.c": "agrees",
      "b.d": "missing",
      e: "differs",
      f: "extra",
    });
  });

  it("takes back what was sent only as it was sent", () => {
    const recorded = { name: "web-5c6160b", number: "921927215178" };
    const ours = { name: "web-1111111", number: "720608826259" };
    assert.deepEqual(verdicts(recorded, ours), { name: "agrees", number: "agrees" });
    assert.deepEqual(verdicts(recorded, ours, textsIn({ given: ["web-5c6160b"] })), {
      name: "differs",
      number: "agrees",
    });
  });

  it("compares sets by member and lists of texts in any order", () => {
    assert.deepEqual(verdicts({ __defaults: ["a", "b"] }, { __defaults: ["b", "c"] }), {
      "__defaults.a": "missing",
      "__defaults.b": "agrees",
      "__defaults.c": "extra",
    });
    assert.deepEqual(verdicts({ zones: ["b", "a"] }, { zones: ["a", "b"] }), {
      "zones[0]": "agrees",
      "zones[1]": "agrees",
    });
  });

  it("pairs the objects of a list by what they have in common", () => {
    const recorded = { rules: [{ port: 80, note: "" }, { port: 443 }] };
    const ours = { rules: [{ port: 443 }, { port: 80 }] };
    assert.deepEqual(verdicts(recorded, ours), {
      "rules[0].note": "missing",
      "rules[0].port": "agrees",
      "rules[1].port": "agrees",
    });
  });

  it("looks into documents and under secret marks", () => {
    const secret = (value: Json) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    assert.deepEqual(verdicts({ policy: '{"b":1,"a":2}' }, { policy: '{"a":2,"b":3}' }), {
      "policy.a": "agrees",
      "policy.b": "differs",
    });
    assert.deepEqual(verdicts({ key: secret("x") }, { key: secret("x") }), { key: "agrees" });
    assert.deepEqual(verdicts({ key: secret("x") }, { key: "x" }), { key: "differs" });
  });

  it("finds every value equal to itself, and nothing where one side has nothing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as Json;
        assert.ok(compare(json, json, textsIn(json)).every(({ verdict }) => verdict === "agrees"));
        assert.deepEqual(compare({ a: json }, {}, nothingSent)[0]?.verdict, "missing");
      }),
    );
  });
});
