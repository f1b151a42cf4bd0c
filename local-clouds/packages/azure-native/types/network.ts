/** Virtual networks and their peerings (Network REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import {
  childrenOf,
  eachOf,
  guid,
  invalid,
  nameOf,
  objectOf,
  textsIn,
  toResource,
} from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { badPrefix, inside, overlapping, parsed, prefixesIn } from "./prefixes.ts";
import { subnetDefaults } from "./subnets.ts";

const virtualNetwork = network("VirtualNetwork", "virtualNetworks", {
  name: networkName("virtualNetworkName", 64),
  location: "own",
  outputs: {
    ...guid,
    enableDdosProtection: false,
    privateEndpointVNetPolicies: "Disabled",
    subnets: [],
    virtualNetworkPeerings: [],
  },
  normalised: { subnets: (r, given) => inlineSubnets(r, given) },
  references: [
    toResource("subnets[*].networkSecurityGroup.id", networkTokens.securityGroup),
    toResource("subnets[*].routeTable.id", networkTokens.routeTable),
    toResource("subnets[*].natGateway.id", networkTokens.natGateway),
    toResource("ddosProtectionPlan.id", "azure-native:network:DdosProtectionPlan"),
  ],
  admit: refuseSpace,
  companions: (r) =>
    inlineSubnets(r, r.given("subnets")).map((properties) => ({
      token: networkTokens.subnet,
      id: String(properties["id"]),
      properties,
    })),
  inUse: {
    code: "InUseSubnetCannotBeDeleted",
    says: "Virtual network {id} is in use by {value} and cannot be deleted.",
  },
});

function refuseSpace(r: Resource): ServiceError | undefined {
  const prefixes = textsIn(r.every("addressSpace.addressPrefixes[*]"));
  if (prefixes.length === 0 && r.given("addressSpace.ipamPoolPrefixAllocations") === undefined) {
    return invalid(
      "InvalidRequestFormat",
      "Cannot parse the request: address space must hold at least one prefix.",
    );
  }
  return (
    badPrefix(prefixes) ??
    refuseOwnOverlap(prefixes) ??
    refuseInline(r, prefixes) ??
    refuseLostSubnets(r, prefixes)
  );
}

function refuseOwnOverlap(prefixes: readonly string[]): ServiceError | undefined {
  const clash = prefixes.find((prefix, i) => overlapping([prefix], prefixes.slice(i + 1)));
  return clash === undefined
    ? undefined
    : invalid(
        "NetcfgInvalidVirtualNetworkSite",
        `Address prefix ${clash} overlaps with another address prefix of the virtual network.`,
      );
}

/** Subnets written inside the network lie in its space, beside each other. */
function refuseInline(r: Resource, prefixes: readonly string[]): ServiceError | undefined {
  const space = parsed(prefixes);
  const subnets = eachOf(r.given("subnets"), (subnet) => subnet);
  const outside = subnets.find((subnet) => !covered(subnet, space));
  if (outside !== undefined) {
    return invalid(
      "NetcfgInvalidSubnet",
      `Subnet '${String(outside["name"])}' is not valid because its IP address range is outside the IP address range of virtual network '${nameOf(r.id)}'.`,
    );
  }
  for (const [i, subnet] of subnets.entries()) {
    const own = prefixesIn(subnet);
    const clash = subnets.slice(0, i).find((other) => overlapping(own, prefixesIn(other)));
    if (clash !== undefined) {
      return invalid(
        "NetcfgSubnetRangesOverlap",
        `Subnet '${String(subnet["name"])}' is not valid because its IP address range overlaps with that of an existing subnet '${String(clash["name"])}'.`,
      );
    }
  }
  return undefined;
}

/** A space may not shrink below what its other subnets use. */
function refuseLostSubnets(r: Resource, prefixes: readonly string[]): ServiceError | undefined {
  if (r.before === undefined) return undefined;
  const space = parsed(prefixes);
  const inline = new Set(
    [r.before["subnets"], r.given("subnets")].flatMap((subnets) =>
      eachOf(subnets, (subnet) => subnet).map(({ name }) => name),
    ),
  );
  const lost = childrenOf(r, networkTokens.subnet, r.id).find(
    ({ id, properties }) => !inline.has(nameOf(id)) && !covered(properties, space),
  );
  return lost === undefined
    ? undefined
    : invalid(
        "InUsePrefixCannotBeDeleted",
        `Address prefix of subnet ${lost.id} is in use and cannot be removed from the virtual network.`,
      );
}

