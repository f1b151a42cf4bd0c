/** Gateways to other networks, and virtual WANs (Network REST API). */

import { type ArmEntry, nested } from "./arm.ts";
import { guid, invalid, member, textsIn, toResource } from "./common.ts";
import { refuseSubnetName } from "./firewalls.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { badPrefix } from "./prefixes.ts";

const gatewayToken = "azure-native:network:VirtualNetworkGateway";
const localToken = "azure-native:network:LocalNetworkGateway";
const wanToken = "azure-native:network:VirtualWan";
const hubToken = "azure-native:network:VirtualHub";

const gateway = network("VirtualNetworkGateway", "virtualNetworkGateways", {
  name: networkName("virtualNetworkGatewayName"),
  location: "fixed",
  acts: true,
  check: (r) => member(r, "gatewayType", ["Vpn", "ExpressRoute", "LocalGateway"]),
  outputs: {
    ...guid,
    gatewayType: "Vpn",
    vpnType: "RouteBased",
    vpnGatewayGeneration: "Generation1",
    activeActive: false,
    enableBgp: false,
    enablePrivateIpAddress: false,
    ...nested("bgpSettings", { asn: 65_515, peerWeight: 0 }),
  },
  references: [
    toResource("ipConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("ipConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
  ],
  admit: (r) => refuseSubnetName(r, "ipConfigurations[*].subnet.id", "GatewaySubnet"),
  inUse: {
    code: "VirtualNetworkGatewayCannotBeDeleted",
    says: "Cannot delete Virtual Network Gateway {id} while the following connections or peerings use it: {value}.",
  },
});

const localGateway = network("LocalNetworkGateway", "localNetworkGateways", {
  name: networkName("localNetworkGatewayName"),
  location: "fixed",
  outputs: { ...guid },
  admit: (r) =>
    r.given("gatewayIpAddress") === undefined && r.given("fqdn") === undefined
      ? invalid(
          "InvalidRequestFormat",
          `Cannot parse the request: ${r.id} needs gatewayIpAddress or fqdn.`,
        )
      : badPrefix(textsIn(r.every("localNetworkAddressSpace.addressPrefixes[*]"))),
  inUse: {
    code: "LocalNetworkGatewayInUse",
    says: "Local network gateway {id} cannot be deleted because it is in use by {value}.",
  },
});

const connection = network("VirtualNetworkGatewayConnection", "connections", {
  name: networkName("virtualNetworkGatewayConnectionName"),
  location: "fixed",
  check: (r) => member(r, "connectionType", ["IPsec", "Vnet2Vnet", "ExpressRoute", "VPNClient"]),
  hidden: ["sharedKey", "authorizationKey"],
  outputs: {
    ...guid,
    connectionStatus: "Unknown",
    connectionMode: "Default",
    connectionProtocol: "IKEv2",
    egressBytesTransferred: 0,
    ingressBytesTransferred: 0,
    enableBgp: false,
    routingWeight: 0,
    usePolicyBasedTrafficSelectors: false,
  },
  references: [
    toResource("virtualNetworkGateway1.id", gatewayToken),
    toResource("virtualNetworkGateway2.id", gatewayToken),
    toResource("localNetworkGateway2.id", localToken),
  ],
});

const wan = network("VirtualWan", "virtualWans", {
  name: networkName("virtualWANName"),
  hidden: ["type"],
  location: "own",
  outputs: {
    allowBranchToBranchTraffic: true,
    disableVpnEncryption: false,
    office365LocalBreakoutCategory: "None",
  },
  inUse: {
    code: "VirtualWanInUse",
    says: "Virtual WAN {id} cannot be deleted because it is in use by {value}.",
  },
});

const hub = network("VirtualHub", "virtualHubs", {
  name: networkName("virtualHubName"),
  location: "own",
  outputs: {
    sku: "Standard",
    allowBranchToBranchTraffic: false,
    hubRoutingPreference: "ExpressRoute",
    routingState: "Provisioned",
    virtualRouterAsn: 65_515,
    virtualRouterIps: [],
    virtualHubRouteTableV2s: [],
  },
  references: [toResource("virtualWan.id", wanToken)],
  admit: (r) => badPrefix(textsIn([r.given("addressPrefix")])),
  inUse: {
    code: "VirtualHubInUse",
    says: "Virtual hub {id} cannot be deleted because it is in use by {value}.",
  },
});

const hubConnection = network(
  "HubVirtualNetworkConnection",
  "virtualHubs/hubVirtualNetworkConnections",
  {
    name: networkName("connectionName"),
    parents: [{ input: "virtualHubName", token: hubToken }],
    untyped: true,
    outputs: {
      allowHubToRemoteVnetTransit: true,
      allowRemoteVnetToUseHubVnetGateways: true,
      enableInternetSecurity: false,
    },
    references: [
      { ...toResource("remoteVirtualNetwork.id", networkTokens.network), within: "world" },
    ],
  },
);

/** The entries of gateways. */
export const gatewayTypes: readonly ArmEntry[] = [
  gateway,
  localGateway,
  connection,
  wan,
  hub,
  hubConnection,
];
