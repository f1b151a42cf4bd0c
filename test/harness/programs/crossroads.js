// Networks of three clouds with many ways between them, and rules drawn by PROGRAM_VERSION, for
// tests that ask two judges about the same packets.
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as transit from "@pulumi/aws/ec2transitgateway/index.js";
import * as azure from "@pulumi/azure-native/network/index.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as compute from "@pulumi/gcp/compute/index.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { TagKey } from "@pulumi/gcp/tags/tagKey.js";
import { TagValue } from "@pulumi/gcp/tags/tagValue.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";

// --- what is drawn (a linear congruential generator; Knuth's constants for MMIX, 32 bits of them)
let state = BigInt(process.env.PROGRAM_VERSION ?? "1");
function below(count) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number(state >> 33n) % count;
}
const of = (all) => all[below(all.length)];
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const ports = [22, 53, 80, 443, 1024, 5432, 8080, 32_768, 49_152, 65_535];
function portRange() {
  const [from, to] = [of(ports), of(ports)].sort((a, b) => a - b);
  return below(3) === 0 ? { from: 0, to: 65_535 } : { from, to };
}

// --- aws: main with three subnets, far beside it by peering, hub by a transit gateway, alone
const vpc = (name, cidrBlock, six = true) =>
  new ec2.Vpc(name, { cidrBlock, assignGeneratedIpv6CidrBlock: six });
const [main, far, hub] = [
  vpc("main", "10.0.0.0/16"),
  vpc("far", "10.1.0.0/16"),
  vpc("hub", "10.2.0.0/16"),
];
const alone = vpc("alone", "10.0.0.0/16", false);
const six = (one, n) => one.ipv6CidrBlock.apply((block) => block.replace("00::/56", `0${n}::/64`));
const subnet = (name, one, cidrBlock, n, more = {}) =>
  new ec2.Subnet(name, {
    vpcId: one.id,
    cidrBlock,
    availabilityZone: "us-east-1a",
    ...(n === undefined ? {} : { ipv6CidrBlock: six(one, n) }),
    ...more,
  });
const a = subnet("main-a", main, "10.0.1.0/24", 1, { mapPublicIpOnLaunch: true });
const b = subnet("main-b", main, "10.0.2.0/24", 2);
const c = subnet("main-c", main, "10.0.3.0/24", 3);
const t = subnet("main-t", main, "10.0.9.0/24", 9);
const f = subnet("far-f", far, "10.1.1.0/24", 1);
const h = subnet("hub-h", hub, "10.2.1.0/24", 1);
const lone = subnet("alone-x", alone, "10.0.1.0/24", undefined);
const gateway = new ec2.InternetGateway("gateway", { vpcId: main.id });
const oneWay = new ec2.EgressOnlyInternetGateway("one-way", { vpcId: main.id });
const address = new ec2.Eip("address", { domain: "vpc" });
const nat = new ec2.NatGateway("nat", { subnetId: a.id, allocationId: address.id });
const peering = new ec2.VpcPeeringConnection("peering", {
  vpcId: main.id,
  peerVpcId: far.id,
  autoAccept: true,
});
const tgw = new transit.TransitGateway("transit", {});
const attached = (name, one, subnetIds) =>
  new transit.VpcAttachment(name, { transitGatewayId: tgw.id, vpcId: one.id, subnetIds });