/** Subnets written inside the network come back as the service shows them. */
function inlineSubnets(r: Resource, given: Json | undefined): JsonObject[] {
  return eachOf(given, (subnet) => ({
    ...subnetDefaults,
    ...subnet,
    id: `${r.id}/subnets/${String(subnet["name"])}`,
    etag: `W/"${r.uuid(r.content())}"`,
    provisioningState: "Succeeded",
    type: "Microsoft.Network/virtualNetworks/subnets",
  }));
}

const peering = network("VirtualNetworkPeering", "virtualNetworks/virtualNetworkPeerings", {
  name: networkName("virtualNetworkPeeringName"),
  parents: [{ input: "virtualNetworkName", token: networkTokens.network }],
  outputs: {
    ...guid,
    peeringState: (r) => (otherSide(r) ? "Connected" : "Initiated"),
    peeringSyncLevel: (r) => (otherSide(r) ? "FullyInSync" : "RemoteNotInSync"),
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: false,
    allowGatewayTransit: false,
    useRemoteGateways: false,
    doNotVerifyRemoteGateways: false,
    peerCompleteVnets: true,
    remoteAddressSpace: (r) => r.target("remoteVirtualNetwork.id")?.properties["addressSpace"],
    remoteVirtualNetworkAddressSpace: (r) =>
      r.target("remoteVirtualNetwork.id")?.properties["addressSpace"],
  },
  references: [
    {
      ...toResource("remoteVirtualNetwork.id", networkTokens.network),
      within: "world",
      holds: false,
    },
  ],
  admit: refusePeering,
});

/** Peered networks may not overlap, and there is one peering of two networks (Virtual network peering overview). */
function refusePeering(r: Resource): ServiceError | undefined {
  const remote = r.target("remoteVirtualNetwork.id");
  const own = r.target("virtualNetworkName");
  if (remote === undefined || own === undefined) return undefined;
  if (remote.id.toLowerCase() === own.id.toLowerCase()) {
    return invalid(
      "InvalidRequestFormat",
      `Virtual network ${own.id} cannot be peered with itself.`,
    );
  }
  if (overlapping(spaceOf(own.properties), spaceOf(remote.properties))) {
    return invalid(
      "VnetAddressSpacesOverlap",
      `Cannot create or update peering ${r.id}. Virtual networks ${own.id} and ${remote.id} cannot be peered because their address spaces overlap.`,
    );
  }
  const twin = childrenOf(r, r.token, own.id).find(
    ({ id, properties }) => id !== r.id && remoteOf(properties) === remote.id.toLowerCase(),
  );
  return twin === undefined
    ? undefined
    : invalid(
        "AnotherPeeringAlreadyReferencesRemoteVnet",
        `Peering ${twin.id} already references remote virtual network ${remote.id}.`,
      );
}

function otherSide(r: Resource): boolean {
  const own = r.target("virtualNetworkName")?.id.toLowerCase();
  const remote = r.target("remoteVirtualNetwork.id")?.id ?? "";
  return childrenOf(r, r.token, remote).some(({ properties }) => remoteOf(properties) === own);
}

function remoteOf(properties: JsonObject): string {
  return String(objectOf(properties["remoteVirtualNetwork"])["id"]).toLowerCase();
}

function spaceOf(properties: JsonObject): string[] {
  const prefixes = objectOf(properties["addressSpace"])["addressPrefixes"];
  return Array.isArray(prefixes) ? textsIn(prefixes) : [];
}

function covered(properties: JsonObject, space: ReturnType<typeof parsed>): boolean {
  return parsed(prefixesIn(properties)).every((cidr) => space.some((whole) => inside(cidr, whole)));
}

/** The entries of virtual networks. */
export const networkTypes: readonly ArmEntry[] = [virtualNetwork, peering];
