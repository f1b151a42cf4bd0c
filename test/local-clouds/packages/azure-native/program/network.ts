/** The networks of the program. */

import type { AzureProgram } from "./program.ts";

/** Ids that the rest of the program builds on. */
export interface Networks {
  readonly net: string;
  readonly app: string;
  readonly databases: string;
  readonly privateZone: string;
  readonly interface: string;
  readonly asg: string;
}

/** Makes the networks. */
export function makeNetworks(p: AzureProgram): Networks {
  const asg = p.make("network:ApplicationSecurityGroup", "web");
  const nsg = p.make("network:NetworkSecurityGroup", "closed", {
    networkSecurityGroupName: "closed",
    securityRules: [
      {
        name: "https",
        access: "Allow",
        direction: "Inbound",
        priority: 200,
        protocol: "Tcp",
        sourceAddressPrefix: "VirtualNetwork",
        sourcePortRange: "*",
        destinationApplicationSecurityGroups: [{ id: asg }],
        destinationPortRange: "443",
      },
    ],
  });
  p.make("network:SecurityRule", "deny", {
    networkSecurityGroupName: "closed",
    access: "Deny",
    direction: "Inbound",
    priority: 4096,
    protocol: "*",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  });
  const table = p.make("network:RouteTable", "routes", { routeTableName: "routes" });
  p.make("network:Route", "out", {
    routeTableName: "routes",
    addressPrefix: "0.0.0.0/0",
    nextHopType: "VirtualAppliance",
    nextHopIpAddress: "10.0.9.4",
  });
  const prefix = p.make("network:PublicIPPrefix", "range", {
    sku: { name: "Standard" },
    prefixLength: 30,
  });
  const nat = p.make("network:NatGateway", "nat", {
    sku: { name: "Standard" },
    publicIpPrefixes: [{ id: prefix }],
  });
  const plan = p.make("network:DdosProtectionPlan", "ddos");
  const endpoints = p.make("network:ServiceEndpointPolicy", "endpoints");
  const net = p.make("network:VirtualNetwork", "net", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    ddosProtectionPlan: { id: plan },
    subnets: [{ name: "inline", addressPrefix: "10.0.200.0/24" }],
  });
  const subnet = (name: string, third: number, more = {}) =>
    p.make("network:Subnet", name, {
      virtualNetworkName: "net",
      addressPrefix: `10.0.${third}.0/24`,
      ...more,
    });
  const app = subnet("app", 1, {
    networkSecurityGroup: { id: nsg },
    routeTable: { id: table },
    natGateway: { id: nat },
    serviceEndpointPolicies: [{ id: endpoints }],
    serviceEndpoints: [{ service: "Microsoft.Sql" }],
  });
  const databases = subnet("databases", 2, {
    delegations: [{ name: "pg", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
  });
  const special = ["AzureFirewallSubnet", "AzureBastionSubnet", "GatewaySubnet"].map((name, i) =>
    subnet(name, 10 + i),
  );
  const nic = p.make("network:NetworkInterface", "nic", {
    ipConfigurations: [
      { name: "one", subnet: { id: app }, applicationSecurityGroups: [{ id: asg }] },
    ],
  });
  p.make("network:NetworkWatcher", "watch", {
    networkWatcherName: "watch",
  });
  makeEdges(p, { app, net, special });
  const privateZone = makeNames(p, net);
  makeManager(p, net);
  return { net, app, databases, privateZone, interface: nic, asg };
}

function makeEdges(
  p: AzureProgram,
  at: { app: string; net: string; special: readonly string[] },
): void {
  const address = (name: string) =>
    p.make("network:PublicIPAddress", name, {
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
    });
  const front = { name: "front", publicIPAddress: { id: address("lb-ip") } };
  const lb = `${p.group}/providers/Microsoft.Network/loadBalancers/lb`;
  p.make("network:LoadBalancer", "lb", {
    loadBalancerName: "lb",
    sku: { name: "Standard" },
    frontendIPConfigurations: [front],
    backendAddressPools: [{ name: "all" }],
    probes: [{ name: "tcp", protocol: "Tcp", port: 80 }],
    loadBalancingRules: [
      {
        name: "http",
        protocol: "Tcp",
        frontendPort: 80,
        backendPort: 8080,
        frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/front` },
        backendAddressPool: { id: `${lb}/backendAddressPools/all` },
        probe: { id: `${lb}/probes/tcp` },
      },
    ],
  });
  p.make("network:LoadBalancerBackendAddressPool", "more", { loadBalancerName: "lb" });
  p.make("network:InboundNatRule", "ssh", {
    loadBalancerName: "lb",
    protocol: "Tcp",
    frontendPort: 2222,
    backendPort: 22,
  });
  const waf = p.make("network:WebApplicationFirewallPolicy", "waf", {
    managedRules: { managedRuleSets: [{ ruleSetType: "OWASP", ruleSetVersion: "3.2" }] },
  });
  const gateway = `${p.group}/providers/Microsoft.Network/applicationGateways/gw`;
  p.make("network:ApplicationGateway", "gw", {
    applicationGatewayName: "gw",
    sku: { name: "WAF_v2", tier: "WAF_v2", capacity: 1 },
    firewallPolicy: { id: waf },
    gatewayIPConfigurations: [{ name: "in", subnet: { id: at.app } }],
    frontendIPConfigurations: [{ name: "front", publicIPAddress: { id: address("gw-ip") } }],
    frontendPorts: [{ name: "http", port: 80 }],
    backendAddressPools: [{ name: "pool" }],
    backendHttpSettingsCollection: [{ name: "plain", port: 80, protocol: "Http" }],
    httpListeners: [
      {
        name: "listen",
        protocol: "Http",
        frontendIPConfiguration: { id: `${gateway}/frontendIPConfigurations/front` },
        frontendPort: { id: `${gateway}/frontendPorts/http` },
      },
    ],
    requestRoutingRules: [
      {
        name: "rule",
        priority: 1,
        ruleType: "Basic",
        httpListener: { id: `${gateway}/httpListeners/listen` },
        backendAddressPool: { id: `${gateway}/backendAddressPools/pool` },
        backendHttpSettings: { id: `${gateway}/backendHttpSettingsCollection/plain` },
      },
    ],
  });
  const ranges = p.make("network:IpGroup", "ranges", { ipAddresses: ["10.1.0.0/16"] });
  const policy = p.make("network:FirewallPolicy", "policy", { firewallPolicyName: "policy" });
  p.make("network:FirewallPolicyRuleCollectionGroup", "rules", {
    firewallPolicyName: "policy",
    priority: 100,
    ruleCollections: [
      {
        name: "net",
        priority: 200,
        ruleCollectionType: "FirewallPolicyFilterRuleCollection",
        action: { type: "Allow" },
        rules: [{ name: "web", ruleType: "NetworkRule", sourceIpGroups: [ranges] }],
      },
    ],
  });
  const [firewallSubnet, bastionSubnet, gatewaySubnet] = at.special as [string, string, string];
  p.make("network:AzureFirewall", "firewall", {
    firewallPolicy: { id: policy },
    ipConfigurations: [
      { name: "one", subnet: { id: firewallSubnet }, publicIPAddress: { id: address("fw-ip") } },
    ],
  });
  p.make("network:BastionHost", "bastion", {
    ipConfigurations: [
      { name: "one", subnet: { id: bastionSubnet }, publicIPAddress: { id: address("bs-ip") } },
    ],
  });
  const vpn = p.make("network:VirtualNetworkGateway", "vpn", {
    gatewayType: "Vpn",
    sku: { name: "VpnGw1", tier: "VpnGw1" },
    ipConfigurations: [
      { name: "one", subnet: { id: gatewaySubnet }, publicIPAddress: { id: address("vpn-ip") } },
    ],
  });
  const local = p.make("network:LocalNetworkGateway", "office", {
    gatewayIpAddress: "198.51.100.7",
    localNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/24"] },
  });
  p.make("network:VirtualNetworkGatewayConnection", "office", {
    connectionType: "IPsec",
    sharedKey: "not a secret",
    virtualNetworkGateway1: { id: vpn },
    localNetworkGateway2: { id: local },
  });
  const wan = p.make("network:VirtualWan", "wan");
  p.make("network:VirtualHub", "hub", {
    virtualHubName: "hub",
    virtualWan: { id: wan },
    addressPrefix: "10.100.0.0/23",
  });
  const spoke = p.make("network:VirtualNetwork", "spoke", {
    virtualNetworkName: "spoke",
    addressSpace: { addressPrefixes: ["10.9.0.0/16"] },
  });
  p.make("network:HubVirtualNetworkConnection", "spoke", {
    virtualHubName: "hub",
    remoteVirtualNetwork: { id: spoke },
  });
  p.make("network:VirtualNetworkPeering", "to-spoke", {
    virtualNetworkName: "net",
    remoteVirtualNetwork: { id: spoke },
    allowVirtualNetworkAccess: true,
  });
  p.make("network:PrivateLinkService", "link", {
    ipConfigurations: [{ name: "one", subnet: { id: at.app } }],
    loadBalancerFrontendIpConfigurations: [{ id: `${lb}/frontendIPConfigurations/front` }],
  });
}

/** DNS and content delivery; the id of the private zone. */
function makeNames(p: AzureProgram, net: string): string {
  p.make("dns:Zone", "zone", { zoneName: "example.org" });
  p.make("dns:RecordSet", "www", {
    zoneName: "example.org",
    recordType: "A",
    relativeRecordSetName: "www",
    ttl: 300,
    aRecords: [{ ipv4Address: "203.0.113.1" }],
  });
  const zone = p.make("privatedns:PrivateZone", "internal", {
    privateZoneName: "privatelink.postgres.database.azure.com",
  });
  p.make("privatedns:VirtualNetworkLink", "net", {
    privateZoneName: "privatelink.postgres.database.azure.com",
    virtualNetwork: { id: net },
    registrationEnabled: false,
  });
  p.make("privatedns:PrivateRecordSet", "db", {
    privateZoneName: "privatelink.postgres.database.azure.com",
    recordType: "A",
    ttl: 300,
    aRecords: [{ ipv4Address: "10.0.2.4" }],
  });
  p.make("cdn:Profile", "edge", {
    profileName: "edge",
    sku: { name: "Premium_AzureFrontDoor" },
  });
  const endpoint = p.make("cdn:AFDEndpoint", "site", {
    profileName: "edge",
    endpointName: "site",
  });
  const origins = p.make("cdn:AFDOriginGroup", "origins", { profileName: "edge" });
  p.make("cdn:AFDOrigin", "web", {
    profileName: "edge",
    originGroupName: "origins",
    hostName: "www.example.org",
  });
  p.make("cdn:Route", "all", {
    profileName: "edge",
    endpointName: "site",
    originGroup: { id: origins },
    patternsToMatch: ["/*"],
  });
  const waf = p.make("frontdoor:Policy", "edgewaf", {
    sku: { name: "Premium_AzureFrontDoor" },
  });
  p.make("cdn:SecurityPolicy", "guard", {
    profileName: "edge",
    parameters: {
      type: "WebApplicationFirewall",
      wafPolicy: { id: waf },
      associations: [{ domains: [{ id: endpoint }], patternsToMatch: ["/*"] }],
    },
  });
  p.make("cdn:Profile", "classic", { profileName: "classic", sku: { name: "Standard_Microsoft" } });
  p.make("cdn:Endpoint", "static", {
    profileName: "classic",
    origins: [{ name: "web", hostName: "www.example.org" }],
  });
  return zone;
}

function makeManager(p: AzureProgram, net: string): void {
  const manager = { networkManagerName: "avnm" };
  p.make("network:NetworkManager", "avnm", {
    ...manager,
    networkManagerScopes: { subscriptions: [p.group.split("/resourceGroups")[0] ?? ""] },
  });
  const group = p.make("network:NetworkGroup", "all", { ...manager });
  p.make("network:StaticMember", "net", { ...manager, networkGroupName: "all", resourceId: net });
  const org = p.make("network:SecurityAdminConfiguration", "org", {
    ...manager,
    configurationName: "org",
  });
  const inOrg = { ...manager, configurationName: "org" };
  p.make("network:AdminRuleCollection", "base", {
    ...inOrg,
    ruleCollectionName: "base",
    appliesToGroups: [{ networkGroupId: group }],
  });
  p.make("network:AdminRule", "no-telnet", {
    ...inOrg,
    ruleCollectionName: "base",
    kind: "Custom",
    access: "Deny",
    direction: "Inbound",
    priority: 10,
    protocol: "Tcp",
    destinationPortRanges: ["23"],
  });
  p.make("network:Commit", "deployed", {
    ...manager,
    properties: {
      commitType: "SecurityAdmin",
      configurationIds: [org],
      targetLocations: ["westeurope"],
    },
  });
  p.make("network:ConnectivityConfiguration", "mesh", {
    ...manager,
    connectivityTopology: "Mesh",
    appliesToGroups: [{ networkGroupId: group, groupConnectivity: "None" }],
  });
}