const attachments = [
  attached("main-attached", main, [of([b, t]).id]),
  attached("hub-attached", hub, [h.id]),
];
const table = (name, one, subnets, routes) => {
  const made = new ec2.RouteTable(name, { vpcId: one.id });
  for (const [i, subnetId] of subnets.entries()) {
    new ec2.RouteTableAssociation(`${name}-${i}`, { routeTableId: made.id, subnetId });
  }
  for (const [i, route] of routes.entries()) {
    const inputs = { routeTableId: made.id, ...route };
    new ec2.Route(`${name}-route-${i}`, inputs, { dependsOn: attachments });
  }
};
const toFar = { destinationCidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: peering.id };
const toHub = { destinationCidrBlock: "10.2.0.0/16", transitGatewayId: tgw.id };
table(
  "open",
  main,
  [a.id],
  [
    { destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    { destinationIpv6CidrBlock: "::/0", gatewayId: gateway.id },
  ],
);
table("inner", main, [b.id], [toFar, toHub]);
table(
  "translated",
  main,
  [c.id],
  [
    { destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id },
    { destinationIpv6CidrBlock: "::/0", egressOnlyGatewayId: oneWay.id },
    toFar,
    toHub,
  ],
);
table(
  "back",
  far,
  [f.id],
  [{ destinationCidrBlock: "10.0.2.0/23", vpcPeeringConnectionId: peering.id }],
);
table("from-hub", hub, [h.id], [{ destinationCidrBlock: "10.0.0.0/16", transitGatewayId: tgw.id }]);
const blocks4 = [
  "0.0.0.0/0",
  "10.0.0.0/8",
  "10.0.0.0/16",
  "10.0.1.0/24",
  "10.0.2.0/23",
  "10.1.1.0/24",
  "10.2.0.0/16",
  "192.0.2.0/24",
  "203.0.113.7/32",
];
const blocks6 = ["::/0", "2001:db8::/32", "2001:db8:ffff::/48"];

const entry = (ruleNo) => {
  const { from, to } = portRange();
  const protocol = of(["-1", "tcp", "tcp", "udp", "icmp"]);
  return {
    ruleNo,
    action: of(["allow", "deny"]),
    protocol,
    ...(protocol === "tcp" || protocol === "udp"
      ? { fromPort: from, toPort: to }
      : { fromPort: 0, toPort: 0 }),
    ...(protocol === "icmp" ? { icmpType: of([-1, 8, 0]), icmpCode: -1 } : {}),
    ...(below(4) === 0 ? { ipv6CidrBlock: of(blocks6) } : { cidrBlock: of(blocks4) }),
  };
};
const entries = () => [
  ...times(12, (i) => entry(10 * (i + 1))),
  {
    ruleNo: 900,
    action: of(["allow", "deny"]),
    protocol: "-1",
    fromPort: 0,
    toPort: 0,
    cidrBlock: "0.0.0.0/0",
  },
];
for (const [name, subnets] of [
  ["b-edge", [b.id]],
  ["c-edge", [c.id]],
]) {
  new ec2.NetworkAcl(name, {
    vpcId: main.id,
    subnetIds: subnets,
    ingress: entries(),
    egress: entries(),
  });
}

const groupIn = (name, one) =>
  new ec2.SecurityGroup(name, { vpcId: one.id, description: name, egress: [] });
const groups = {
  web: groupIn("web", main),
  app: groupIn("app", main),
  data: groupIn("data", main),
  far: groupIn("far", far),
  hub: groupIn("hub", hub),
};
const referable = {
  main: [groups.web, groups.app, groups.data, groups.far],
  far: [groups.far, groups.app],
  hub: [groups.hub],
};
const peers = { web: "main", app: "main", data: "main", far: "far", hub: "hub" };
// AWS refuses a rule that is already there.
const written = new Set();
for (const [name, group] of Object.entries(groups)) {
  times(7, (i) => {
    const protocol = of(["-1", "tcp", "tcp", "tcp", "udp", "icmp", "132"]);
    const { from, to } = portRange();
    const peer = of([
      { cidrBlocks: [of(blocks4)] },
      { ipv6CidrBlocks: [of(blocks6)] },
      { sourceSecurityGroupId: of(referable[peers[name]]) },
    ]);
    const range =
      protocol === "icmp"
        ? { fromPort: of([-1, 8]), toPort: -1 }
        : protocol === "-1"
          ? { fromPort: 0, toPort: 0 }
          : { fromPort: from, toPort: to };
    const type = of(["ingress", "egress"]);
    const referred = Object.keys(groups).find((one) => groups[one] === peer.sourceSecurityGroupId);
    const said = JSON.stringify([name, type, protocol, range, referred ?? peer]);
    if (written.has(said)) return;
    written.add(said);
    const ends = referred === undefined ? peer : { sourceSecurityGroupId: groups[referred].id };
    new ec2.SecurityGroupRule(
      `${name}-${i}`,
      { securityGroupId: group.id, type, protocol, ...range, ...ends },
      { dependsOn: [peering] },
    );
  });
}
const instance = (name, subnetId, vpcSecurityGroupIds, more = {}) =>
  new ec2.Instance(name, {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    subnetId,
    vpcSecurityGroupIds,
    ...more,
  });
instance("web-1", a.id, [groups.web.id]);
instance("web-2", a.id, [groups.web.id, groups.app.id], {
  associatePublicIpAddress: false,
  ipv6AddressCount: 1,
});
instance("app-1", b.id, [groups.app.id]);
instance("app-2", b.id, [groups.app.id, groups.data.id], { ipv6AddressCount: 1 });
instance("data-1", c.id, [groups.data.id], { ipv6AddressCount: 1 });
instance("far-1", f.id, [groups.far.id]);
instance("hub-1", h.id, [groups.hub.id]);
instance("plain", b.id, undefined);
instance("lone", lone.id, undefined);
new ec2.Instance("anywhere", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });

// --- azure: two peered networks and one alone, groups on subnets and on interfaces
const rg = new ResourceGroup("rg", { location: "westeurope" });
const inRg = { resourceGroupName: rg.name, location: "westeurope" };
const network = (name, prefixes) =>
  new azure.VirtualNetwork(name, {
    ...inRg,
    virtualNetworkName: name,
    addressSpace: { addressPrefixes: prefixes },
  });
const vnets = {
  near: network("near", ["10.10.0.0/16", "fd00:10::/48"]),
  beside: network("beside", ["10.11.0.0/16"]),
  apart: network("apart", ["10.12.0.0/16"]),
};
for (const [from, to, access] of [
  ["near", "beside", true],
  ["beside", "near", true],
]) {
  new azure.VirtualNetworkPeering(`${from}-${to}`, {
    resourceGroupName: rg.name,
    virtualNetworkName: vnets[from].name,
    virtualNetworkPeeringName: `${from}-${to}`,
    remoteVirtualNetwork: { id: vnets[to].id },
    allowVirtualNetworkAccess: access,
  });
}
const asgs = ["front", "back"].map(
  (name) =>
    new azure.ApplicationSecurityGroup(name, { ...inRg, applicationSecurityGroupName: name }),
);
const azureBlocks = [
  "*",
  "*",
  "VirtualNetwork",
  "10.10.0.0/15",
  "10.10.0.0/16",
  "10.10.1.0/24",
  "10.10.2.0/24",
  "10.11.0.0/16",
  "VirtualNetwork",
  "Internet",
  "AzureLoadBalancer",
  "192.0.2.0/24",
];
const securityGroup = (name) =>
  new azure.NetworkSecurityGroup(name, {
    ...inRg,
    networkSecurityGroupName: name,
    securityRules: times(14, (i) => {
      const side = (direction) =>
        below(3) === 0
          ? { [`${direction}ApplicationSecurityGroups`]: [{ id: of(asgs).id }] }
          : {
              [`${direction}AddressPrefix`]: of(
                azureBlocks.filter((one) => direction === "source" || one !== "AzureLoadBalancer"),
              ),
            };
      const { from, to } = portRange();
      const protocol = of(["*", "Tcp", "Tcp", "Udp", "Icmp"]);
      // What a range of ports means for ICMP, Microsoft does not say.
      const hasPorts = protocol !== "Icmp";
      return {
        name: `rule-${i}`,
        priority: 100 + 10 * i,
        direction: of(["Inbound", "Outbound"]),
        access: of(["Allow", "Deny"]),
        protocol,
        sourcePortRange: hasPorts && below(5) === 0 ? "1024-65535" : "*",
        destinationPortRange: !hasPorts || below(4) === 0 ? "*" : `${from}-${to}`,
        ...side("source"),
        ...side("destination"),
      };
    }),
  });
