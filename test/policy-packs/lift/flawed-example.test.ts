/**
 * The Azure and GCP parts of a published example of "microsegmentation across clouds", written as
 * plain resources: web, app and data tiers, and what is wrong with them.
 */
import assert from "node:assert/strict";
import { formatAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, has } from "../../../model/base/interval-set.ts";
import { formatSelector, portSet } from "../../../model/base/layer4.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import type { Topology } from "../../../model/network/topology.ts";
import { walk } from "../../../model/network/walk.ts";
import type { Difference } from "../../../model/reach/compare.ts";
import { compareTopologies } from "../../../model/reach/compare.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftAzure } from "../../../policy-packs/lift/azure/topology.ts";
import { liftGcp } from "../../../policy-packs/lift/gcp/topology.ts";
import { wantedOf } from "../../harness/wanted.ts";
import * as azure from "./azure/world.ts";
import * as gcp from "./gcp/world.ts";
import { packetOf } from "./rows.ts";

const places: Record<"azure" | "gcp", PlaceIntent> = {
  azure: {
    name: "azure",
    cloud: "azure",
    region: "westeurope",
    cidr4: "10.1.0.0/16",
    cidr6: "fd00:1::/48",
  },
  gcp: {
    name: "gcp",
    cloud: "gcp",
    region: "europe-west4",
    cidr4: "10.2.0.0/16",
    cidr6: "fd20:1::/48",
  },
};
const intent: Omit<NetworkIntent, "places"> = {
  segments: ["web", "app", "data"].map((name) => ({ name, purpose: name, egress: "none" })),
  flows: [
    allow(internet, "web", "tcp/443", "browsers"),
    allow("web", "app", "tcp/8080", "pages ask the logic"),
    allow("app", "data", "tcp/5432", "the logic keeps records"),
  ],
};

const groupOn = (name: string) => ({ id: azure.id("networkSecurityGroups", name) });
const azureExample: readonly RawResource[] = [
  azure.vnet("azure", ["10.1.0.0/16"]),
  azure.nsg("web", { securityRules: [azure.ruleProps("Allow 100 Inbound Tcp 443")] }),
  azure.nsg("app", {
    securityRules: [
      azure.ruleProps("Allow 100 Inbound Tcp 8080", { sourceAddressPrefix: "10.1.1.0/24" }),
    ],
  }),
  azure.subnet("web", "azure", {
    addressPrefix: "10.1.1.0/24",
    networkSecurityGroup: groupOn("web"),
  }),
  azure.subnet("app", "azure", {
    addressPrefix: "10.1.2.0/24",
    networkSecurityGroup: groupOn("app"),
  }),
  azure.peering("azure", azure.id("virtualNetworks", "corp"), {
    remoteAddressSpace: { addressPrefixes: ["10.50.0.0/16"] },
  }),
];

const dual = { stackType: "IPV4_IPV6", ipv6AccessType: "EXTERNAL" };
const denyAll = gcp.firewall("deny 65534 INGRESS all", { sourceRanges: ["0.0.0.0/0"] });
const gcpExample: readonly RawResource[] = [
  gcp.network("net"),
  gcp.subnet("web", "net", "10.2.1.0/24", { ...dual, externalIpv6Prefix: "2600:1900:1:1::/64" }),
  gcp.subnet("app", "net", "10.2.2.0/24", { ...dual, externalIpv6Prefix: "2600:1900:1:2::/64" }),
  gcp.firewall("allow 1000 INGRESS tcp 8080", {
    sourceRanges: ["10.2.1.0/24"],
    targetTags: ["app-tier"],
  }),
  denyAll,
];

/** The tiers by the names that the example gives them. */
function inSegments(topology: Topology, cloud: keyof typeof places): Topology {
  const segments: Record<string, string> = {
    web: "web",
    app: "app",
    "network tag app-tier": "app",
  };
  const endpoints = topology.endpoints.map((endpoint) => {
    const segment = segments[endpoint.name];
    return segment === undefined ? endpoint : { ...endpoint, segment: `${segment}@${cloud}` };
  });
  return { ...topology, endpoints };
}

function compared(topology: Topology, cloud: keyof typeof places): readonly Difference[] {
  const wanted = wantedOf({ ...intent, places: [places[cloud]] }, topology, "least");
  return compareTopologies(topology, wanted).differences;
}

