/** Declared flows that no route carries, in each cloud: missing, or open where nobody can see it. */
import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy.js";
import { provePlaces } from "../../../automation/reach/proofs.ts";
import type { NetworkIntent, PlaceIntent, RoadEnd } from "../../../model/network/intent.ts";
import { gapsOf } from "../../../model/policy/gap.ts";
import type { Proof } from "../../../model/reach/prove.ts";
import { proveIntent } from "../../../model/reach/prove.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { plannedPlace } from "../../../policy-packs/lift/place.ts";
import { segmentationType } from "../../../policy-packs/rules/shared/network-plans.ts";
import { proveNetwork } from "../../../policy-packs/rules/shared/network-proof.ts";
import { threeClouds } from "../../harness/intents.ts";
import { loweredProgram } from "./aws/lowered.ts";
import type { Phase } from "./aws/program.ts";
import { rawOf } from "./aws/program.ts";
import { loweredAzure, loweredGcp } from "./lowered.ts";

const { unknownStringValue: unknown } = proxy as unknown as { unknownStringValue: string };

const gateway = "tgw-0123456789abcdef0";

/** The app tier of the first place keeps its records in the second, over a road. */
function across(from: string, to: string, ends: Readonly<Record<string, string>> = {}) {
  const end = (place: string): RoadEnd => {
    const own = ends[place] ?? (place === "aws" ? gateway : undefined);
    return own === undefined ? { place } : { place, gateway: own };
  };
  const flow = { from: `app@${from}`, to: `data@${to}`, ports: "tcp/5432", because: "records" };
  const between = [end(from), end(to)] as const;
  return { ...threeClouds, flows: [flow], roads: [{ name: "road", between }] };
}

function placeOf({ places }: NetworkIntent, name: string): PlaceIntent {
  const place = places.find((one) => one.name === name);
  assert.ok(place !== undefined);
  return place;
}

function prove(intent: NetworkIntent, name: string, planned: readonly RawResource[]): Proof {
  const { topology } = liftNetwork(makePlan(planned));
  const place = placeOf(intent, name);
  const at = { urn: "intent", path: "flows" };
  return proveIntent(plannedPlace(topology, intent, place), intent, place, at);
}

/** Gaps of a place as a person reads them, without where each packet comes from. */
function told(intent: NetworkIntent, name: string, planned: readonly RawResource[]) {
  const proof = prove(intent, name, planned);
  const gaps = gapsOf(proof.differences, name).map(
    ({ kind, settled, from, to, by }) =>
      `${settled ? "" : "perhaps "}${kind} ${from} => ${to}: ${by}`,
  );
  return { verdict: proof.verdict, gaps };
}

function planned(
  type: string,
  name: string,
  inputs: object,
  waits: RawResource["propertyDependencies"] = {},
): RawResource {
  return {
    urn: `urn:pulumi:test::bulkhead::${type}::${name}`,
    type,
    name,
    inputs,
    propertyDependencies: waits,
  };
}

const proven = { verdict: "proven", gaps: [] };

function gapOf({ gaps }: ReturnType<typeof told>): string {
  assert.equal(gaps.length, 1, gaps.join("\n"));
  return gaps[0] ?? "";
}

/** The same resources, made by a component. */
function childrenOf(all: readonly RawResource[]): RawResource[] {
  const text = JSON.stringify(all).replaceAll("::aws:", "::acme:index:Shop$aws:");
  return JSON.parse(text) as RawResource[];
}

