import assert from "node:assert/strict";
import type { NetworkIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import {
  internetUse,
  meetsInternet,
  translatedSegments,
} from "../../../model/network/internet-use.ts";

const web: SegmentIntent = { name: "web", purpose: "test", egress: "nat" };
const intentOf = (...flows: NetworkIntent["flows"][number][]): NetworkIntent => ({
  places: [],
  segments: [web],
  flows,
});

describe("internet use", () => {
  it("gives no route to a segment whose flows do not ask for one", () => {
    const intent = intentOf(allow("web", "web", "any", "test"));
    assert.deepEqual(internetUse(intent, web), { reached: false, calls: "none" });
    assert.deepEqual(translatedSegments(intent), []);
    assert.equal(meetsInternet(intent), false);
  });

  it("takes the route that the segment names where a flow asks for one", () => {
    const intent = intentOf(allow("web", internet, "tcp/443", "test"));
    assert.deepEqual(internetUse(intent, web), { reached: false, calls: "nat" });
    assert.deepEqual(translatedSegments(intent), [web]);
    assert.equal(meetsInternet(intent), true);
  });

  it("tells being called from calling", () => {
    const intent = intentOf(allow(internet, "web", "tcp/443", "test"));
    assert.deepEqual(internetUse(intent, web), { reached: true, calls: "none" });
    assert.equal(meetsInternet(intent), true);
  });
});
