/** Routes, peerings, gateways, public addresses and admin rules as Microsoft documents them. */
import assert from "node:assert/strict";
import type { RawResource } from "../../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAzure } from "../../../../policy-packs/lift/azure/topology.ts";
import type { Row } from "../rows.ts";
import { testRows } from "../rows.ts";
import {
  base,
  id,
  nic,
  nsg,
  other,
  peering,
  publicAddress,
  publicWeb,
  resource,
  routed,
  rule,
  subnet,
  subnetId,
  unknown,
  vnet,
  withMore,
} from "./world.ts";

const routing = "Microsoft Learn, Virtual network traffic routing";
const peerings = "Microsoft Learn, Create, change, or delete a virtual network peering";
const transit = "Microsoft Learn, Configure VPN gateway transit for virtual network peering";
const outbound = "Microsoft Learn, Default outbound access in Azure";
const groups = "Microsoft Learn, Network security groups, Azure platform considerations";
const tags = "Microsoft Learn, Virtual network service tags, Available service tags";
const admin = "Microsoft Learn, Security admin rules in Azure Virtual Network Manager";
const endpoints = "Microsoft Learn, Manage network policies for private endpoints";

const addresses = "Microsoft Learn, Public IP addresses, SKU";

/** A machine with a public address under no security group. */
function bare(name: "Basic" | "Standard"): RawResource[] {
  const address = id("publicIPAddresses", "open");
  return [
    resource("PublicIPAddress", "open", { sku: { name } }, address),
    subnet("bare-net", "net", { addressPrefix: "10.1.3.0/24" }),
    nic("bare", subnetId("bare-net"), "10.1.3.4", { ip: { publicIPAddress: { id: address } } }),
  ];
}

const hub = [
  vnet("hub", ["10.3.0.0/16"]),
  subnet("GatewaySubnet", "hub", { addressPrefix: "10.3.0.0/27" }),
];
const gateway = [
  resource(
    "VirtualNetworkGateway",
    "gateway",
    {
      gatewayType: "Vpn",
      ipConfigurations: [{ subnet: { id: subnetId("GatewaySubnet", "hub") } }],
    },
    id("virtualNetworkGateways", "gateway"),
  ),
  resource(
    "LocalNetworkGateway",
    "office",
    { localNetworkAddressSpace: { addressPrefixes: ["172.20.0.0/16"] } },
    id("localNetworkGateways", "office"),
  ),
  resource("VirtualNetworkGatewayConnection", "tunnel", {
    connectionType: "IPsec",
    virtualNetworkGateway1: { id: id("virtualNetworkGateways", "gateway") },
    localNetworkGateway2: { id: id("localNetworkGateways", "office") },
  }),
];
const hubAndSpoke = (spoke: object, back: object) => [
  ...hub,
  ...gateway,
  peering("net", "hub", { ...spoke }),
  peering("hub", "net", { ...back }),
];
const bothWays = [peering("net", "other"), peering("other", "net")];

const manager = { networkManagerName: "m", configurationName: "conf" };
const adminWorld = (
  access: string,
  more: object,
  deployedTo: readonly string[] = ["West Europe"],
) => [
  resource("SecurityAdminConfiguration", "conf", { ...manager }, id("conf", "conf")),
  resource("AdminRuleCollection", "col", {
    ...manager,
    ruleCollectionName: "col",
    appliesToGroups: [{ networkGroupId: id("networkGroups", "all") }],
  }),
  resource("NetworkGroup", "all", { networkGroupName: "all" }, id("networkGroups", "all")),
  resource("StaticMember", "one", {
    networkGroupName: "all",
    resourceId: id("virtualNetworks", "net"),
  }),
  resource("AdminRule", "admin", {
    ...manager,
    ruleCollectionName: "col",
    access,
    direction: "Inbound",
    priority: 10,
    protocol: "Tcp",
    destinationPortRanges: ["22"],
    ...more,
  }),
  ...(deployedTo.length > 0
    ? [
        resource("Commit", "go", {
          properties: {
            commitType: "SecurityAdmin",
            configurationIds: [id("conf", "conf")],
            targetLocations: deployedTo,
          },
        }),
      ]
    : []),
];