describe("routes of AWS to another place", () => {
  const intent = across("aws", "azure");
  const program = (phase: Phase, change: (all: RawResource[]) => RawResource[] = (all) => all) =>
    change(rawOf(loweredProgram(intent, placeOf(intent, "aws")), phase));
  const isRoad = ({ type, name }: RawResource) =>
    type === "aws:ec2/route:Route" && name.includes("-link-road-");

  for (const phase of ["preview", "update"] as const) {
    it(`carry what the intent declares (${phase})`, () => {
      assert.deepEqual(told(intent, "aws", program(phase)), proven);
    });

    it(`are missing where no table leads there (${phase})`, () => {
      const without = program(phase, (all) => all.filter((one) => !isRoad(one)));
      const answer = told(intent, "aws", without);
      assert.equal(answer.verdict, "violated");
      assert.match(
        gapOf(answer),
        /^missing app => data@azure: no route leads there: .*network-aws-app-routes/,
      );
    });
  }

  it("are missing where the program's own gateway has no attachment of the network", () => {
    const own = planned("aws:ec2transitgateway/transitGateway:TransitGateway", "way", {});
    const answer = told(
      intent,
      "aws",
      program("preview", (all) => [
        own,
        ...all
          .filter(({ type }) => type !== "aws:ec2transitgateway/vpcAttachment:VpcAttachment")
          .map((one) =>
            isRoad(one)
              ? {
                  ...one,
                  propertyDependencies: {
                    ...one.propertyDependencies,
                    transitGatewayId: [own.urn],
                  },
                }
              : one,
          ),
      ]),
    );
    assert.equal(answer.verdict, "violated");
    assert.match(gapOf(answer), /^missing app => data@azure: no route leads there/);
  });

  it("stay open where it is not known to which gateway they lead", () => {
    const lost = program("preview", (all) =>
      all.map((one) =>
        isRoad(one)
          ? { ...one, propertyDependencies: { ...one.propertyDependencies, transitGatewayId: [] } }
          : one,
      ),
    );
    const proof = prove(intent, "aws", lost);
    assert.equal(proof.verdict, "unknown");
    assert.ok(
      proof.unknowns.some(({ urn, path }) => /link-road/.test(urn) && path === "transitGatewayId"),
    );
  });

  it("stay open where it is not known in which table a route is", () => {
    const lost = program("preview", (all) =>
      all.map((one) =>
        isRoad(one)
          ? { ...one, propertyDependencies: { ...one.propertyDependencies, routeTableId: [] } }
          : one,
      ),
    );
    const proof = prove(intent, "aws", lost);
    assert.equal(proof.verdict, "unknown");
    assert.ok(
      proof.unknowns.some(({ urn, path }) => /link-road/.test(urn) && path === "routeTableId"),
    );
  });

  it("stay open in a network that exists already, whose tables nobody sees", () => {
    const own = /:(Vpc|RouteTable|RouteTableAssociation|Route|VpcAttachment|InternetGateway)$/;
    const existing = program("update", (all) => all.filter(({ type }) => !own.test(type)));
    assert.equal(prove(intent, "aws", existing).verdict, "unknown");
  });

  it("are proved by the rule and by the command alike", () => {
    const without = program("preview", (all) => all.filter((one) => !isRoad(one)));
    const carrier = planned(segmentationType, "segmentation", { intent });
    const plan = makePlan([carrier, ...without]);
    const [segmentation] = plan.ofType(segmentationType);
    assert.ok(segmentation !== undefined);
    const [ruled] = proveNetwork(segmentation, plan).places;
    const [asked] = provePlaces(liftNetwork(plan).topology, plan, intent, "intent.json");
    for (const found of [gapsOf(ruled?.proof.differences ?? [], "aws"), asked?.gaps ?? []]) {
      assert.deepEqual(
        found.map(({ kind, from, to, packet }) => [kind, from, to, packet]),
        [["missing", "app", "data@azure", "app (10.16.16.4) → data@azure (10.17.32.4) tcp/5432"]],
      );
    }
  });

  it("are those of the machines that are planned, wherever else their group may be given", () => {
    const isMark = ([key]: [string, unknown]) => key !== "bulkhead:segment";
    const unmarked = (one: RawResource): RawResource => {
      const { tags, ...rest } = one.inputs as { readonly tags?: object };
      if (tags === undefined || !/:Subnet$/.test(one.type)) return one;
      return {
        ...one,
        inputs: { ...rest, tags: Object.fromEntries(Object.entries(tags).filter(isMark)) },
      };
    };
    const only = program("update", (all) =>
      all.filter((one) => !isRoad(one) || one.name.includes("-app-")).map(unmarked),
    );
    // The group may be given in subnets from which no route leads there.
    const hypothetical = prove(intent, "aws", only);
    const missing = hypothetical.differences.filter(({ kind }) => kind === "missing");
    assert.ok(missing.length > 0);
    assert.ok(missing.every(({ settled }) => !settled));
    const machine = planned("aws:ec2/instance:Instance", "machine", {
      subnetId: "network-aws-app-0-id",
      vpcSecurityGroupIds: ["segmentation-aws-app-id"],
    });
    const { differences } = prove(intent, "aws", childrenOf([...only, machine]));
    assert.deepEqual(
      differences.filter(({ kind }) => kind === "missing"),
      [],
    );
    const astray = {
      ...machine,
      inputs: { ...(machine.inputs as object), subnetId: "network-aws-web-0-id" },
    };
    const lost = prove(intent, "aws", [...only, astray]).differences;
    assert.ok(lost.some(({ kind, settled }) => kind === "missing" && settled));
  });

  it("are asked for the reply, too", () => {
    const back = across("azure", "aws");
    const all = rawOf(loweredProgram(back, placeOf(back, "aws")), "preview");
    assert.deepEqual(told(back, "aws", all), proven);
    const answer = told(
      back,
      "aws",
      all.filter((one) => !(isRoad(one) && one.name.includes("-data-"))),
    );
    assert.equal(answer.verdict, "violated");
    assert.match(gapOf(answer), /^reply-blocked app@azure => data: no route leads there/);
  });
});

