/** Networks of Azure: what fits, what clashes, what is held. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { Bench } from "./bench.ts";

describe("networks of azure-native", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.lab.close());

  const space = (...addressPrefixes: string[]) => ({ addressSpace: { addressPrefixes } });
  const subnet = (name: string, addressPrefix: string, more: JsonObject = {}) => ({
    virtualNetworkName: "net",
    subnetName: name,
    addressPrefix,
    ...more,
  });

  it("refuses spaces that are none, and subnets that are too small or no network address", () => {
    assert.match(
      bench.refused("network:VirtualNetwork", "n", space("10.0.0.1/16")),
      /InvalidCIDRNotation.*10\.0\.0\.0\/16/,
    );
    assert.match(
      bench.refused("network:VirtualNetwork", "n", space("ten")),
      /InvalidAddressPrefixFormat/,
    );
    bench.subnet();
    assert.match(
      bench.refused("network:Subnet", "s", subnet("s", "10.0.9.0/30")),
      /NetcfgInvalidSubnet/,
    );
  });

  it("makes the subnets that are written inside a network", () => {
    const net = bench.make("network:VirtualNetwork", "net", {
      virtualNetworkName: "net",
      ...space("10.0.0.0/16"),
      subnets: [{ name: "in", addressPrefix: "10.0.0.0/24" }],
    });
    const [inner] = net.outputs["subnets"] as JsonObject[];
    assert.equal(inner?.["id"], `${net.id}/subnets/in`);
    const nic = bench.make("network:NetworkInterface", "nic", {
      ipConfigurations: [{ name: "one", subnet: { id: String(inner?.["id"]) } }],
    });
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(net)),
      /InUseSubnetCannotBeDeleted/,
    );
    bench.lab.delete(nic);
    bench.lab.delete(net);
  });

  it("numbers interfaces from the fourth address on and keeps asked addresses unique", () => {
    const { id } = bench.subnet();
    const nic = (name: string, more: JsonObject = {}) =>
      bench.make("network:NetworkInterface", name, {
        ipConfigurations: [{ name: "one", subnet: { id }, ...more }],
      });
    const address = (made: ReturnType<typeof nic>) =>
      (made.outputs["ipConfigurations"] as JsonObject[])[0]?.["privateIPAddress"];
    assert.equal(address(nic("a")), "10.0.1.4");
    assert.equal(address(nic("b")), "10.0.1.5");
    const fixed = { privateIPAllocationMethod: "Static", privateIPAddress: "10.0.1.4" };
    assert.match(
      bench.lab.refusal(() => nic("c", fixed)),
      /PrivateIPAddressIsAllocated/,
    );
    assert.match(
      bench.lab.refusal(() => nic("d", { ...fixed, privateIPAddress: "10.9.9.9" })),
      /PrivateIPAddressNotInSubnet/,
    );
  });

  it("peers networks once, apart, and from both sides", () => {
    const net = (name: string, prefix: string) =>
      bench.make("network:VirtualNetwork", name, { virtualNetworkName: name, ...space(prefix) });
    const [a, b, clash] = [
      net("a", "10.1.0.0/16"),
      net("b", "10.2.0.0/16"),
      net("c", "10.1.128.0/17"),
    ];
    const peer = (from: string, to: { id: string }, name = "p") => ({
      virtualNetworkName: from,
      virtualNetworkPeeringName: name,
      remoteVirtualNetwork: { id: to.id },
    });
    const one = bench.make("network:VirtualNetworkPeering", "ab", peer("a", b));
    assert.equal(one.outputs["peeringState"], "Initiated");
    const two = bench.make("network:VirtualNetworkPeering", "ba", peer("b", a));
    assert.equal(two.outputs["peeringState"], "Connected");
    assert.match(
      bench.refused("network:VirtualNetworkPeering", "ac", peer("a", clash, "q")),
      /VnetAddressSpacesOverlap/,
    );
    assert.match(
      bench.refused("network:VirtualNetworkPeering", "ab2", peer("a", b, "q")),
      /AnotherPeeringAlreadyReferencesRemoteVnet/,
    );
  });

  it("judges rules inside and beside a security group alike", () => {
    const rule = (name: string, priority: number): JsonObject => ({
      name,
      priority,
      access: "Allow",
      direction: "Inbound",
      protocol: "Tcp",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "443",
    });
    const group = (securityRules: JsonObject[]) => ({
      networkSecurityGroupName: "nsg",
      securityRules,
    });
    assert.match(
      bench.refused("network:NetworkSecurityGroup", "g", group([rule("a", 100), rule("b", 100)])),
      /SecurityRuleConflict/,
    );
    bench.make("network:NetworkSecurityGroup", "g", group([rule("a", 100)]));
    const { name: _name, ...beside } = rule("x", 100);
    const inGroup = { networkSecurityGroupName: "nsg", ...beside };
    assert.match(
      bench.refused("network:SecurityRule", "b", inGroup),
      /SecurityRuleConflict.*\ba\b/,
    );
    assert.match(
      bench.refused("network:SecurityRule", "b", {
        ...inGroup,
        priority: 101,
        destinationPortRange: "443-80",
      }),
      /SecurityRuleInvalidPortRange/,
    );
  });

  it("takes a thousand rules in a group and no more", () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        name: `r${i}`,
        priority: 100 + i,
        access: "Deny",
        direction: "Inbound",
        protocol: "*",
        sourceAddressPrefix: "*",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      }));
    const refusal = bench.refused("network:NetworkSecurityGroup", "g", {
      securityRules: rules(1001),
    });
    assert.match(refusal, /SecurityRuleLimitReached/);
    bench.make("network:NetworkSecurityGroup", "g", { securityRules: rules(1000) });
  });

  it("routes to an appliance by its address, and to nothing else", () => {
    bench.make("network:RouteTable", "t", { routeTableName: "t" });
    const route = (more: JsonObject) => ({
      routeTableName: "t",
      addressPrefix: "0.0.0.0/0",
      ...more,
    });
    assert.match(
      bench.refused("network:Route", "r", route({ nextHopType: "VirtualAppliance" })),
      /RouteNextHopIpAddressInvalid/,
    );
    bench.make("network:Route", "r", route({ nextHopType: "Internet" }));
    assert.match(
      bench.refused("network:Route", "s", route({ nextHopType: "None" })),
      /RouteConflict/,
    );
  });

  it("keeps what is in use and names who uses it", () => {
    const table = bench.make("network:RouteTable", "t");
    const address = bench.make("network:PublicIPAddress", "ip", {
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    });
    const nat = bench.make("network:NatGateway", "nat", {
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
    });
    bench.subnet({ routeTable: { id: table.id }, natGateway: { id: nat.id } });
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(table)),
      /InUseRouteTableCannotBeDeleted/,
    );
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(nat)),
      /InUseNatGatewayCannotBeDeleted.*subnets\/app/,
    );
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(address)),
      /PublicIPAddressCannotBeDeleted/,
    );
    assert.match(
      bench.refused("network:PublicIPAddress", "dyn", { sku: { name: "Standard" } }),
      /PublicIPAddressStandardSkuDynamicAllocation/,
    );
  });

  it("gives firewalls, bastions and gateways only the subnet of their name", () => {
    const { id } = bench.subnet();
    const one = { ipConfigurations: [{ name: "one", subnet: { id } }] };
    for (const type of ["AzureFirewall", "BastionHost", "VirtualNetworkGateway"]) {
      assert.match(bench.refused(`network:${type}`, "x", one), /must have the name '\w+Subnet'/);
    }
  });

  it("refuses parts of a load balancer that lead nowhere, and clashing firewall priorities", () => {
    const lost = `${bench.group}/providers/Microsoft.Network/loadBalancers/lb/probes/none`;
    assert.match(
      bench.refused("network:LoadBalancer", "lb", {
        loadBalancerName: "lb",
        loadBalancingRules: [{ name: "r", protocol: "Tcp", frontendPort: 80, probe: { id: lost } }],
      }),
      /InvalidResourceReference/,
    );
    bench.make("network:FirewallPolicy", "p", { firewallPolicyName: "p" });
    const group = { firewallPolicyName: "p", priority: 100 };
    bench.make("network:FirewallPolicyRuleCollectionGroup", "a", group);
    assert.match(
      bench.refused("network:FirewallPolicyRuleCollectionGroup", "b", group),
      /PriorityConflict/,
    );
  });

  it("links a zone to a network once, and keeps aliases alone", () => {
    bench.subnet();
    const net = `${bench.group}/providers/Microsoft.Network/virtualNetworks/net`;
    bench.make("privatedns:PrivateZone", "z", { privateZoneName: "internal.example" });
    const link = { privateZoneName: "internal.example", virtualNetwork: { id: net } };
    bench.make("privatedns:VirtualNetworkLink", "one", link);
    assert.match(bench.refused("privatedns:VirtualNetworkLink", "two", link), /Conflict/);
    const record = { privateZoneName: "internal.example", relativeRecordSetName: "www" };
    bench.make("privatedns:PrivateRecordSet", "a", { ...record, recordType: "A" });
    assert.match(
      bench.refused("privatedns:PrivateRecordSet", "c", { ...record, recordType: "CNAME" }),
      /CNAME/,
    );
  });

  it("reaches by a private endpoint only what is there", () => {
    const { id } = bench.subnet();
    const endpoint = (target: string) => ({
      subnet: { id },
      privateLinkServiceConnections: [{ name: "c", privateLinkServiceId: target }],
    });
    const lost = `${bench.group}/providers/Microsoft.Sql/servers/none`;
    assert.match(
      bench.refused("network:PrivateEndpoint", "pe", endpoint(lost)),
      /ResourceNotFound/,
    );
    const plan = bench.make("web:AppServicePlan", "plan", { sku: { name: "S1" } });
    const site = bench.make("web:WebApp", "shop", { name: "shop", serverFarmId: plan.id });
    const privateEndpointName = "pe";
    bench.make("network:PrivateEndpoint", "pe", { privateEndpointName, ...endpoint(site.id) });
    const zone = bench.make("privatedns:PrivateZone", "z", { privateZoneName: "internal.example" });
    const group = bench.make("network:PrivateDnsZoneGroup", "g", {
      privateEndpointName,
      privateDnsZoneConfigs: [{ name: "z", privateDnsZoneId: zone.id }],
    });
    const [config] = group.outputs["privateDnsZoneConfigs"] as { recordSets: JsonObject[] }[];
    assert.equal(config?.recordSets[0]?.["fqdn"], "shop.internal.example");
  });

  it("deploys what a network manager has configured, to regions that there are", () => {
    const inManager = { networkManagerName: "m" };
    bench.make("network:NetworkManager", "m", {
      ...inManager,
      networkManagerScopes: { subscriptions: ["/subscriptions/x"] },
    });
    const org = bench.make("network:SecurityAdminConfiguration", "org", {
      ...inManager,
      configurationName: "org",
    });
    const commit = (more: JsonObject) => ({
      ...inManager,
      properties: {
        commitType: "SecurityAdmin",
        configurationIds: [org.id],
        targetLocations: ["westeurope"],
        ...more,
      },
    });
    const made = bench.make("network:Commit", "go", commit({}));
    assert.deepEqual((made.outputs["properties"] as JsonObject)["activeLocations"], ["westeurope"]);
    const refused = (more: JsonObject) => bench.refused("network:Commit", "no", commit(more));
    assert.match(refused({ targetLocations: ["moon"] }), /moon is no region/);
    assert.match(refused({ configurationIds: [`${org.id}-gone`] }), /gone/);
  });

  it("orders admin rules by priority and direction", () => {
    const manager = { networkManagerName: "m" };
    bench.make("network:NetworkManager", "m", {
      ...manager,
      networkManagerScopes: { subscriptions: ["/subscriptions/x"] },
    });
    const group = bench.make("network:NetworkGroup", "g", manager);
    const inOrg = { ...manager, configurationName: "org" };
    bench.make("network:SecurityAdminConfiguration", "org", inOrg);
    const base = { ...inOrg, ruleCollectionName: "base" };
    bench.make("network:AdminRuleCollection", "base", {
      ...base,
      appliesToGroups: [{ networkGroupId: group.id }],
    });
    const rule = {
      ...base,
      kind: "Custom",
      access: "Deny",
      direction: "Inbound",
      priority: 1,
      protocol: "Any",
    };
    bench.make("network:AdminRule", "one", rule);
    assert.match(bench.refused("network:AdminRule", "two", rule), /AdminRulePriorityConflict/);
    assert.match(
      bench.lab.refusal(() => bench.lab.delete(group)),
      /NetworkGroupInUse/,
    );
  });
});
