/** Creates the resources of an Azure place from its plan. */
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AzurePlaceNetwork } from "../places.ts";
import { createDenyAll } from "./deny-all.ts";
import type { AzureNetworkPlan, AzureSegmentRecord } from "./lower.ts";

/** The virtual network of a place with everything in it. */
export function createAzureNetwork(
  parent: pulumi.ComponentResource,
  plan: AzureNetworkPlan,
): AzurePlaceNetwork {
  const { location, tags } = plan;
  const group = new resources.ResourceGroup(
    plan.resourceGroup.name,
    { location, tags },
    childOf(parent),
  );
  const vnet = new network.VirtualNetwork(
    plan.vnet.name,
    {
      resourceGroupName: group.name,
      location,
      addressSpace: { addressPrefixes: [...plan.vnet.addressPrefixes] },
      tags,
    },
    childOf(parent),
  );
  const nat = createNat(parent, plan, group);
  const segments = createSegments(parent, plan, group, vnet, nat);
  createPeerings(parent, plan, group, vnet);
  return {
    cloud: "azure",
    place: plan.place,
    region: location,
    owned: true,
    resourceGroupName: group.name,
    vnetId: vnet.id,
    vnetName: vnet.name,
    subnetIds: Object.fromEntries(segments.map(({ segment, subnet }) => [segment, subnet.id])),
    nsgNames: Object.fromEntries(segments.map(({ segment, nsg }) => [segment, nsg.name])),
  };
}

function createNat(
  parent: pulumi.ComponentResource,
  plan: AzureNetworkPlan,
  group: resources.ResourceGroup,
): network.NatGateway | undefined {
  if (plan.nat === undefined) return undefined;
  const common = { resourceGroupName: group.name, location: plan.location, tags: plan.tags };
  const address = new network.PublicIPAddress(
    plan.nat.address,
    {
      ...common,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
    },
    childOf(parent),
  );
  return new network.NatGateway(
    plan.nat.name,
    {
      ...common,
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
      idleTimeoutInMinutes: 4,
    },
    childOf(parent),
  );
}

interface Segment {
  readonly segment: string;
  readonly nsg: network.NetworkSecurityGroup;
  readonly subnet: network.Subnet;
}

/** Azure changes one subnet of a virtual network at a time, so each waits for the one before. */
function createSegments(
  parent: pulumi.ComponentResource,
  plan: AzureNetworkPlan,
  group: resources.ResourceGroup,
  vnet: network.VirtualNetwork,
  nat: network.NatGateway | undefined,
): Segment[] {
  const created: Segment[] = [];
  for (const record of plan.segments) {
    const nsg = new network.NetworkSecurityGroup(
      record.group.name,
      { resourceGroupName: group.name, location: plan.location, tags: record.group.tags },
      childOf(parent),
    );
    const denies = record.denies.map((deny) => createDenyAll(parent, deny, group.name, nsg.name));
    const before = created.at(-1)?.subnet;
    const dependsOn = before === undefined ? denies : [...denies, before];
    const subnet = createSubnet(parent, record, { group, vnet, nsg, nat, dependsOn });
    created.push({ segment: record.segment, nsg, subnet });
  }
  return created;
}

function createSubnet(
  parent: pulumi.ComponentResource,
  { subnet }: AzureSegmentRecord,
  around: {
    readonly group: resources.ResourceGroup;
    readonly vnet: network.VirtualNetwork;
    readonly nsg: network.NetworkSecurityGroup;
    readonly nat: network.NatGateway | undefined;
    readonly dependsOn: pulumi.Resource[];
  },
): network.Subnet {
  const { group, vnet, nsg, nat, dependsOn } = around;
  return new network.Subnet(
    subnet.name,
    {
      resourceGroupName: group.name,
      virtualNetworkName: vnet.name,
      addressPrefixes: [...subnet.addressPrefixes],
      networkSecurityGroup: { id: nsg.id },
      ...(subnet.translated && nat !== undefined ? { natGateway: { id: nat.id } } : {}),
      defaultOutboundAccess: false,
      // Without this, private endpoints in the subnet would stand outside its security group.
      privateEndpointNetworkPolicies: "Enabled",
    },
    childOf(parent, { dependsOn }),
  );
}

function createPeerings(
  parent: pulumi.ComponentResource,
  plan: AzureNetworkPlan,
  group: resources.ResourceGroup,
  vnet: network.VirtualNetwork,
): void {
  for (const { name, remoteId } of plan.peerings) {
    new network.VirtualNetworkPeering(
      name,
      {
        resourceGroupName: group.name,
        virtualNetworkName: vnet.name,
        remoteVirtualNetwork: { id: remoteId },
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: false,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      },
      childOf(parent),
    );
  }
}