/** Whether the differences hold this one: `extra web => app tcp/22`. */
function holds(all: readonly Difference[], text: string, family: 4 | 6 = 4): boolean {
  const [kind, from, , to, ports = "tcp/1"] = text.split(" ");
  const [protocol, port] = ports.split("/");
  const range = { protocol: protocol as "tcp", from: Number(port), to: Number(port) };
  const wanted = portSet(range)[0]?.from ?? 0n;
  return all.some(
    (one) =>
      one.kind === kind &&
      one.family === family &&
      one.settled &&
      one.from.name.replaceAll(" ", "|") === from &&
      one.to.name.replaceAll(" ", "|") === to &&
      has(one.selectors, wanted),
  );
}

const mail = portSet({ protocol: "tcp", from: 25, to: 25 });

function equal(a: IntervalSet, b: IntervalSet): boolean {
  return covers(a, b) && covers(b, a);
}

/** Whether a packet arrives in both readings. */
function passes(topology: Topology, packet: string): boolean {
  return (["may", "must"] as const).every(
    (reading) => walk(topology, packetOf(topology, packet), reading).arrives,
  );
}

describe("the flawed example in Azure", () => {
  const topology = inSegments(liftAzure(makePlan(azureExample)), "azure");
  const all = compared(topology, "azure");

  it("leaves the default rule 65000 in force: the whole network and its peers reach the app tier", () => {
    assert.ok(holds(all, "extra web => app tcp/22"));
    assert.ok(holds(all, "extra corp => app tcp/22"));
    assert.ok(passes(topology, "corp@10.50.0.9 app tcp/22"));
  });

  it("lets every tier call out", () => {
    assert.ok(holds(all, "extra web => internet tcp/443"));
    assert.ok(passes(topology, "web 203.0.113.7 tcp/443"));
    assert.ok(passes(topology, "app 203.0.113.7 tcp/443"));
  });

  it("takes whatever stands in the web subnet for the web tier", () => {
    assert.ok(passes(topology, "web@10.1.1.200 app tcp/8080"));
  });

  it("opens nothing that was declared: web answers, the app tier is reached", () => {
    // Addresses that no subnet has are nobody's, and reach nobody.
    const missing = all.filter(({ kind, from }) => kind === "missing" && !from.outside);
    assert.deepEqual(missing, []);
  });

  it("has no data tier, so its flow exists nowhere", () => {
    assert.ok(!topology.endpoints.some(({ segment }) => segment === "data@azure"));
  });

  it("shows a packet for every gap", () => {
    const found = all.find(({ kind, to }) => kind === "extra" && to.name === "app");
    assert.ok(found !== undefined);
    const { packet } = found.witness;
    assert.ok(typeof packet.to.address === "bigint");
    const told = `${formatAddress(packet.to.address)} ${formatSelector(packet.selector)}`;
    assert.match(told, /^10\.1\.2\./);
    assert.ok(walk(topology, packet, "must").arrives);
  });
});

describe("the flawed example in GCP", () => {
  const topology = inSegments(liftGcp(makePlan(gcpExample)), "gcp");
  const all = compared(topology, "gcp");

  it("has no allow for the web tier", () => {
    assert.ok(holds(all, "missing internet => web tcp/443"));
    assert.ok(!passes(topology, "203.0.113.7 web tcp/443"));
  });

  it("lets every tier call out", () => {
    assert.ok(holds(all, "extra web => internet tcp/443"));
    assert.ok(passes(topology, "web 203.0.113.7 tcp/443"));
  });

  it("says nothing of IPv6: egress is open there as well", () => {
    assert.ok(holds(all, "extra web => internet tcp/443", 6));
    assert.ok(passes(topology, "web@v6 2001:db8::7 tcp/443"));
  });

  it("denies at 65534 what the implied rule denies anyway", () => {
    const without = liftGcp(makePlan(gcpExample.filter((one) => one !== denyAll)));
    const { differences, pairs } = compareTopologies(liftGcp(makePlan(gcpExample)), without);
    assert.ok(pairs > 10);
    // Whether the project may send mail is not known with the rule, nor without it.
    const other = differences.filter(
      ({ settled, selectors }) => settled || !equal(selectors, mail),
    );
    assert.deepEqual(
      other.map(({ kind, from, to }) => [kind, from.name, to.name]),
      [],
    );
  });

  it("takes whatever stands in the web subnet for the web tier", () => {
    assert.ok(passes(topology, "web@10.2.1.200 network|tag|app-tier tcp/8080"));
  });

  it("does not protect an app machine without the network tag, nor open it", () => {
    assert.ok(holds(all, "missing web => app tcp/8080"));
    assert.ok(!passes(topology, "web app tcp/8080"));
  });
});
