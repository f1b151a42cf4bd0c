/** Routes, peerings, tunnels, external addresses and load balancers as Google documents them. */
import assert from "node:assert/strict";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftGcp } from "../../../../policy-packs/lift/gcp/topology.ts";
import type { Row } from "../rows.ts";
import { testRows } from "../rows.ts";
import {
  base,
  external,
  firewall,
  instance,
  network,
  other,
  peering,
  policy,
  policyRule,
  resource,
  subnet,
  unknown,
  withMore,
} from "./world.ts";

const routesDoc = "Google Cloud, Routes, Applicability and order";
const defaults = "Google Cloud, Routes, System-generated default routes";
const peerings = "Google Cloud, VPC Network Peering";
const nat = "Google Cloud, Cloud NAT overview";
const checks = "Google Cloud, Health checks overview, Probe IP ranges and firewall rules";
const blocked = "Google Cloud, VPC firewall rules, Blocked and limited traffic";
const access = "Google Cloud, Private Google Access";
const balancers = "Google Cloud, External passthrough Network Load Balancer overview";
const vpn = "Google Cloud, Cloud VPN, Networks and tunnel routing";

const openAll = firewall("allow 1000 INGRESS all");
const bothWays = [peering("net", "other"), peering("other", "net")];
const closed = network("net", { deleteDefaultRoutesOnCreate: true });
const outside = (more: object = {}) =>
  instance("web", "web-net", "10.2.1.4", { ...external, ...more });
const route = (name: string, more: object) =>
  resource("Route", name, { name, network: "net", ...more });
const router = (more: object = {}) => [
  resource("Router", "router", { name: "router", network: "net", region: "europe-west4", ...more }),
];
const cloudNat = (more: object) => [
  ...router(),
  resource("RouterNat", "nat", { router: "router", region: "europe-west4", ...more }),
];
const tunnel = (more: object) => [
  resource("gcp:compute/vPNGateway:VPNGateway", "gateway", { name: "gateway", network: "net" }),
  resource("gcp:compute/vPNTunnel:VPNTunnel", "tunnel", {
    name: "tunnel",
    targetVpnGateway: "gateway",
    ...more,
  }),
];
const balanced = (scheme: string) => [
  resource(
    "InstanceGroup",
    "group",
    { name: "group", instances: ["projects/p/zones/a/instances/web"] },
    "groups/group",
  ),
  resource(
    "RegionBackendService",
    "service",
    { name: "service", loadBalancingScheme: scheme, backends: [{ group: "groups/group" }] },
    "services/service",
  ),
  resource("ForwardingRule", "front", {
    name: "front",
    loadBalancingScheme: scheme,
    ipProtocol: "TCP",
    ports: ["443"],
    backendService: "services/service",
  }),
  openAll,
];