const pool = `${id("loadBalancers", "lb")}/backendAddressPools/pool`;
const balanced = (frontend: object, rulesOf: object) => [
  publicAddress,
  resource(
    "LoadBalancer",
    "lb",
    {
      loadBalancerName: "lb",
      frontendIPConfigurations: [{ name: "front", ...frontend }],
      backendAddressPools: [{ name: "pool" }],
      loadBalancingRules: [
        {
          name: "https",
          protocol: "Tcp",
          frontendPort: 443,
          backendPort: 8443,
          frontendIPConfiguration: {
            id: `${id("loadBalancers", "lb")}/frontendIPConfigurations/front`,
          },
          backendAddressPool: { id: pool },
          ...rulesOf,
        },
      ],
    },
    id("loadBalancers", "lb"),
  ),
  nic("web", subnetId("web-net"), "10.1.1.4", {
    ip: { loadBalancerBackendAddressPools: [{ id: pool }] },
  }),
  rule("web-nsg", "Allow 100 Inbound"),
];
const front = { publicIPAddress: { id: id("publicIPAddresses", "address") } };
const privateSubnet = (more: object = {}) =>
  subnet("web-net", "net", { addressPrefix: "10.1.1.0/24", defaultOutboundAccess: false, ...more });
const privateEndpoint = (policies: string) => [
  subnet("app-net", "net", {
    addressPrefix: "10.1.2.0/24",
    networkSecurityGroup: { id: id("networkSecurityGroups", "app-nsg") },
    privateEndpointNetworkPolicies: policies,
  }),
  rule("app-nsg", "Deny 100 Inbound"),
  resource("PrivateEndpoint", "vault", { subnet: { id: subnetId("app-net") } }),
];