describe("routes of Azure to another place", () => {
  const intent = across("azure", "aws");
  const lowered = loweredAzure(intent, placeOf(intent, "azure"));
  const type = (name: string) => `azure-native:network:${name}`;
  const vnet = lowered.find((one) => one.type === type("VirtualNetwork"));
  const subnet = planned(
    type("Subnet"),
    "GatewaySubnet",
    {
      subnetName: "GatewaySubnet",
      virtualNetworkName: unknown,
      addressPrefix: "10.17.224.0/27",
    },
    { virtualNetworkName: [vnet?.urn ?? ""] },
  );
  const way = planned(
    type("VirtualNetworkGateway"),
    "way",
    { gatewayType: "Vpn", ipConfigurations: [{ subnet: { id: unknown } }] },
    { ipConfigurations: [subnet.urn] },
  );
  const site = (prefix: string) =>
    planned(type("LocalNetworkGateway"), "site", {
      localNetworkAddressSpace: { addressPrefixes: [prefix] },
    });
  const tunnel = planned(
    type("VirtualNetworkGatewayConnection"),
    "tunnel",
    {
      connectionType: "IPsec",
      virtualNetworkGateway1: { id: unknown },
      localNetworkGateway2: { id: unknown },
    },
    { virtualNetworkGateway1: [way.urn], localNetworkGateway2: [site("").urn] },
  );

  it("are missing without a gateway", () => {
    const answer = told(intent, "azure", lowered);
    assert.equal(answer.verdict, "violated");
    assert.match(
      gapOf(answer),
      /^missing app => data@aws: no route leads there: .*network-azure-app/,
    );
  });

  it("lead through a tunnel to a site with the other place's addresses", () => {
    const all = [...lowered, subnet, way, tunnel];
    assert.deepEqual(told(intent, "azure", [...all, site("10.16.0.0/16")]), proven);
    const elsewhere = told(intent, "azure", [...all, site("10.99.0.0/16")]);
    assert.match(gapOf(elsewhere), /^missing app => data@aws/);
  });

  it("are told by a gateway that exists already", () => {
    const id =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/w";
    assert.deepEqual(told(across("azure", "aws", { azure: id }), "azure", lowered), proven);
  });

  it("stay open in a network that exists already, whose peerings nobody sees", () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net";
    const existing = lowered
      .filter((one) => one !== vnet)
      .map((one) =>
        one.type === type("Subnet")
          ? { ...one, inputs: { ...(one.inputs as object), virtualNetworkName: id } }
          : one,
      );
    const { differences } = prove(intent, "azure", existing);
    const missing = differences.filter(({ kind }) => kind === "missing");
    assert.ok(missing.length > 0);
    assert.ok(missing.every(({ settled }) => !settled));
  });

  it("stay open while nobody knows with what a peering peers", () => {
    const peering = planned(
      type("VirtualNetworkPeering"),
      "peering",
      { virtualNetworkName: unknown, remoteVirtualNetwork: { id: unknown } },
      { virtualNetworkName: [vnet?.urn ?? ""] },
    );
    const proof = prove(intent, "azure", [...lowered, peering]);
    assert.equal(proof.verdict, "unknown");
    assert.ok(proof.unknowns.some(({ urn }) => urn === peering.urn));
  });

  it("take a segment's own traffic away, where a route says so", () => {
    const inside = { ...threeClouds, places: [placeOf(threeClouds, "azure")] };
    const plain = loweredAzure(inside, placeOf(inside, "azure"));
    assert.deepEqual(told(inside, "azure", plain), proven);
    const table = planned(type("RouteTable"), "table", {
      routes: [{ name: "hole", addressPrefix: "10.17.16.0/20", nextHopType: "None" }],
    });
    const holed = plain.map((one) =>
      one.type === type("Subnet") && one.name.includes("web")
        ? {
            ...one,
            inputs: { ...(one.inputs as object), routeTable: { id: unknown } },
            propertyDependencies: { ...one.propertyDependencies, routeTable: [table.urn] },
          }
        : one,
    );
    const { gaps } = told(inside, "azure", [...holed, table]);
    assert.ok(
      gaps.some((gap) => /^missing web => app: no route leads there: .*table/.test(gap)),
      gaps.join("\n"),
    );
  });
});