const rows: readonly Row[] = [
  {
    document: routesDoc,
    says: "subnet routes lead to every subnet of the network, whatever its region",
    resources: withMore(openAll),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /route out .*subnet routes/,
  },
  {
    document: routesDoc,
    says: "networks that are not linked do not reach each other",
    resources: withMore(...other),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: defaults,
    says: "a network is born with a default route to the internet",
    resources: withMore(outside()),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*system-generated default route/,
  },
  {
    document: defaults,
    says: "it may be deleted when the network is made",
    resources: withMore(closed, outside()),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out network net has none/,
  },
  {
    document: defaults,
    says: "without a route back, what comes from the internet is not answered",
    resources: withMore(closed, outside(), openAll),
    packet: "203.0.113.7 web tcp/443",
    fate: "is not answered",
    by: /route out network net has none/,
  },
  {
    document: routesDoc,
    says: "a static default route does the same as the system's",
    resources: withMore(
      closed,
      outside(),
      route("mine", { destRange: "0.0.0.0/0", nextHopGateway: "default-internet-gateway" }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /Route::mine/,
  },
  {
    document: routesDoc,
    says: "a route with tags is for instances that carry one of them",
    resources: withMore(
      closed,
      outside({ tags: ["web"] }),
      route("mine", {
        destRange: "0.0.0.0/0",
        nextHopGateway: "default-internet-gateway",
        tags: ["batch"],
      }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out network net has none/,
  },
  {
    document: routesDoc,
    says: "the longest prefix decides",
    resources: withMore(
      outside(),
      route("part", { destRange: "203.0.113.0/24", nextHopIp: "10.2.2.4" }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "perhaps arrives",
    by: /Route::part/,
  },
  {
    document: routesDoc,
    says: "of equal destinations the lowest priority decides",
    resources: withMore(
      outside(),
      route("appliance", { destRange: "0.0.0.0/0", nextHopIp: "10.2.2.4", priority: 2000 }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /system-generated default route/,
  },
  {
    document: "Google Cloud, IP addresses, External IP addresses",
    says: "an instance without an external address does not reach the internet",
    resources: withMore(),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out it has no external address/,
  },
  {
    document: "Google Cloud, IP addresses, External IP addresses",
    says: "nor does the internet reach it",
    resources: withMore(openAll),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in it has no external address/,
  },
  {
    document: nat,
    says: "Cloud NAT lets instances without external addresses call out",
    resources: withMore(
      ...cloudNat({ sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*Instance::web/,
  },
  {
    document: nat,
    says: "for the subnetworks in its list only",
    resources: withMore(
      ...cloudNat({
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: "app-net", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      }),
    ),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /no Cloud NAT translates it/,
  },
  {
    document: nat,
    says: "it translates TCP, UDP and ICMP only",
    resources: withMore(
      ...cloudNat({ sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" }),
    ),
    packet: "web 203.0.113.7 protocol/50",
    fate: "is dropped",
    by: /no Cloud NAT translates it/,
  },
  {
    document: nat,
    says: "it lets nobody in",
    resources: withMore(
      openAll,
      ...cloudNat({ sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" }),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: peerings,
    says: "peered networks exchange subnet routes",
    resources: withMore(...other, ...bothWays),
    packet: "web far tcp/8080",
    fate: "arrives",
    by: /route out .*net-other/,
  },
  {
    document: peerings,
    says: "a peering is active once both sides have it",
    resources: withMore(...other, peering("net", "other")),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: peerings,
    says: "firewall rules are not exchanged: the other network's decide",
    resources: withMore(...other.filter(({ name }) => name !== "far-open"), ...bothWays, openAll),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /firewall in implied rule/,
  },
  {
    document: peerings,
    says: "peering is not transitive",
    resources: withMore(
      ...other,
      network("hub"),
      peering("net", "hub"),
      peering("hub", "net"),
      peering("hub", "other"),
      peering("other", "hub"),
    ),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: peerings,
    says: "a source tag does not name instances of a peered network",
    resources: withMore(
      ...other.filter(({ name }) => name !== "far-open"),
      ...bothWays,
      firewall("allow 1000 INGRESS all", { network: "other", sourceTags: ["web"] }),
    ),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /firewall in implied rule/,
  },
  {
    document: vpn,
    says: "a static route leads through a tunnel to the other site",
    resources: withMore(
      ...tunnel({}),
      route("office", { destRange: "192.168.0.0/16", nextHopVpnTunnel: "tunnel" }),
    ),
    packet: "web beyond|tunnel tcp/443",
    fate: "arrives",
    by: /Route::office/,
  },
  {
    document: vpn,
    says: "without a route the tunnel carries nothing",
    resources: withMore(...tunnel({})),
    packet: "web beyond|tunnel@4 tcp/443",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: vpn,
    says: "a Cloud Router learns the other site's ranges",
    resources: withMore(...router(), ...tunnel({ router: "router" })),
    packet: "web beyond|tunnel@4 tcp/443",
    fate: "arrives",
    by: /route out .*tunnel router/,
  },
  {
    document: vpn,
    says: "what comes through the tunnel is under the network's firewall",
    resources: withMore(...router(), ...tunnel({ router: "router" })),
    packet: "beyond|tunnel@4 app tcp/443",
    fate: "is dropped",
    by: /firewall in implied rule/,
  },
  {
    document: checks,
    says: "probes reach instances without external addresses",
    resources: withMore(
      firewall("allow 1000 INGRESS tcp 8080", {
        sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"],
      }),
    ),
    packet: "Google's|front|ends|and|health|checks@35.191.0.9 app tcp/8080",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: checks,
    says: "but need an ingress rule that allows them",
    resources: withMore(),
    packet: "Google's|front|ends|and|health|checks@130.211.0.9 app tcp/8080",
    fate: "is dropped",
    by: /firewall in implied rule/,
  },
  {
    document: blocked,
    says: "mail to external addresses is blocked in most projects",
    resources: withMore(outside()),
    packet: "web 203.0.113.7 tcp/25",
    fate: "perhaps arrives",
    by: /route out .*Instance::web/,
  },
  {
    document: blocked,
    says: "mail inside the network is not",
    resources: withMore(openAll),
    packet: "web app tcp/25",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: access,
    says: "with Private Google Access Google's services are reached without an external address",
    resources: withMore(subnet("web-net", "net", "10.2.1.0/24", { privateIpGoogleAccess: true })),
    packet: "web Google|APIs|and|services tcp/443",
    fate: "arrives",
    by: /route out/,
  },
  {
    document: access,
    says: "it needs a route to the default internet gateway",
    resources: withMore(
      closed,
      subnet("web-net", "net", "10.2.1.0/24", { privateIpGoogleAccess: true }),
    ),
    packet: "web Google|APIs|and|services tcp/443",
    fate: "is dropped",
    by: /route out .*no route leads there/,
  },
  {
    document: balancers,
    says: "an external load balancer hands the client's packets to its backends",
    resources: withMore(...balanced("EXTERNAL")),
    packet: "203.0.113.7 web tcp/443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: balancers,
    says: "on the ports of its forwarding rule only",
    resources: withMore(...balanced("EXTERNAL")),
    packet: "203.0.113.7 web tcp/80",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: balancers,
    says: "an internal one brings nothing from the internet",
    resources: withMore(...balanced("INTERNAL")),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: "Google Cloud, VPC networks, Subnet creation mode",
    says: "an auto mode network has its subnets in 10.128.0.0/9",
    resources: [
      network("auto", { autoCreateSubnetworks: true }),
      firewall("allow 1000 INGRESS all", { network: "auto" }),
    ],
    packet: "subnets|of|auto subnets|of|auto@10.200.0.9 tcp/22",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: "Google Cloud, Instance templates",
    says: "a template stands for the instances that are made of it",
    resources: withMore(
      resource("InstanceTemplate", "shape", {
        networkInterfaces: [{ subnetwork: "app-net" }],
        tags: ["app-tier"],
      }),
      firewall("allow 1000 INGRESS tcp 8080", { targetTags: ["app-tier"] }),
    ),
    packet: "web shape@10.2.2.77 tcp/8080",
    fate: "arrives",
    by: /allow 1000/,
  },
  {
    document: routesDoc,
    says: "of a route whose destination is not known nobody can tell what it takes away",
    resources: withMore(outside(), route("late", { destRange: unknown, nextHopIp: "10.2.2.4" })),
    packet: "web 203.0.113.7 tcp/443",
    fate: "perhaps arrives",
    by: /Route::late/,
  },
];

describe("GCP routes, lifted", () => {
  testRows(rows, liftGcp);

  it("keeps the metadata server as a residual, whatever the rules deny", () => {
    const plan = makePlan(withMore(...policy(policyRule("deny 10 EGRESS all"))));
    const says = liftGcp(plan).residuals.filter(({ endpoints }) =>
      endpoints.some((id) => id.endsWith("::web")),
    );
    assert.deepEqual(
      says.map((one) => one.says),
      ["metadata server: DHCP, names, time, instance metadata"],
    );
  });

  it("keeps the verdict open for rules that GKE adds, unless policies are read before them", () => {
    const cluster = resource("gcp:container/cluster:Cluster", "gke", {
      network: "net",
      subnetwork: "app-net",
    });
    const first = network("net", {
      networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    });
    const open = (...more: readonly RawResource[]) =>
      liftGcp(makePlan(withMore(cluster, ...more))).unknowns.map(({ path }) => path);
    assert.deepEqual(open(), ["firewall rules that GKE adds"]);
    assert.deepEqual(open(first), []);
  });

  it("notes what it cannot read instead of leaving it out", () => {
    const plan = makePlan([...base, instance("lost", unknown, "10.2.1.9")]);
    const { unknowns } = liftGcp(plan);
    assert.ok(
      unknowns.some(({ urn, path }) => urn.endsWith("::lost") && path.includes("subnetwork")),
    );
  });
});
