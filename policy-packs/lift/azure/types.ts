/** Canonical types of the Azure resources of which a network is made. */
const network = (name: string) => `azure-native:network:${name}`;

export const azureTypes = {
  network: network("VirtualNetwork"),
  subnet: network("Subnet"),
  peering: network("VirtualNetworkPeering"),
  routeTable: network("RouteTable"),
  route: network("Route"),
  gateway: network("VirtualNetworkGateway"),
  connection: network("VirtualNetworkGatewayConnection"),
  localGateway: network("LocalNetworkGateway"),
  securityGroup: network("NetworkSecurityGroup"),
  securityRule: network("SecurityRule"),
  applicationGroup: network("ApplicationSecurityGroup"),
  adminConfiguration: network("SecurityAdminConfiguration"),
  adminCollection: network("AdminRuleCollection"),
  adminRule: network("AdminRule"),
  defaultAdminRule: network("DefaultAdminRule"),
  commit: network("Commit"),
  networkGroup: network("NetworkGroup"),
  staticMember: network("StaticMember"),
  interface: network("NetworkInterface"),
  privateEndpoint: network("PrivateEndpoint"),
  publicAddress: network("PublicIPAddress"),
  publicPrefix: network("PublicIPPrefix"),
  natGateway: network("NatGateway"),
  loadBalancer: network("LoadBalancer"),
  backendPool: network("LoadBalancerBackendAddressPool"),
  inboundNatRule: network("InboundNatRule"),
  applicationGateway: network("ApplicationGateway"),
  machine: "azure-native:compute:VirtualMachine",
  scaleSet: "azure-native:compute:VirtualMachineScaleSet",
  cluster: "azure-native:containerservice:ManagedCluster",
  agentPool: "azure-native:containerservice:AgentPool",
} as const;

/** What also links, routes or filters, in ways that the lift does not read: the verdict stays open. */
export const unseenTypes: readonly string[] = [
  network("ConnectivityConfiguration"),
  network("HubVirtualNetworkConnection"),
  network("NetworkManagerRoutingConfiguration"),
  network("SecurityUserConfiguration"),
];

/** The group of the members of an application security group. */
export function applicationGroup(id: string): string {
  return `application-security-group:${id}`;
}

/** The group of what a service tag stands for. */
export function tagGroup(tag: string): string {
  return `service-tag:${tag.toLowerCase()}`;
}

/** The group of everything that service tags stand for, wherever it has its addresses. */
export const anyTag = "service-tag: any";