describe("routes of GCP to another place", () => {
  const intent = across("gcp", "aws");
  const lowered = loweredGcp(intent, placeOf(intent, "gcp"));
  const network = lowered.find(({ type }) => type === "gcp:compute/network:Network");
  const inNetwork = { network: [network?.urn ?? ""] };
  const way = planned("gcp:compute/vPNGateway:VPNGateway", "way", { network: unknown }, inNetwork);
  const tunnel = planned(
    "gcp:compute/vPNTunnel:VPNTunnel",
    "tunnel",
    { targetVpnGateway: unknown },
    { targetVpnGateway: [way.urn] },
  );
  const route = (destRange: string) =>
    planned(
      "gcp:compute/route:Route",
      "road",
      { network: unknown, destRange, nextHopVpnTunnel: unknown },
      { ...inNetwork, nextHopVpnTunnel: [tunnel.urn] },
    );

  it("are missing without a tunnel", () => {
    const answer = told(intent, "gcp", lowered);
    assert.equal(answer.verdict, "violated");
    assert.match(
      gapOf(answer),
      /^missing app => data@aws: no route leads there: network network-gcp/,
    );
  });

  it("lead through a tunnel, where a route says so", () => {
    const all = [...lowered, way, tunnel];
    assert.deepEqual(told(intent, "gcp", [...all, route("10.16.0.0/16")]), proven);
    assert.match(gapOf(told(intent, "gcp", [...all, route("10.99.0.0/16")])), /^missing app/);
  });

  it("are learnt by a router, as the road says", () => {
    const router = planned("gcp:compute/router:Router", "router", { network: unknown }, inNetwork);
    const learning = {
      ...tunnel,
      inputs: { router: unknown },
      propertyDependencies: { router: [router.urn] },
    };
    assert.deepEqual(told(intent, "gcp", [...lowered, router, learning]), proven);
  });

  it("lead through the own tunnel, whatever other networks have", () => {
    const other = planned("gcp:compute/network:Network", "other", { autoCreateSubnetworks: false });
    const theirs = planned(
      "gcp:compute/vPNGateway:VPNGateway",
      "theirs",
      { network: unknown },
      { network: [other.urn] },
    );
    const their = planned(
      "gcp:compute/vPNTunnel:VPNTunnel",
      "their-tunnel",
      { targetVpnGateway: unknown },
      { targetVpnGateway: [theirs.urn] },
    );
    const all = [other, theirs, their, ...lowered, way, tunnel, route("10.16.0.0/16")];
    assert.deepEqual(told(intent, "gcp", all), proven);
  });

  it("stay open in a network that exists already", () => {
    const existing = lowered
      .filter((one) => one !== network)
      .map((one) =>
        one.type === "gcp:compute/subnetwork:Subnetwork"
          ? {
              ...one,
              inputs: { ...(one.inputs as object), network: "projects/p/global/networks/n" },
            }
          : one,
      );
    const missing = prove(intent, "gcp", existing).differences.filter(
      ({ kind }) => kind === "missing",
    );
    assert.ok(missing.every(({ settled }) => !settled));
  });
});
