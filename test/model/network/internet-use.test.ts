import assert from "node:assert/strict";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import {
  internetUse,
  meetsInternet,
  translatedSegments,
} from "../../../model/network/internet-use.ts";

const web: SegmentIntent = { name: "web", purpose: "test", egress: "nat" };
const place: PlaceIntent = {
  name: "aws",
  cloud: "aws",
  region: "eu-central-1",
  cidr4: "10.16.0.0/16",
};
const intentOf = (...flows: NetworkIntent["flows"][number][]): NetworkIntent => ({
  places: [place],
  segments: [web],
  flows,
});

describe("internet use", () => {
  it("gives no route to a segment whose flows do not ask for one", () => {
    const intent = intentOf(allow("web", "web", "any", "test"));
    assert.deepEqual(internetUse(intent, web, place), { reached: false, calls: "none" });
    assert.deepEqual(translatedSegments(intent, place), []);
    assert.equal(meetsInternet(intent, place), false);
  });

  it("takes the route that the segment names where a flow asks for one", () => {
    const intent = intentOf(allow("web", internet, "tcp/443", "test"));
    assert.deepEqual(internetUse(intent, web, place), { reached: false, calls: "nat" });
    assert.deepEqual(translatedSegments(intent, place), [web]);
    assert.equal(meetsInternet(intent, place), true);
  });

  it("tells being called from calling", () => {
    const intent = intentOf(allow(internet, "web", "tcp/443", "test"));
    assert.deepEqual(internetUse(intent, web, place), { reached: true, calls: "none" });
    assert.equal(meetsInternet(intent, place), true);
  });
});
