import assert from "node:assert/strict";
import { lowerAwsNetwork } from "../../../components/network/aws/lower.ts";
import { lowerAzureNetwork } from "../../../components/network/azure/lower.ts";
import { lowerGcpNetwork } from "../../../components/network/gcp/lower.ts";
import { lowerNetwork } from "../../../components/network/plan.ts";
import { overlap, parseCidr } from "../../../model/base/address.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import type { LinkIntent } from "../../../model/network/link.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";

const link = (place: string, network: string): LinkIntent => ({
  name: "hub",
  place,
  network,
  cidrs: ["10.200.0.0/16", "fd99:1::/48"],
});
const links = [
  link("aws", "vpc-0123456789abcdef0"),
  {
    ...link(
      "azure",
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub",
    ),
    name: "hub-azure",
  },
  { ...link("gcp", "projects/hub/global/networks/hub"), name: "hub-gcp" },
];

function placeOf(cloud: PlaceIntent["cloud"]): PlaceIntent {
  const found = threeClouds.places.find((place) => place.cloud === cloud);
  assert.ok(found !== undefined);
  return found;
}

/** An intent of one segment with the given egress and flows. */
function oneSegment(
  egress: "direct" | "nat" | "none",
  flows: NetworkIntent["flows"],
): NetworkIntent {
  return { ...threeClouds, segments: [{ name: "web", purpose: "test", egress }], flows };
}

const calls = allow("web", internet, "tcp/443", "test");
const reached = allow(internet, "web", "tcp/443", "test");

describe("network lowering", () => {
  for (const place of threeClouds.places) {
    it(`lowers ${place.cloud} as its golden file says`, () => {
      matchesGolden(
        `network/${place.cloud}`,
        lowerNetwork("network", "test", threeClouds, place, []),
      );
    });
    it(`lowers a link in ${place.cloud} as its golden file says`, () => {
      matchesGolden(
        `network/${place.cloud}-link`,
        lowerNetwork("network", "test", threeClouds, place, links),
      );
    });
  }

  it("gives an AWS segment that no flow takes to the internet no route beyond the VPC", () => {
    const plan = lowerAwsNetwork("n", oneSegment("nat", []), placeOf("aws"), []);
    assert.deepEqual(plan.routes, []);
    assert.equal(plan.internetGateway ?? plan.natGateway ?? plan.egressOnlyGateway, undefined);
  });

  it("routes a translated AWS segment through NAT for IPv4 and one-way for IPv6", () => {
    const plan = lowerAwsNetwork("n", oneSegment("nat", [calls]), placeOf("aws"), []);
    const via = plan.routes
      .filter(({ routeTable }) => routeTable === "n-aws-web-routes")
      .map((route) => [route.destinationCidrBlock ?? route.destinationIpv6CidrBlock, route.via]);
    assert.deepEqual(via, [
      ["0.0.0.0/0", "natGateway"],
      ["::/0", "egressOnlyGateway"],
    ]);
  });

  it("routes a reached AWS segment directly, whatever its egress", () => {
    const plan = lowerAwsNetwork("n", oneSegment("nat", [calls, reached]), placeOf("aws"), []);
    const own = plan.routes.filter(({ routeTable }) => routeTable === "n-aws-web-routes");
    assert.deepEqual(
      own.map(({ via }) => via),
      ["internetGateway", "internetGateway"],
    );
  });

  it("stands the NAT gateway in addresses of no segment, and the only subnet without one", () => {
    const plan = lowerAwsNetwork("n", threeClouds, placeOf("aws"), []);
    const [gateway, ...more] = plan.subnets.filter(({ segment }) => segment === undefined);
    assert.ok(gateway !== undefined && more.length === 0);
    assert.equal(plan.natGateway?.subnet, gateway.name);
    const range = parseCidr(gateway.cidrBlock, "gateway");
    for (const { name, cidrBlock } of plan.subnets) {
      if (name === gateway.name) continue;
      assert.ok(!overlap(range, parseCidr(cidrBlock, name)), `${name} overlaps`);
    }
  });

  it("knows the regions whose zones are not a and b", () => {
    const tokyo = { ...placeOf("aws"), region: "ap-northeast-1" };
    const zones = lowerAwsNetwork("n", threeClouds, tokyo, []).subnets.map(
      (s) => s.availabilityZone,
    );
    assert.deepEqual([...new Set(zones)], ["ap-northeast-1a", "ap-northeast-1c"]);
  });

  it("closes every Azure group in both directions at the last priority", () => {
    const plan = lowerAzureNetwork("n", "test", threeClouds, placeOf("azure"), []);
    assert.equal(plan.segments.length, 4);
    for (const { denies } of plan.segments) {
      assert.deepEqual(
        denies.map(({ direction, priority }) => [direction, priority]),
        [
          ["Inbound", 4096],
          ["Outbound", 4096],
        ],
      );
    }
  });

  it("translates in Azure and GCP only the segments whose flows call the internet by NAT", () => {
    const azure = lowerAzureNetwork("n", "test", threeClouds, placeOf("azure"), []);
    const translated = azure.segments.filter(({ subnet }) => subnet.translated);
    assert.deepEqual(
      translated.map(({ segment }) => segment),
      ["cluster"],
    );
    const gcp = lowerGcpNetwork("n", threeClouds, placeOf("gcp"), []);
    assert.deepEqual(gcp.nat?.subnets, ["n-gcp-cluster"]);
    const quiet = oneSegment("nat", []);
    assert.equal(lowerAzureNetwork("n", "test", quiet, placeOf("azure"), []).nat, undefined);
    const silent = lowerGcpNetwork("n", quiet, placeOf("gcp"), []);
    assert.equal(silent.nat ?? silent.defaultRoute, undefined);
  });
});
