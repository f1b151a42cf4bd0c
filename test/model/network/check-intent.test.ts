import assert from "node:assert/strict";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import type { FlowIntent, NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
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

  it("knows which cloud has rules of subnets, and how many AWS grants", () => {
    const asked = (quota: number, more: Partial<PlaceIntent> = {}) =>
      found({ ...withPlaces({ subnetRules: { quota }, ...more }), flows: [] });
    for (const quota of [20, 33, 40]) assert.deepEqual(asked(quota), []);
    for (const quota of [0, 19, 41, 20.5, Number.NaN]) {
      assert.deepEqual(asked(quota), ["places[0].subnetRules.quota input-type"]);
    }
    assert.deepEqual(asked(20, { cloud: "gcp", cidr6: "fd20:18:1::/48" }), [
      "places[0].subnetRules input-unknown",
    ]);
  });

  describe("of guardrails", () => {
    const azure = { cloud: "azure" as const, cidr6: "fd17:1:1::/48" };
    const deny = (text: string, because = "test") => ({ deny: text, from: internet, because });
    const guarded = (guardrails: PlaceIntent["guardrails"], flows: readonly FlowIntent[] = []) =>
      found({ ...withPlaces({ ...azure, guardrails: guardrails ?? [] }), flows });

    it("wants each once, with ports and a reason, and only where they are lowered", () => {
      assert.deepEqual(guarded([deny("tcp/22"), deny("udp"), deny("any")]), []);
      assert.deepEqual(guarded([deny("tcp/22"), deny("tcp/22-22"), deny("ssh", " ")]), [
        "places[0].guardrails[1].deny input-duplicate",
        "places[0].guardrails[2].deny port-invalid",
        "places[0].guardrails[2].because input-missing",
      ]);
      const elsewhere = { ...withPlaces({ guardrails: [deny("tcp/22")] }), flows: [] };
      assert.deepEqual(found(elsewhere), ["places[0].guardrails input-unknown"]);
    });

    it("refuses the flows that they would stop, and no others", () => {
      const flows = [
        allow(internet, "web", "tcp/22", "test"),
        allow(internet, "web@p0", "tcp/1-1023", "test"),
        allow(internet, "web", "udp/22", "test"),
        allow("app", "web", "tcp/22", "test"),
        allow("web", internet, "tcp/22", "test"),
      ];
      assert.deepEqual(guarded([deny("tcp/22")], flows), [
        "flows[0] flow-guarded",
        "flows[1] flow-guarded",
      ]);
      // What is said of one place is not said of another.
      const two = withPlaces({ ...azure, guardrails: [deny("tcp/22")] }, {});
      assert.deepEqual(found({ ...two, flows: [allow(internet, "web@p1", "tcp/22", "test")] }), []);
    });

    it("has one network manager for them", () => {
      const guardrails = [deny("tcp/22")];
      const two = withPlaces(
        { ...azure, guardrails },
        { ...azure, cidr6: "fd18::/48", guardrails },
      );
      assert.deepEqual(found({ ...two, flows: [] }), ["places[1].guardrails limit-reached"]);
    });
  });
});
