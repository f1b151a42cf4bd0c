/**
 * Follows "Tutorial: Deploy and configure Azure Firewall and policy in a hybrid network by using
 * the Azure portal":
 * https://learn.microsoft.com/en-us/azure/firewall/tutorial-hybrid-portal-policy
 * without the second network that plays the office there: the office is a local network gateway.
 */
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as random from "@pulumi/random";

const group = new resources.ResourceGroup("hybrid");
const resourceGroupName = group.name;
const officeRange = "192.168.1.0/24";
const spokeRange = "10.6.0.0/16";

/** A public address; the firewall and the gateway each need one. */
function publicAddress(name: string) {
  const { id } = new network.PublicIPAddress(name, {
    resourceGroupName,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    zones: ["1", "2", "3"],
  });
  return { id };
}

const hub = new network.VirtualNetwork("hub", {
  resourceGroupName,
  addressSpace: { addressPrefixes: ["10.5.0.0/16"] },
});
const firewallSubnet = new network.Subnet("firewall", {
  resourceGroupName,
  virtualNetworkName: hub.name,
  subnetName: "AzureFirewallSubnet",
  addressPrefix: "10.5.0.0/26",
});
const policy = new network.FirewallPolicy("hybrid", {
  resourceGroupName,
  sku: { tier: "Standard" },
  threatIntelMode: "Deny",
});
new network.FirewallPolicyRuleCollectionGroup("network", {
  resourceGroupName,
  firewallPolicyName: policy.name,
  priority: 200,
  ruleCollections: [
    {
      ruleCollectionType: "FirewallPolicyFilterRuleCollection",
      name: "from-office",
      priority: 100,
      action: { type: "Allow" },
      rules: [
        {
          ruleType: "NetworkRule",
          name: "web",
          ipProtocols: ["TCP"],
          sourceAddresses: [officeRange],
          destinationAddresses: [spokeRange],
          destinationPorts: ["80"],
        },
      ],
    },
  ],
});
const firewall = new network.AzureFirewall("hub", {
  resourceGroupName,
  sku: { name: "AZFW_VNet", tier: "Standard" },
  firewallPolicy: { id: policy.id },
  ipConfigurations: [
    { name: "hub", subnet: { id: firewallSubnet.id }, publicIPAddress: publicAddress("firewall") },
  ],
});
const nextHopIpAddress = firewall.ipConfigurations.apply(
  (all) => all?.[0]?.privateIPAddress ?? "10.5.0.4",
);

/** Sends a range through the firewall. */
function throughFirewall(name: string, addressPrefix: string, disableBgpRoutePropagation: boolean) {
  const hop = { nextHopType: "VirtualAppliance", nextHopIpAddress };
  const routes = [{ name, addressPrefix, ...hop }];
  return new network.RouteTable(name, { resourceGroupName, disableBgpRoutePropagation, routes });
}
const toSpoke = throughFirewall("to-spoke", spokeRange, false);
const toHub = throughFirewall("to-hub", "0.0.0.0/0", true);

const gatewaySubnet = new network.Subnet("gateway", {
  resourceGroupName,
  virtualNetworkName: hub.name,
  subnetName: "GatewaySubnet",
  addressPrefix: "10.5.2.0/26",
  routeTable: { id: toSpoke.id },
});
const gateway = new network.VirtualNetworkGateway("hub", {
  resourceGroupName,
  gatewayType: "Vpn",
  vpnType: "RouteBased",
  sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
  ipConfigurations: [
    { name: "hub", subnet: { id: gatewaySubnet.id }, publicIPAddress: publicAddress("gateway") },
  ],
});
const office = new network.LocalNetworkGateway("office", {
  resourceGroupName,
  gatewayIpAddress: "203.0.113.10",
  localNetworkAddressSpace: { addressPrefixes: [officeRange] },
});
const shared = new random.RandomPassword("office", { length: 48, special: false });
new network.VirtualNetworkGatewayConnection("office", {
  resourceGroupName,
  connectionType: "IPsec",
  connectionProtocol: "IKEv2",
  virtualNetworkGateway1: { id: gateway.id },
  localNetworkGateway2: { id: office.id },
  sharedKey: shared.result,
});

const spoke = new network.VirtualNetwork("spoke", {
  resourceGroupName,
  addressSpace: { addressPrefixes: [spokeRange] },
});
const workload = new network.Subnet("workload", {
  resourceGroupName,
  virtualNetworkName: spoke.name,
  addressPrefix: "10.6.0.0/24",
  routeTable: { id: toHub.id },
});
const bothWays = { allowVirtualNetworkAccess: true, allowForwardedTraffic: true };
new network.VirtualNetworkPeering("hub-to-spoke", {
  resourceGroupName,
  virtualNetworkName: hub.name,
  remoteVirtualNetwork: { id: spoke.id },
  ...bothWays,
  allowGatewayTransit: true,
});
new network.VirtualNetworkPeering(
  "spoke-to-hub",
  {
    resourceGroupName,
    virtualNetworkName: spoke.name,
    remoteVirtualNetwork: { id: hub.id },
    ...bothWays,
    useRemoteGateways: true,
  },
  { dependsOn: [gateway] },
);

export const workloadSubnet = workload.id;