const rows: readonly Row[] = [
  {
    document: `${routing}, System routes`,
    says: "traffic between subnets of a network needs no gateway",
    resources: withMore(),
    packet: "web app tcp/8080",
    fate: "arrives",
    by: /route out .*web-net system routes/,
  },
  {
    document: `${routing}, System routes`,
    says: "192.168.0.0/16 is dropped",
    resources: withMore(),
    packet: "web 192.168.7.7 tcp/443",
    fate: "is dropped",
    by: /route out .*web-net system routes/,
  },
  {
    document: "Microsoft Learn, Virtual network concepts, Subnets",
    says: "resources stand in subnets: at other addresses of the network is nobody",
    resources: withMore(),
    packet: "web net|unassigned@10.1.77.1 tcp/443",
    fate: "is dropped",
    by: /route in no subnet has the address/,
  },
  {
    document: `${routing}, System routes`,
    says: "networks that are not linked do not reach each other",
    resources: withMore(...other),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: peerings,
    says: "a peering routes between the two networks",
    resources: withMore(...other, ...bothWays),
    packet: "web far tcp/8080",
    fate: "arrives",
    by: /route out .*net-other/,
  },
  {
    document: peerings,
    says: "VirtualNetwork encompasses the peered network, so 65000 lets it in",
    resources: withMore(...other, ...bothWays),
    packet: "far app tcp/22",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: peerings,
    says: "each network has a peering to the other; with one alone nothing is connected",
    resources: withMore(...other, peering("net", "other")),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: peerings,
    says: "without allowVirtualNetworkAccess VirtualNetwork does not take in the peer",
    resources: withMore(
      ...other,
      peering("net", "other", { allowVirtualNetworkAccess: false }),
      peering("other", "net"),
    ),
    packet: "far app tcp/8080",
    fate: "is dropped",
    by: /DenyAllInBound/,
  },
  {
    document: peerings,
    says: "a rule that names the peer's addresses still allows it",
    resources: withMore(
      ...other,
      peering("net", "other", { allowVirtualNetworkAccess: false }),
      peering("other", "net"),
      rule("app-nsg", "Allow 100 Inbound Tcp 8080", { sourceAddressPrefix: "10.2.0.0/16" }),
    ),
    packet: "far app tcp/8080",
    fate: "arrives",
    by: /app-nsg Allow 100/,
  },
  {
    document: peerings,
    says: "a peering whose other side was deleted is disconnected",
    resources: withMore(
      ...other,
      peering("net", "other", { peeringState: "Disconnected" }),
      peering("other", "net"),
    ),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: "Microsoft Learn, Virtual network peering overview",
    says: "peerings are not transitive",
    resources: withMore(
      ...other,
      ...hub,
      peering("net", "hub"),
      peering("hub", "net"),
      peering("other", "hub"),
      peering("hub", "other"),
    ),
    packet: "web far tcp/8080",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: peerings,
    says: "an appliance in the hub may forward between spokes that allow forwarded traffic",
    resources: withMore(
      ...other,
      ...hub,
      ...routed([
        {
          addressPrefix: "10.2.0.0/16",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.3.1.4",
        },
      ]),
      peering("net", "hub", { allowForwardedTraffic: true }),
      peering("hub", "net"),
      peering("other", "hub", { allowForwardedTraffic: true }),
      peering("hub", "other"),
    ),
    packet: "app far tcp/8080",
    fate: "perhaps arrives",
    by: /route (in|out)/,
  },
  {
    document: peerings,
    says: "without allowForwardedTraffic it does not flow between the spokes",
    resources: withMore(
      ...other,
      ...hub,
      ...routed([
        {
          addressPrefix: "10.2.0.0/16",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.3.1.4",
        },
      ]),
      peering("net", "hub"),
      peering("hub", "net"),
      peering("other", "hub"),
      peering("hub", "other"),
    ),
    packet: "app far tcp/8080",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: peerings,
    says: "a network outside the plan that is peered counts as VirtualNetwork",
    resources: withMore(
      peering("net", id("virtualNetworks", "corp"), {
        remoteAddressSpace: { addressPrefixes: ["10.50.0.0/16"] },
      }),
    ),
    packet: "corp app tcp/22",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: peerings,
    says: "also where its addresses are not known",
    resources: withMore(peering("net", id("virtualNetworks", "corp"))),
    packet: "corp@4 app tcp/22",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: transit,
    says: "prefixes of a local network gateway are routed to the gateway of the network",
    resources: [
      ...base,
      ...hub,
      ...gateway,
      nic("nva", subnetId("GatewaySubnet", "hub"), "10.3.0.9"),
    ],
    packet: "nva office tcp/443",
    fate: "arrives",
    by: /route out .*gateway/,
  },
  {
    document: transit,
    says: "a spoke uses the hub's gateway where both sides of the peering say so",
    resources: withMore(...hubAndSpoke({ useRemoteGateways: true }, { allowGatewayTransit: true })),
    packet: "office app tcp/22",
    fate: "arrives",
    by: /AllowVnetInBound/,
  },
  {
    document: transit,
    says: "without gateway transit the spoke has no route to the site",
    resources: withMore(...hubAndSpoke({ useRemoteGateways: true }, {})),
    packet: "web office tcp/443",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: `${routing}, Border gateway protocol`,
    says: "a route table may keep out what gateways propagate",
    resources: withMore(
      ...hubAndSpoke({ useRemoteGateways: true }, { allowGatewayTransit: true }),
      ...routed([], { disableBgpRoutePropagation: true }),
    ),
    packet: "app office tcp/443",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: `${routing}, User-defined`,
    says: "a user-defined route overrides a system route of the same prefix",
    resources: withMore(...routed([{ addressPrefix: "10.1.0.0/16", nextHopType: "None" }])),
    packet: "app web tcp/8080",
    fate: "is dropped",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: `${routing}, How Azure selects a route`,
    says: "the longest prefix decides",
    resources: withMore(
      ...routed([
        { addressPrefix: "10.1.0.0/16", nextHopType: "None" },
        { addressPrefix: "10.1.1.0/24", nextHopType: "VnetLocal" },
      ]),
    ),
    packet: "app web tcp/8080",
    fate: "arrives",
    by: /route out .*table routes\[1\]/,
  },
  {
    document: `${routing}, User-defined`,
    says: "None drops the packet",
    resources: withMore(...routed([{ addressPrefix: "0.0.0.0/0", nextHopType: "None" }])),
    packet: "app 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: `${routing}, 0.0.0.0/0 address prefix`,
    says: "an appliance for the default route decides what it forwards",
    resources: withMore(
      ...routed([
        {
          addressPrefix: "0.0.0.0/0",
          nextHopType: "VirtualAppliance",
          nextHopIpAddress: "10.1.1.4",
        },
      ]),
    ),
    packet: "app 203.0.113.7 tcp/443",
    fate: "perhaps arrives",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: `${routing}, 0.0.0.0/0 address prefix`,
    says: "it gets traffic to public addresses of Azure's services, too",
    resources: withMore(
      ...routed([{ addressPrefix: "0.0.0.0/0", nextHopType: "None" }]),
      rule("app-nsg", "Allow 100 Outbound Tcp 443", { destinationAddressPrefix: "Storage" }),
    ),
    packet: "app service|tag|Storage tcp/443",
    fate: "is dropped",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: `${routing}, Service tags for user-defined routes`,
    says: "a route may name a service tag",
    resources: withMore(...routed([{ addressPrefix: "Storage", nextHopType: "None" }])),
    packet: "app service|tag|Storage tcp/443",
    fate: "is dropped",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: `${routing}, User-defined`,
    says: "routes may stand outside their table",
    resources: withMore(
      ...routed([]),
      resource("Route", "late", {
        routeTableName: "table",
        addressPrefix: "10.1.1.0/24",
        nextHopType: "None",
      }),
    ),
    packet: "app web tcp/8080",
    fate: "is dropped",
    by: /Route::late/,
  },
  {
    document: `${routing}, User-defined`,
    says: "of a route whose next hop is not known nobody can tell",
    resources: withMore(...routed([{ addressPrefix: "10.1.1.0/24", nextHopType: unknown }])),
    packet: "app web tcp/8080",
    fate: "perhaps arrives",
    by: /route out .*table routes\[0\]/,
  },
  {
    document: tags,
    says: "VirtualNetwork holds the prefixes of user-defined routes",
    resources: withMore(
      ...routed([{ addressPrefix: "198.51.100.0/24", nextHopType: "Internet" }]),
      rule("app-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "Internet" }),
    ),
    packet: "app 198.51.100.9 tcp/443",
    fate: "arrives",
    by: /AllowVnetOutBound/,
  },
  {
    document: tags,
    says: "VirtualNetwork might also contain default routes",
    resources: withMore(
      ...routed([{ addressPrefix: "0.0.0.0/0", nextHopType: "Internet" }]),
      rule("app-nsg", "Deny 100 Outbound * *", { destinationAddressPrefix: "Internet" }),
    ),
    packet: "app 203.0.113.7 tcp/443",
    fate: "perhaps arrives",
    by: /app-nsg Deny 100/,
  },
  {
    document: tags,
    says: "outwards that does not matter: one of the two default rules allows",
    resources: withMore(...routed([{ addressPrefix: "0.0.0.0/0", nextHopType: "Internet" }])),
    packet: "app 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /AllowVnetOutBound/,
  },
  {
    document: "Microsoft Learn, Public IP addresses, SKU",
    says: "a Standard address is closed to inbound traffic until a security group allows it",
    resources: withMore(
      resource(
        "PublicIPAddress",
        "address",
        { sku: { name: "Standard" } },
        id("publicIPAddresses", "address"),
      ),
      ...publicWeb.slice(1),
      subnet("web-net", "net", { addressPrefix: "10.1.1.0/24" }),
    ),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in its Standard public address is closed/,
  },
  {
    document: outbound,
    says: "a machine without anything explicit gets an address for its calls",
    resources: withMore(),
    packet: "app 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*NetworkInterface::app/,
  },
  {
    document: outbound,
    says: "in a private subnet it gets none",
    resources: withMore(privateSubnet()),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /no NAT gateway/,
  },
  {
    document: outbound,
    says: "a NAT gateway on the subnet is explicit outbound connectivity",
    resources: withMore(privateSubnet({ natGateway: { id: id("natGateways", "nat") } })),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*NetworkInterface::web/,
  },
  {
    document: "Microsoft Learn, What is Azure NAT Gateway?",
    says: "a NAT gateway supports TCP and UDP only",
    resources: withMore(privateSubnet({ natGateway: { id: id("natGateways", "nat") } })),
    packet: "web 203.0.113.7 icmp",
    fate: "is dropped",
    by: /route out it has no public address/,
  },
  {
    document: outbound,
    says: "a public address of its own is, too",
    resources: withMore(...publicWeb, privateSubnet()),
    packet: "web 203.0.113.7 tcp/443",
    fate: "arrives",
    by: /route out .*NetworkInterface::web/,
  },
  {
    document: groups,
    says: "a public address is translated to the private one before the group is read",
    resources: withMore(...publicWeb, rule("web-nsg", "Allow 100 Inbound Tcp 443")),
    packet: "203.0.113.7 web tcp/443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: addresses,
    says: "a Standard address is closed to inbound traffic until a security group allows it",
    resources: withMore(...bare("Standard")),
    packet: "203.0.113.7 bare tcp/443",
    fate: "is dropped",
    by: /route in its Standard public address is closed/,
  },
  {
    document: addresses,
    says: "a Basic address is open by default",
    resources: withMore(...bare("Basic")),
    packet: "203.0.113.7 bare tcp/443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: groups,
    says: "without a public address nothing comes from the internet, whatever the group says",
    resources: withMore(rule("web-nsg", "Allow 100 Inbound Tcp 443")),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in it has no public address/,
  },
  {
    document: groups,
    says: "behind a load balancer the source is the client and the port is the backend's",
    resources: withMore(...balanced(front, {})),
    packet: "203.0.113.7 web tcp/8443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: groups,
    says: "the frontend's port is not the port of the machine",
    resources: withMore(...balanced(front, {})),
    packet: "203.0.113.7 web tcp/443",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: groups,
    says: "an internal load balancer brings nothing from the internet",
    resources: withMore(...balanced({ subnet: { id: subnetId("web-net") } }, {})),
    packet: "203.0.113.7 web tcp/8443",
    fate: "is dropped",
    by: /route in/,
  },
  {
    document: "Microsoft Learn, Outbound rules of Azure Load Balancer",
    says: "a rule with disableOutboundSnat gives no way out",
    resources: withMore(...balanced(front, { disableOutboundSnat: true }), privateSubnet()),
    packet: "web 203.0.113.7 tcp/443",
    fate: "is dropped",
    by: /route out/,
  },
  {
    document: admin,
    says: "Deny stops the traffic before the groups are read",
    resources: withMore(...adminWorld("Deny", {})),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /AdminRule::admin/,
  },
  {
    document: admin,
    says: "Always allow delivers without asking the groups",
    resources: withMore(...adminWorld("AlwaysAllow", {}), rule("app-nsg", "Deny 100 Inbound")),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /AdminRule::admin/,
  },
  {
    document: admin,
    says: "Allow hands on to the groups",
    resources: withMore(...adminWorld("Allow", {}), rule("app-nsg", "Deny 100 Inbound")),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: admin,
    says: "admin rules do not need a group to exist",
    resources: withMore(
      ...adminWorld("Deny", {}),
      subnet("app-net", "net", { addressPrefix: "10.1.2.0/24" }),
    ),
    packet: "web app tcp/22",
    fate: "is dropped",
    by: /AdminRule::admin/,
  },
  {
    document: admin,
    says: "the rules are for the networks of the group only",
    resources: withMore(...adminWorld("Deny", {}), ...other, ...bothWays),
    packet: "web far tcp/22",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: admin,
    says: "the lower number has the higher priority",
    resources: withMore(
      ...adminWorld("Deny", { priority: 20 }),
      ...adminWorld("AlwaysAllow", {})
        .map((one) => (one.name === "admin" ? { ...one, urn: `${one.urn}2`, name: "admin2" } : one))
        .filter(({ name }) => name === "admin2"),
    ),
    packet: "web app tcp/22",
    fate: "arrives",
    by: /AdminRule::admin2/,
  },
  {
    document: "Microsoft Learn, Configuration deployments in Azure Virtual Network Manager",
    says: "a configuration takes effect when it is deployed",
    resources: withMore(...adminWorld("Deny", {}, [])),
    packet: "web app tcp/22",
    fate: "perhaps arrives",
    by: /AdminRule::admin/,
  },
  {
    document: "Microsoft Learn, Configuration deployments in Azure Virtual Network Manager",
    says: "it is deployed to the regions that the deployment names",
    resources: withMore(...adminWorld("Deny", {}, ["northeurope"])),
    packet: "web app tcp/22",
    fate: "perhaps arrives",
    by: /AdminRule::admin/,
  },
  {
    document: endpoints,
    says: "by default a subnet's group does not guard private endpoints",
    resources: withMore(...privateEndpoint("Disabled")),
    packet: "web vault tcp/443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: `${admin}, Nonapplication of security admin rules`,
    says: "there are services to which admin rules are not applied, private endpoints perhaps",
    resources: withMore(
      ...adminWorld("Deny", { destinationPortRanges: ["443"] }),
      ...privateEndpoint("Disabled"),
    ),
    packet: "web vault tcp/443",
    fate: "perhaps arrives",
    by: /AdminRule::admin/,
  },
  {
    document: `${admin}, Nonapplication of security admin rules`,
    says: "nor to the subnets of gateways",
    resources: withMore(
      ...adminWorld("Deny", { destinationPortRanges: ["443"] }),
      subnet("GatewaySubnet", "net", { addressPrefix: "10.1.9.0/27" }),
    ),
    packet: "web GatewaySubnet tcp/443",
    fate: "arrives",
    by: /route in/,
  },
  {
    document: endpoints,
    says: "it does where network policies are enabled",
    resources: withMore(...privateEndpoint("Enabled")),
    packet: "web vault tcp/443",
    fate: "is dropped",
    by: /app-nsg Deny 100/,
  },
  {
    document: "Microsoft Learn, Networking for Virtual Machine Scale Sets",
    says: "machines of a scale set stand under their own group, too",
    resources: withMore(
      nsg("own"),
      rule("own", "Deny 100 Inbound Tcp 8080"),
      resource("compute:VirtualMachineScaleSet", "set", {
        virtualMachineProfile: {
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "nic",
                networkSecurityGroup: { id: id("networkSecurityGroups", "own") },
                ipConfigurations: [{ name: "first", subnet: { id: subnetId("app-net") } }],
              },
            ],
          },
        },
      }),
    ),
    packet:
      "web set|virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0]@10.1.2.8 tcp/8080",
    fate: "is dropped",
    by: /own Deny 100/,
  },
];