const nsgs = times(3, (i) => securityGroup(`nsg-${i}`));
const udr = new azure.RouteTable("udr", {
  ...inRg,
  routeTableName: "udr",
  routes: [
    { name: "none", addressPrefix: "203.0.113.0/24", nextHopType: "None" },
    { name: "split", addressPrefix: "10.11.1.128/25", nextHopType: "None" },
    { name: "local", addressPrefix: "10.10.1.0/25", nextHopType: "VnetLocal" },
    {
      name: "appliance",
      addressPrefix: "198.18.0.0/15",
      nextHopType: "VirtualAppliance",
      nextHopIpAddress: "10.10.2.100",
    },
  ],
});
const azureSubnet = (name, vnet, prefixes, more = {}) =>
  new azure.Subnet(name, {
    resourceGroupName: rg.name,
    virtualNetworkName: vnets[vnet].name,
    subnetName: name,
    addressPrefixes: prefixes,
    ...more,
  });
const azureSubnets = {
  one: azureSubnet("one", "near", ["10.10.1.0/24", "fd00:10:0:1::/64"], {
    networkSecurityGroup: { id: nsgs[0].id },
  }),
  two: azureSubnet("two", "near", ["10.10.2.0/24"], {
    networkSecurityGroup: { id: nsgs[1].id },
    routeTable: { id: udr.id },
    defaultOutboundAccess: false,
  }),
  three: azureSubnet("three", "beside", ["10.11.1.0/24"]),
  four: azureSubnet("four", "apart", ["10.12.1.0/24"]),
};
const shown = new azure.PublicIPAddress("shown", {
  ...inRg,
  publicIpAddressName: "shown",
  publicIPAllocationMethod: "Static",
  sku: { name: "Standard" },
});
const nic = (name, where, more = {}, configuration = {}) =>
  new azure.NetworkInterface(name, {
    ...inRg,
    networkInterfaceName: name,
    ipConfigurations: [
      {
        name: "ip",
        subnet: { id: azureSubnets[where].id },
        privateIPAllocationMethod: "Dynamic",
        ...configuration,
      },
    ],
    ...more,
  });
nic(
  "nic-shown",
  "one",
  { networkSecurityGroup: { id: nsgs[2].id } },
  { publicIPAddress: { id: shown.id }, applicationSecurityGroups: [{ id: asgs[0].id }] },
);
nic("nic-front", "one", {}, { applicationSecurityGroups: [{ id: asgs[0].id }] });
nic("nic-back", "two", {}, { applicationSecurityGroups: [{ id: asgs[1].id }] });
nic("nic-both", "two", { networkSecurityGroup: { id: nsgs[2].id } });
nic("nic-far", "three");
nic("nic-far-guarded", "three", { networkSecurityGroup: { id: nsgs[1].id } });
nic("nic-alone", "four");

// --- gcp: two peered networks and the default one; firewall rules by tag, account and priority
const net = (name) =>
  new compute.Network(name, {
    name,
    autoCreateSubnetworks: false,
    networkFirewallPolicyEnforcementOrder: of([
      "BEFORE_CLASSIC_FIREWALL",
      "AFTER_CLASSIC_FIREWALL",
    ]),
  });
const nets = { base: net("base"), side: net("side") };
for (const [from, to] of [
  ["base", "side"],
  ["side", "base"],
]) {
  new compute.NetworkPeering(`${from}-${to}`, {
    name: `${from}-${to}`,
    network: nets[from].selfLink,
    peerNetwork: nets[to].selfLink,
  });
}
const sub = (name, where, ipCidrRange, more = {}) =>
  new compute.Subnetwork(name, {
    name,
    network: nets[where].id,
    region: "europe-west4",
    ipCidrRange,
    ...more,
  });
