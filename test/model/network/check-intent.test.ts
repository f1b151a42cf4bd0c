import assert from "node:assert/strict";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import { threeClouds } from "../../harness/intents.ts";

const found = (intent: NetworkIntent) =>
  checkNetworkIntent(intent).map(({ code, place }) => `${place} ${code}`);

const withPlaces = (...places: Partial<PlaceIntent>[]): NetworkIntent => ({
  ...threeClouds,
  places: places.map((place, index) => ({
    name: `p${index}`,
    cloud: "aws",
    region: "eu-central-1",
    cidr4: `10.${index}.0.0/16`,
    ...place,
  })),
});

describe("network intent check", () => {
  it("finds nothing wrong with the intent of three clouds", () => {
    assert.deepEqual(checkNetworkIntent(threeClouds), []);
  });

  it("finds everything wrong at once", () => {
    const web = { name: "web", purpose: "test", egress: "none" as const, holdsPods: true };
    const intent: NetworkIntent = {
      ...withPlaces(
        { cidr4: "10.0.0.0/8" },
        { cloud: "gcp", cidr6: "fd17::/48" },
        { cloud: "azure" },
        { name: "p0", cidr6: "fd00::/48" },
        { cloud: "ibm" as "aws" },
      ),
      segments: [web, web, { ...web, name: internet, holdsPods: false }],
      flows: [
        allow("web", "bew", "tcp/443", "test"),
        allow(internet, internet, "tcp", "test"),
        allow("web", "web", "http", " "),
        allow("web", "web", "tcp/0-65535", "test"),
        allow("web", "web", "tcp", "test"),
      ],
    };
    assert.deepEqual(found(intent), [
      "places[3].name input-duplicate",
      "segments[1].name input-duplicate",
      "segments[2].name input-type",
      "places[0].cidr4 address-invalid",
      "places[1].cidr6 address-invalid",
      "places[2].cidr6 input-missing",
      "places[3].cidr6 input-unknown",
      "places[4].cloud input-unknown",
      "places[4].cidr6 input-missing",
      "places[1].cidr4 address-overlap",
      "places[2].cidr4 address-overlap",
      "places[3].cidr4 address-overlap",
      "places[4].cidr4 address-overlap",
      "segments input-duplicate",
      "flows[0].to flow-nowhere",
      "flows[1].to flow-nowhere",
      "flows[2].ports port-invalid",
      "flows[2].because input-missing",
      "flows[4] flow-redundant",
    ]);
  });

  it("suggests the segment that was meant", () => {
    const [problem] = checkNetworkIntent({
      ...threeClouds,
      flows: [allow("web", "dta", "tcp/5432", "test")],
    });
    assert.equal(problem?.next, 'Did you mean "data"?');
  });

  it("knows where GCP lets a network's IPv6 lie", () => {
    const gcp = { cloud: "gcp" as const, cidr6: "fd20:fff:ffff::/48" };
    assert.deepEqual(found(withPlaces(gcp)), []);
    assert.deepEqual(found(withPlaces({ ...gcp, cidr6: "fd20:1000::/48" })), [
      "places[0].cidr6 address-invalid",
    ]);
  });

  it("holds as many segments as the address plan has blocks", () => {
    const segments = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `s${index}`,
        purpose: "test",
        egress: "none" as const,
      }));
    const base = { ...threeClouds, flows: [] };
    assert.deepEqual(found({ ...base, segments: segments(8) }), []);
    assert.deepEqual(found({ ...base, segments: segments(9) }), ["segments limit-reached"]);
  });
});
