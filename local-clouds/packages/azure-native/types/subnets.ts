/** Subnets (Network REST API; "Virtual Network FAQ"). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import { childrenOf, guid, invalid, nameOf, objectOf, textsIn, toResource } from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { badPrefix, inside, overlapping, parsed, prefixesIn } from "./prefixes.ts";

/** What a subnet has where the request is silent. */
export const subnetDefaults = {
  delegations: [],
  privateEndpointNetworkPolicies: "Disabled",
  privateLinkServiceNetworkPolicies: "Enabled",
} as const satisfies JsonObject;

/** Azure keeps five addresses of every subnet; the smallest one is /29, and IPv6 subnets are /64. */
const prefixBits = { ipv4Max: 29, ipv6: 64 };

const subnet = network("Subnet", "virtualNetworks/subnets", {
  name: networkName("subnetName"),
  parents: [{ input: "virtualNetworkName", token: networkTokens.network }],
  outputs: { ...subnetDefaults },
  references: [
    toResource("networkSecurityGroup.id", networkTokens.securityGroup),
    toResource("natGateway.id", networkTokens.natGateway),
    toResource("routeTable.id", networkTokens.routeTable),
    toResource("serviceEndpointPolicies[*].id", "azure-native:network:ServiceEndpointPolicy"),
  ],
  admit: refuseSubnet,
  inUse: {
    code: "InUseSubnetCannotBeDeleted",
    says: "Subnet {leaf} is in use by {value} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.",
  },
});

/** A subnet lies inside its network's space and beside its siblings. */
function refuseSubnet(r: Resource): ServiceError | undefined {
  const own = prefixesIn({
    addressPrefix: r.given("addressPrefix") ?? null,
    addressPrefixes: r.list("addressPrefixes"),
  });
  const name = r.text("subnetName");
  return badPrefix(own) ?? refuseSize(name, own) ?? refusePlace(r, name, own);
}

function refuseSize(name: string, own: readonly string[]): ServiceError | undefined {
  const bad = parsed(own).find((cidr) =>
    cidr.family === 4 ? cidr.length > prefixBits.ipv4Max : cidr.length !== prefixBits.ipv6,
  );
  if (bad === undefined) return undefined;
  return invalid(
    "NetcfgInvalidSubnet",
    `Subnet '${name}' is not valid because an IPv4 subnet is /${prefixBits.ipv4Max} or larger and an IPv6 subnet is exactly /${prefixBits.ipv6}.`,
  );
}

function refusePlace(r: Resource, name: string, own: readonly string[]): ServiceError | undefined {
  const owner = r.target("virtualNetworkName");
  const prefixes = objectOf(owner?.properties["addressSpace"])["addressPrefixes"];
  const space = parsed(textsIn(Array.isArray(prefixes) ? prefixes : []));
  if (parsed(own).some((cidr) => !space.some((whole) => inside(cidr, whole)))) {
    return invalid(
      "NetcfgInvalidSubnet",
      `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${r.text("virtualNetworkName")}'.`,
    );
  }
  const clash = childrenOf(r, networkTokens.subnet, owner?.id ?? "").find(
    ({ id, properties }) => nameOf(id) !== name && overlapping(own, prefixesIn(properties)),
  );
  if (clash === undefined) return undefined;
  return invalid(
    "NetcfgSubnetRangesOverlap",
    `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet '${nameOf(clash.id)}'.`,
  );
}

const endpointPolicy = network("ServiceEndpointPolicy", "serviceEndpointPolicies", {
  name: networkName("serviceEndpointPolicyName"),
  location: "fixed",
  outputs: { ...guid, serviceEndpointPolicyDefinitions: [] },
  inUse: {
    code: "InUseServiceEndpointPolicyCannotBeDeleted",
    says: "Service endpoint policy {id} cannot be deleted because it is in use by {value}.",
  },
});

/** The entries of subnets. */
export const subnetTypes: readonly ArmEntry[] = [subnet, endpointPolicy];