const subs = {
  u: sub("u", "base", "10.20.1.0/24", { privateIpGoogleAccess: true }),
  v: sub("v", "base", "10.20.2.0/24"),
  w: sub("w", "side", "10.21.1.0/24"),
};
const router = new compute.Router("router", {
  name: "router",
  region: "europe-west4",
  network: nets.base.id,
});
new compute.RouterNat("cloud-nat", {
  name: "cloud-nat",
  router: router.name,
  region: "europe-west4",
  natIpAllocateOption: "AUTO_ONLY",
  sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
  subnetworks: [{ name: subs.v.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
});
const accounts = ["robot-one", "robot-two"].map(
  (accountId) => new Account(accountId, { accountId }),
);
const key = new TagKey("role", {
  parent: "projects/bulkhead-local",
  shortName: "role",
  purpose: "GCE_FIREWALL",
  purposeData: { network: nets.base.selfLink },
});
const values = ["server", "client"].map(
  (shortName) => new TagValue(shortName, { parent: key.id, shortName }),
);
const gcpBlocks = [
  "0.0.0.0/0",
  "0.0.0.0/0",
  "10.20.0.0/15",
  "10.20.0.0/16",
  "10.20.1.0/24",
  "10.21.0.0/16",
  "192.0.2.0/24",
  "35.191.0.0/16",
];
for (const where of ["base", "side"]) {
  times(20, (i) => {
    const direction = of(["INGRESS", "INGRESS", "EGRESS"]);
    const byAccount = below(3) === 0;
    const peer =
      direction === "EGRESS"
        ? { destinationRanges: [of(gcpBlocks)] }
        : byAccount && below(2) === 0
          ? { sourceServiceAccounts: [of(accounts).email] }
          : !byAccount && below(3) === 0
            ? { sourceTags: [of(["web", "app"])] }
            : { sourceRanges: [of(gcpBlocks)] };
    const target =
      below(3) === 0
        ? {}
        : byAccount
          ? { targetServiceAccounts: [of(accounts).email] }
          : { targetTags: [of(["web", "app"])] };
    const { from, to } = portRange();
    const protocol = of(["all", "tcp", "tcp", "udp", "icmp"]);
    const part = {
      protocol,
      ...(protocol === "tcp" || protocol === "udp" ? { ports: [`${from}-${to}`] } : {}),
    };
    new compute.Firewall(`${where}-${i}`, {
      name: `${where}-${i}`,
      network: nets[where].name,
      direction,
      priority: of([100, 500, 1000, 1000, 65_534]),
      ...(below(2) === 0 ? { denies: [part] } : { allows: [part] }),
      ...peer,
      ...target,
    });
  });
}
const policy = new compute.NetworkFirewallPolicy("policy", { name: "policy" });
new compute.NetworkFirewallPolicyAssociation("associated", {
  name: "associated",
  attachmentTarget: nets.base.id,
  firewallPolicy: policy.name,
});
times(12, (i) => {
  const direction = of(["INGRESS", "EGRESS"]);
  const { from, to } = portRange();
  const layer4Configs = [{ ipProtocol: "tcp", ports: [`${from}-${to}`] }];
  new compute.NetworkFirewallPolicyRule(`policy-${i}`, {
    firewallPolicy: policy.name,
    priority: 100 + i,
    direction,
    action: of(["allow", "deny", "goto_next"]),
    ...(below(2) === 0 ? { targetSecureTags: [{ name: of(values).id }] } : {}),
    match:
      direction === "EGRESS"
        ? { destIpRanges: [of(gcpBlocks)], layer4Configs }
        : below(2) === 0
          ? { srcSecureTags: [{ name: of(values).id }], layer4Configs }
          : { srcIpRanges: [of(gcpBlocks)], layer4Configs },
  });
});
const machine = (name, where, { external = false, nic = {}, ...more } = {}) =>
  new compute.Instance(name, {
    name,
    zone: "europe-west4-a",
    machineType: "e2-small",
    bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
    networkInterfaces: [
      {
        ...(where === undefined ? { network: "default" } : { subnetwork: subs[where].id }),
        ...(external ? { accessConfigs: [{}] } : {}),
        ...nic,
      },
    ],
    ...more,
  });
machine("m-web", "u", { external: true, tags: ["web"] });
machine("m-app", "v", { tags: ["app"] });
machine("m-both", "u", {
  tags: ["web", "app"],
  serviceAccount: { email: accounts[0].email, scopes: ["cloud-platform"] },
});
machine("m-robot", "v", {
  serviceAccount: { email: accounts[1].email, scopes: ["cloud-platform"] },
});
// The tag's id is the key of a map: it is known only when the key is there.
machine("m-server", "v", {
  params: {
    resourceManagerTags: key.id.apply((id) => values[0].id.apply((value) => ({ [id]: value }))),
  },
});
machine("m-side", "w", { external: true, tags: ["web"] });
machine("m-side-robot", "w", {
  serviceAccount: { email: accounts[0].email, scopes: ["cloud-platform"] },
});

// --- kubernetes: pods of several namespaces under policies that are drawn
const teams = ["red", "blue", "green"];
const tiers = ["web", "app", "data"];
for (const team of teams) {
  const labels = team === "green" ? { team, zone: "inner" } : { team };
  const namespace = new Namespace(team, { metadata: { name: team, labels } });
  for (const tier of tiers) {
    const pod = { app: tier, ...(below(2) === 0 ? { stage: "live" } : {}) };
    const containers = [
      {
        name: tier,
        image: "registry.example/app:1",
        ports: [
          { name: "http", containerPort: of([80, 8080]) },
          { name: "names", containerPort: 53, protocol: "UDP" },
        ],
      },
    ];
    new Deployment(`${team}-${tier}`, {
      metadata: { name: tier, namespace: namespace.metadata.name },
      spec: {
        selector: { matchLabels: { app: tier } },
        template: { metadata: { labels: pod }, spec: { containers } },
      },
    });
  }
  const pods = () =>
    of([
      {},
      { matchLabels: { app: of(tiers) } },
      { matchLabels: { stage: "live" } },
      { matchExpressions: [{ key: "app", operator: of(["In", "NotIn"]), values: [of(tiers)] }] },
      { matchExpressions: [{ key: "stage", operator: of(["Exists", "DoesNotExist"]) }] },
    ]);
  const spaces = () =>
    of([
      {},
      { matchLabels: { team: of(teams) } },
      { matchExpressions: [{ key: "zone", operator: of(["Exists", "DoesNotExist"]) }] },
      { matchLabels: { "kubernetes.io/metadata.name": of(teams) } },
    ]);
  const peer = () =>
    of([
      { podSelector: pods() },
      { namespaceSelector: spaces() },
      { namespaceSelector: spaces(), podSelector: pods() },
      { podSelector: pods() },
      { namespaceSelector: spaces() },
      { namespaceSelector: spaces(), podSelector: pods() },
      { ipBlock: { cidr: "192.0.2.0/24", except: ["192.0.2.128/25"] } },
      { ipBlock: { cidr: "0.0.0.0/0" } },
    ]);
  const port = () =>
    of([
      { port: of(ports) },
      { protocol: "UDP", port: 53 },
      { port: "http" },
      { protocol: "UDP", port: "names" },
      { port: 1024, endPort: 5432 },
      { protocol: "SCTP" },
    ]);
  const rule = (side) => ({
    ...(below(5) === 0 ? {} : { [side]: times(1 + below(2), peer) }),
    ...(below(4) === 0 ? {} : { ports: times(1 + below(2), port) }),
  });
  times(4, (i) => {
    const policyTypes = of([["Ingress"], ["Egress"], ["Ingress", "Egress"]]);
    const spec = {
      podSelector: pods(),
      policyTypes,
      ...(policyTypes.includes("Ingress") ? { ingress: times(below(3), () => rule("from")) } : {}),
      ...(policyTypes.includes("Egress") ? { egress: times(below(3), () => rule("to")) } : {}),
    };
    const metadata = { name: `policy-${i}`, namespace: namespace.metadata.name };
    new NetworkPolicy(`${team}-${i}`, { metadata, spec });
  });
}
