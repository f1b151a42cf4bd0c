import assert from "node:assert/strict";
import { checkSegmentation } from "../../../components/segmentation/check.ts";
import type { Cloud, FlowIntent, NetworkIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import { threeClouds } from "../../harness/intents.ts";

function found(flows: readonly FlowIntent[], clouds: readonly Cloud[] = ["aws", "azure", "gcp"]) {
  const intent: NetworkIntent = {
    ...threeClouds,
    places: threeClouds.places.filter(({ cloud }) => clouds.includes(cloud)),
    flows,
  };
  return said(intent);
}

function said(intent: NetworkIntent) {
  return checkSegmentation(intent).map(({ code, place, got }) => `${code} ${place} ${got}`);
}

/** Flows from the internet to web on as many single ports. */
function manyFlows(count: number): FlowIntent[] {
  return Array.from({ length: count }, (_, port) =>
    allow(internet, "web", `tcp/${10_000 + port * 2}`, "test"),
  );
}

describe("segmentation check", () => {
  it("finds nothing wrong with the intent of three clouds", () => {
    assert.deepEqual(checkSegmentation(threeClouds), []);
  });

  it("proves the quota of an AWS group per family and direction before anything is deployed", () => {
    assert.deepEqual(found(manyFlows(60), ["aws"]), []);
    assert.deepEqual(found(manyFlows(61), ["aws"]), [
      "limit-reached places.aws.web 61 ingress rules of IPv4",
      "limit-reached places.aws.web 61 ingress rules of IPv6",
    ]);
  });

  it("counts an AWS rule that names a group in both families", () => {
    const bySegment = (count: number) => manyFlows(count).map((flow) => ({ ...flow, from: "app" }));
    assert.equal(found(bySegment(60), ["aws"]).length, 0);
    assert.equal(found([...manyFlows(30), ...bySegment(31)], ["aws"]).length, 2);
  });

  it("proves the quota of an Azure group, its closing denies included", () => {
    assert.deepEqual(found(manyFlows(998), ["azure"]), []);
    assert.deepEqual(found(manyFlows(999), ["azure"]), [
      "limit-reached places.azure.web 1001 rules",
    ]);
  });

  it("has priorities for a bounded number of Azure flows and says so", () => {
    assert.deepEqual(found(manyFlows(1501), ["azure"]), ["limit-reached flows 1501 flows"]);
  });

  it("names the cloud that cannot tell a protocol apart", () => {
    assert.deepEqual(found([allow("web", "app", "sctp/38412", "test")]), [
      'port-invalid flows[0].ports "sctp/38412"',
      'port-invalid flows[0].ports "sctp/38412"',
    ]);
    assert.deepEqual(found([allow("web", "app", "icmp6", "test")]), [
      'port-invalid flows[0].ports "icmp6"',
    ]);
  });

  it("refuses a reason that a cloud's description cannot hold", () => {
    assert.deepEqual(found([allow("web", "app", "tcp/1", "it's")]), [
      'input-type flows[0].because "it\'s"',
    ]);
    assert.deepEqual(found([allow("web", "app", "tcp/1", "a".repeat(141))]), [
      "limit-reached flows[0].because 141 characters",
    ]);
    assert.deepEqual(found([allow("web", "app", "tcp/1", "a".repeat(140))]), []);
  });

  it("passes on what is wrong with the intent itself and proves no quota of it", () => {
    assert.deepEqual(found([allow("web", "nowhere", "tcp/1", "test"), ...manyFlows(61)]), [
      'flow-nowhere flows[0].to "nowhere"',
    ]);
  });

  it("proves the quota of a network ACL, its rule * included", () => {
    const asked = (flows: readonly FlowIntent[], quota: number) =>
      said({
        ...threeClouds,
        places: threeClouds.places
          .filter(({ cloud }) => cloud === "aws")
          .map((place) => ({ ...place, subnetRules: { quota } })),
        flows,
      });
    // One entry more tells that a packet is too big.
    assert.deepEqual(asked(manyFlows(18), 20), []);
    assert.deepEqual(asked(manyFlows(19), 20), [
      "limit-reached places.aws.web 21 ingress rules of IPv4 in the ACL of its subnets",
      "limit-reached places.aws.web 21 ingress rules of IPv6 in the ACL of its subnets",
    ]);
    assert.deepEqual(asked(manyFlows(38), 40), []);
    assert.equal(asked(manyFlows(39), 40).length, 2);
    // Ports that touch are one entry, and the replies to all of them are one.
    const touching = Array.from({ length: 30 }, (_, port) =>
      allow(internet, "web", `tcp/${10_000 + port}`, "test"),
    );
    assert.deepEqual(asked(touching, 20), []);
  });

  it("knows what admin rules of Azure can filter and hold", () => {
    const guarded = (
      denied: readonly string[],
      more: Pick<NetworkIntent, "flows" | "segments"> = { ...threeClouds, flows: [] },
      because = "test",
    ) =>
      said({
        ...more,
        places: threeClouds.places
          .filter(({ cloud }) => cloud === "azure")
          .map((place) => ({
            ...place,
            guardrails: denied.map((deny) => ({ deny, from: internet, because })),
          })),
      });
    const ports = (count: number) => Array.from({ length: count }, (_, n) => `tcp/${n * 2 + 1}`);
    assert.deepEqual(guarded(ports(100)), []);
    assert.deepEqual(guarded(ports(101)), ["limit-reached places[0].guardrails 101 guardrails"]);
    assert.deepEqual(guarded(["icmp6", "sctp/9"]), [
      'port-invalid places[0].guardrails[0].deny "icmp6"',
      'port-invalid places[0].guardrails[1].deny "sctp/9"',
    ]);
    assert.deepEqual(guarded(["tcp/22"], undefined, "a".repeat(141)), [
      "limit-reached places[0].guardrails[0].because 141 characters",
    ]);
    const office = (cidrs: number) => ({
      segments: [
        ...threeClouds.segments,
        {
          name: "office",
          purpose: "people",
          egress: "none" as const,
          cidrs: Array.from({ length: cidrs }, (_, n) => `198.51.${n >> 8}.${n & 255}/32`),
        },
      ],
      flows: Array.from({ length: 2 }, (_, n) => allow("office", "web", `tcp/${n + 1}`, "test")),
    });
    assert.deepEqual(guarded(["tcp"], office(498)), []);
    assert.deepEqual(guarded(["tcp"], office(499)), [
      "limit-reached places.azure.guardrails 1002 prefixes of admin rules",
    ]);
    assert.deepEqual(
      guarded(ports(99), {
        ...office(1),
        flows: Array.from({ length: 2 }, (_, n) => allow("office", "web", `tcp/${n * 2 + 1}`, "x")),
      }),
      ["limit-reached places.azure.guardrails 101 admin rules"],
    );
  });
});