describe("Azure routes and admin rules, lifted", () => {
  testRows(rows, liftAzure);

  it("keeps the host's services as residuals, and drops what a group closes by its tag", () => {
    const residuals = (...more: readonly RawResource[]) =>
      liftAzure(makePlan(withMore(...more)))
        .residuals.filter(({ endpoints: ids }) => ids.some((one) => one.endsWith("::web")))
        .map(({ says }) => says);
    assert.deepEqual(residuals(), [
      "Azure's resolver",
      "instance metadata",
      "the host's agent endpoint",
      "DHCP",
    ]);
    const closed = rule("web-nsg", "Deny 100 Outbound * *", {
      destinationAddressPrefix: "AzurePlatformDNS",
    });
    assert.ok(!residuals(closed).includes("Azure's resolver"));
  });

  it("keeps the verdict open where the plan holds what it does not read", () => {
    const mesh = resource("ConnectivityConfiguration", "mesh", {});
    const { unknowns } = liftAzure(makePlan(withMore(mesh)));
    assert.deepEqual(unknowns, [{ urn: mesh.urn, path: "" }]);
  });

  it("reads the tokens of every version of the package", () => {
    const versioned = base.map((one) => ({
      ...one,
      type: one.type.replace("azure-native:network:", "azure-native:network/v20240101:"),
    }));
    const names = liftAzure(makePlan(versioned)).endpoints.map(({ name }) => name);
    assert.deepEqual(
      names,
      liftAzure(makePlan(base)).endpoints.map(({ name }) => name),
    );
    assert.ok(names.includes("web"));
  });
});
