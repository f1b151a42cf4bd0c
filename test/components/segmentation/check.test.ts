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
});
