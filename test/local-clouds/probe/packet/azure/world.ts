/** The small world that every row of the Azure tables begins with. */

import type { ValueObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../../kit/lab.ts";

const subscription = "00000000-1111-2222-3333-444444444444";
const resourceGroupName = "shop";
const network = "azure-native:network";

/**
 * The network `hub` (10.0.0.0/16, fd00:1::/48) with the subnets `a` and `b`, each with a network
 * security group of its own without rules, and the interfaces `web` in `a` (10.0.1.10, fd00:1:0:1::10) and
 * `app` in `b` (10.0.2.10, fd00:1:0:2::10).
 */
export class AzureWorld {
  readonly lab: Lab;
  readonly hub: Made;
  readonly groupA: Made;
  readonly groupB: Made;
  readonly a: Made;
  readonly b: Made;
  readonly web: Made;
  readonly app: Made;

  /** In a world of its own, or in that of another lab. */
  constructor(beside?: Lab) {
    const config = { subscriptionId: subscription, location: "westeurope" };
    this.lab = beside?.with("azure-native", config) ?? openLab("azure-native", config);
    this.lab.create("azure-native:resources:ResourceGroup", "shop", {
      resourceGroupName,
      location: "westeurope",
    });
    this.hub = this.network("hub", ["10.0.0.0/16", "fd00:1::/48"]);
    this.groupA = this.group("group-a");
    this.groupB = this.group("group-b");
    this.a = this.subnet("hub", "a", ["10.0.1.0/24", "fd00:1:0:1::/64"], {
      networkSecurityGroup: { id: this.groupA.id },
    });
    this.b = this.subnet("hub", "b", ["10.0.2.0/24", "fd00:1:0:2::/64"], {
      networkSecurityGroup: { id: this.groupB.id },
    });
    this.web = this.interface("web", this.a, ["10.0.1.10", "fd00:1:0:1::10"]);
    this.app = this.interface("app", this.b, ["10.0.2.10", "fd00:1:0:2::10"]);
  }

  network(virtualNetworkName: string, addressPrefixes: readonly string[]): Made {
    return this.lab.create(`${network}:VirtualNetwork`, virtualNetworkName, {
      resourceGroupName,
      virtualNetworkName,
      addressSpace: { addressPrefixes },
    });
  }

  subnet(
    virtualNetworkName: string,
    subnetName: string,
    addressPrefixes: readonly string[],
    more: ValueObject = {},
  ): Made {
    return this.lab.create(`${network}:Subnet`, subnetName, {
      resourceGroupName,
      virtualNetworkName,
      subnetName,
      addressPrefixes,
      ...more,
    });
  }

  group(networkSecurityGroupName: string): Made {
    return this.lab.create(`${network}:NetworkSecurityGroup`, networkSecurityGroupName, {
      resourceGroupName,
      networkSecurityGroupName,
    });
  }

  /** `rule(groupA, "Allow 100 Inbound Tcp 443", { sourceAddressPrefix: … })`; everything else is `*`. */
  rule(group: Made, text: string, more: ValueObject = {}): Made {
    const [access = "", priority = "", direction = "", protocol = "*", port = "*"] =
      text.split(" ");
    const securityRuleName = `${access}-${priority}-${direction}`;
    const source = "sourceAddressPrefixes" in more || "sourceApplicationSecurityGroups" in more;
    const destination =
      "destinationAddressPrefixes" in more || "destinationApplicationSecurityGroups" in more;
    return this.lab.create(
      `${network}:SecurityRule`,
      `${securityRuleName}-${String(group.outputs["name"])}`,
      {
        resourceGroupName,
        networkSecurityGroupName: String(group.outputs["name"]),
        securityRuleName,
        access,
        priority: Number(priority),
        direction,
        protocol,
        sourcePortRange: "*",
        ...("destinationPortRanges" in more ? {} : { destinationPortRange: port }),
        ...(source ? {} : { sourceAddressPrefix: "*" }),
        ...(destination ? {} : { destinationAddressPrefix: "*" }),
        ...more,
      },
    );
  }

  applicationGroup(applicationSecurityGroupName: string): Made {
    return this.lab.create(`${network}:ApplicationSecurityGroup`, applicationSecurityGroupName, {
      resourceGroupName,
      applicationSecurityGroupName,
    });
  }

  /** A network interface; the first of its addresses may have a public one. */
  interface(
    networkInterfaceName: string,
    subnet: Made,
    addresses: readonly string[],
    more: ValueObject = {},
  ): Made {
    const { applicationGroups = [], publicAddress, pools = [], ...rest } = more;
    return this.lab.create(`${network}:NetworkInterface`, networkInterfaceName, {
      resourceGroupName,
      networkInterfaceName,
      ipConfigurations: addresses.map((privateIPAddress, i) => ({
        name: `ip${i}`,
        privateIPAddress,
        privateIPAllocationMethod: "Static",
        privateIPAddressVersion: privateIPAddress.includes(":") ? "IPv6" : "IPv4",
        subnet: { id: subnet.id },
        ...(i === 0 && publicAddress !== undefined
          ? { publicIPAddress: { id: publicAddress } }
          : {}),
        applicationSecurityGroups: applicationGroups as readonly ValueObject[],
        loadBalancerBackendAddressPools: pools as readonly ValueObject[],
      })),
      ...rest,
    });
  }

  path(collection: string): string {
    return `/subscriptions/${subscription}/resourceGroups/${resourceGroupName}/providers/Microsoft.Network/${collection}`;
  }

  /** A static public address. */
  publicAddress(name: string, sku: "Basic" | "Standard" = "Standard"): Made {
    return this.lab.create(`${network}:PublicIPAddress`, name, {
      resourceGroupName,
      publicIpAddressName: name,
      publicIPAllocationMethod: "Static",
      sku: { name: sku },
    });
  }

  /** `web` again, with a public address; `more` may give it a group of its own. */
  publicWeb(sku: "Basic" | "Standard" = "Standard", more: ValueObject = {}): void {
    const address = this.publicAddress("shown", sku);
    this.interface("shown-web", this.a, ["10.0.1.20"], { publicAddress: address.id, ...more });
  }

  nat(name = "nat", sku = "Standard"): Made {
    const address = this.publicAddress(`${name}-address`);
    return this.lab.create(`${network}:NatGateway`, name, {
      resourceGroupName,
      natGatewayName: name,
      sku: { name: sku },
      publicIpAddresses: [{ id: address.id }],
    });
  }

  routes(name: string, routes: readonly ValueObject[], more: ValueObject = {}): Made {
    return this.lab.create(`${network}:RouteTable`, name, {
      resourceGroupName,
      routeTableName: name,
      routes: routes.map((route, i) => ({ name: `route${i}`, ...route })),
      ...more,
    });
  }

  /** One direction of a peering. */
  peering(from: string, to: Made, more: ValueObject = {}): Made {
    const name = `${from}-peering`;
    return this.lab.create(`${network}:VirtualNetworkPeering`, name, {
      resourceGroupName,
      virtualNetworkName: from,
      virtualNetworkPeeringName: name,
      remoteVirtualNetwork: { id: to.id },
      allowVirtualNetworkAccess: true,
      ...more,
    });
  }

  /** The network `spoke` (10.1.0.0/16) with the interface `far` (10.1.1.10), without groups. */
  spoke(more: ValueObject = {}): Made {
    const spoke = this.network("spoke", ["10.1.0.0/16"]);
    const subnet = this.subnet("spoke", "far-subnet", ["10.1.1.0/24"], more);
    this.interface("far", subnet, ["10.1.1.10"]);
    return spoke;
  }

  /** `hub` and `spoke` peered in both directions. */
  peered(more: ValueObject = {}): void {
    const spoke = this.spoke();
    this.peering("hub", spoke, more);
    this.peering("spoke", this.hub);
  }

  /** A security admin rule for the networks named, as `rule` writes them. */
  adminRule(
    text: string,
    more: ValueObject = {},
    member: Made = this.hub,
    deployedTo = "westeurope",
  ): Made {
    const [access = "", priority = "", direction = "", protocol = "Any", port] = text.split(" ");
    const within = { resourceGroupName, networkManagerName: "manager" };
    if (this.lab.clouds.world.ofToken(`${network}:NetworkManager`, {}).length === 0) {
      this.manager(within, member, deployedTo);
    }
    const ruleName = `${access}-${priority}-${direction}`;
    return this.lab.create(`${network}:AdminRule`, ruleName, {
      ...within,
      configurationName: "main",
      ruleCollectionName: "main",
      ruleName,
      kind: "Custom",
      access,
      priority: Number(priority),
      direction,
      protocol,
      sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
      destinations: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
      sourcePortRanges: ["0-65535"],
      destinationPortRanges: [port ?? "0-65535"],
      ...more,
    });
  }

  /** A network manager with one collection of rules for one group with one network. */
  private manager(within: ValueObject, member: Made, deployedTo: string): void {
    this.lab.create(`${network}:NetworkManager`, "manager", {
      ...within,
      networkManagerScopes: { subscriptions: [`/subscriptions/${subscription}`] },
      networkManagerScopeAccesses: ["SecurityAdmin"],
    });
    const group = this.lab.create(`${network}:NetworkGroup`, "all", {
      ...within,
      networkGroupName: "all",
    });
    this.lab.create(`${network}:StaticMember`, "member", {
      ...within,
      networkGroupName: "all",
      staticMemberName: "member",
      resourceId: member.id,
    });
    const configuration = { ...within, configurationName: "main" };
    const main = this.lab.create(`${network}:SecurityAdminConfiguration`, "main", configuration);
    this.lab.create(`${network}:AdminRuleCollection`, "main", {
      ...configuration,
      ruleCollectionName: "main",
      appliesToGroups: [{ networkGroupId: group.id }],
    });
    this.lab.create(`${network}:Commit`, "deployed", {
      ...within,
      properties: {
        commitType: "SecurityAdmin",
        configurationIds: [main.id],
        targetLocations: [deployedTo],
      },
    });
  }

  /** A load balancer with a rule 443 -> 8443 for a pool with the interface `pooled` (10.0.2.70) in `b`. */
  balancer(frontend: ValueObject, sku = "Standard", member = this.b): void {
    const id = `${this.path("loadBalancers")}/lb`;
    const pool = { id: `${id}/backendAddressPools/pool` };
    this.lab.create(`${network}:LoadBalancer`, "lb", {
      resourceGroupName,
      loadBalancerName: "lb",
      sku: { name: sku },
      frontendIPConfigurations: [{ name: "front", ...frontend }],
      backendAddressPools: [{ name: "pool" }],
      loadBalancingRules: [
        {
          name: "https",
          protocol: "Tcp",
          frontendPort: 443,
          backendPort: 8443,
          frontendIPConfiguration: { id: `${id}/frontendIPConfigurations/front` },
          backendAddressPool: pool,
        },
      ],
    });
    const address = member === this.b ? "10.0.2.70" : "10.0.3.70";
    this.interface("pooled", member, [address], { pools: [pool] });
  }

  /** A gateway of a network with a VPN connection to an office that has some prefixes. */
  gateway(virtualNetworkName: string, more: ValueObject = {}): Made {
    const { prefixes = [], ...rest } = more;
    const gateway = this.bareGateway(virtualNetworkName, "10.0.255.0/27");
    const office = this.lab.create(`${network}:LocalNetworkGateway`, "office", {
      resourceGroupName,
      localNetworkGatewayName: "office",
      gatewayIpAddress: "198.51.100.9",
      localNetworkAddressSpace: { addressPrefixes: prefixes },
    });
    this.connect("office", gateway, { localNetworkGateway2: { id: office.id }, ...rest });
    return gateway;
  }

  /** A VPN gateway without connections. */
  bareGateway(virtualNetworkName: string, prefix: string): Made {
    const subnet = this.subnet(virtualNetworkName, "GatewaySubnet", [prefix]);
    const name = `${virtualNetworkName}-vpn`;
    return this.lab.create(`${network}:VirtualNetworkGateway`, name, {
      resourceGroupName,
      virtualNetworkGatewayName: name,
      gatewayType: "Vpn",
      ipConfigurations: [
        {
          name: "default",
          subnet: { id: subnet.id },
          publicIPAddress: { id: this.publicAddress(`${name}-address`).id },
        },
      ],
    });
  }

  /** A connection of a gateway. */
  connect(name: string, gateway: Made, more: ValueObject): Made {
    return this.lab.create(`${network}:VirtualNetworkGatewayConnection`, name, {
      resourceGroupName,
      virtualNetworkGatewayConnectionName: name,
      connectionType: "IPsec",
      virtualNetworkGateway1: { id: gateway.id },
      ...more,
    });
  }

  /** A private endpoint of a storage account in a subnet. */
  privateEndpoint(privateEndpointName: string, subnet: Made): Made {
    const account = this.lab.create("azure-native:storage:StorageAccount", "store", {
      resourceGroupName,
      accountName: "shopstore",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    return this.lab.create(`${network}:PrivateEndpoint`, privateEndpointName, {
      resourceGroupName,
      privateEndpointName,
      subnet: { id: subnet.id },
      privateLinkServiceConnections: [
        { name: "blob", privateLinkServiceId: account.id, groupIds: ["blob"] },
      ],
    });
  }
}
