/** Virtual networks and what lies in them (Network REST API). */

import { type Cidr, cidrInterval, overlap, tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { etag, inGroup, invalid, succeeded, textsIn, toResource } from "./common.ts";

const apiVersion = "2024-05-01";
const networkToken = "azure-native:network:VirtualNetwork";
const subnetToken = "azure-native:network:Subnet";

const virtualNetwork = inGroup(networkToken, {
  armType: "Microsoft.Network/virtualNetworks",
  apiVersion,
  nameInput: "virtualNetworkName",
  charactersMax: 64,
  located: true,
  entry: {
    planned: {},
    outputs: {
      ...succeeded,
      ...etag,
      resourceGuid: (r) => r.uuid("guid"),
      enableDdosProtection: false,
      privateEndpointVNetPolicies: "Disabled",
      subnets: [],
      virtualNetworkPeerings: [],
    },
    admit: (r) =>
      r.every("addressSpace.addressPrefixes[*]").length === 0 &&
      r.given("addressSpace.ipamPoolPrefixAllocations") === undefined
        ? invalid(
            "InvalidRequestFormat",
            "Cannot parse the request: address space must hold at least one prefix.",
          )
        : badPrefix(textsIn(r.every("addressSpace.addressPrefixes[*]"))),
    inUse: {
      code: "InUseSubnetCannotBeDeleted",
      says: "Virtual network {id} is in use by {value} and cannot be deleted.",
    },
  },
});

function badPrefix(prefixes: readonly string[]): ServiceError | undefined {
  const bad = prefixes.find((prefix) => tryParseCidr(prefix) === undefined);
  return bad === undefined
    ? undefined
    : invalid("InvalidAddressPrefixFormat", `Address prefix ${bad} is not formatted correctly.`);
}

const subnet = inGroup(subnetToken, {
  armType: "Microsoft.Network/virtualNetworks/subnets",
  apiVersion,
  nameInput: "subnetName",
  charactersMax: 80,
  parents: [{ input: "virtualNetworkName", token: networkToken }],
  entry: {
    outputs: {
      ...succeeded,
      ...etag,
      privateEndpointNetworkPolicies: "Disabled",
      privateLinkServiceNetworkPolicies: "Enabled",
      delegations: [],
    },
    references: [
      toResource("networkSecurityGroup.id", "azure-native:network:NetworkSecurityGroup"),
      toResource("natGateway.id", "azure-native:network:NatGateway"),
      toResource("routeTable.id", "azure-native:network:RouteTable"),
    ],
    admit: refuseSubnet,
    inUse: {
      code: "InUseSubnetCannotBeDeleted",
      says: "Subnet {id} is in use by {value} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet.",
    },
  },
});

/** A subnet lies inside its network's space and beside its siblings (Virtual Network FAQ). */
function refuseSubnet(r: Resource): ServiceError | undefined {
  const own = prefixesOf(r.given("addressPrefix"), r.given("addressPrefixes"));
  const bad = badPrefix(own);
  if (bad !== undefined) return bad;
  const cidrs = parsed(own);
  const network = r.target("virtualNetworkName");
  const space = parsed(textsIn(listAt(network?.properties["addressSpace"], "addressPrefixes")));
  const outside = cidrs.find((cidr) => !space.some((whole) => inside(cidr, whole)));
  if (outside !== undefined) {
    return invalid(
      "NetcfgInvalidSubnet",
      `Subnet '${r.text("subnetName")}' is not valid because its IP address range is outside the IP address range of virtual network '${r.text("virtualNetworkName")}'.`,
    );
  }
  const clash = r
    .all(subnetToken)
    .filter(({ id }) => isSibling(id, network?.id ?? "") && nameOf(id) !== r.text("subnetName"))
    .find(({ properties }) =>
      parsed(prefixesOf(properties["addressPrefix"], properties["addressPrefixes"])).some(
        (theirs) => cidrs.some((ours) => overlap(ours, theirs)),
      ),
    );
  if (clash === undefined) return undefined;
  return invalid(
    "NetcfgSubnetRangesOverlap",
    `Subnet '${r.text("subnetName")}' is not valid because its IP address range overlaps with that of an existing subnet '${nameOf(clash.id)}'.`,
  );
}

function prefixesOf(one: unknown, many: unknown): string[] {
  const list = Array.isArray(many) ? many : [];
  return textsIn([...list, ...(typeof one === "string" ? [one] : [])]);
}

function listAt(value: unknown, key: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const list = (value as Record<string, unknown>)[key];
  return Array.isArray(list) ? textsIn(list) : [];
}

function parsed(prefixes: readonly string[]): Cidr[] {
  return prefixes.flatMap((prefix) => tryParseCidr(prefix) ?? []);
}

function inside(cidr: Cidr, whole: Cidr): boolean {
  const part = cidrInterval(cidr);
  const all = cidrInterval(whole);
  return all.from <= part.from && part.to <= all.to;
}

function isSibling(id: string, networkId: string): boolean {
  return networkId !== "" && id.toLowerCase().startsWith(`${networkId.toLowerCase()}/subnets/`);
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

const peering = inGroup("azure-native:network:VirtualNetworkPeering", {
  armType: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
  apiVersion,
  nameInput: "virtualNetworkPeeringName",
  charactersMax: 80,
  parents: [{ input: "virtualNetworkName", token: networkToken }],
  entry: {
    outputs: {
      ...succeeded,
      ...etag,
      peeringState: "Initiated",
      peeringSyncLevel: "RemoteNotInSync",
      resourceGuid: (r) => r.uuid("guid"),
      doNotVerifyRemoteGateways: false,
    },
    references: [{ ...toResource("remoteVirtualNetwork.id", networkToken), within: "world" }],
  },
});

const publicAddress = inGroup("azure-native:network:PublicIPAddress", {
  armType: "Microsoft.Network/publicIPAddresses",
  apiVersion,
  nameInput: "publicIpAddressName",
  charactersMax: 80,
  located: true,
  entry: {
    forceNew: ["publicIPAddressVersion", "zones", "sku"],
    outputs: {
      ...succeeded,
      ...etag,
      resourceGuid: (r) => r.uuid("guid"),
      publicIPAddressVersion: "IPv4",
      publicIPAllocationMethod: "Dynamic",
      idleTimeoutInMinutes: 4,
      ipTags: [],
      ipAddress: publicIp,
    },
    inUse: {
      code: "PublicIPAddressCannotBeDeleted",
      says: "Public IP address {id} can not be deleted since it is still allocated to resource {value}.",
    },
  },
});

/** An address that documentation owns (RFC 5737, RFC 3849): it can never be somebody's. */
function publicIp(r: Resource): string | undefined {
  if (r.text("publicIPAllocationMethod", "Dynamic") !== "Static") return undefined;
  if (r.text("publicIPAddressVersion", "IPv4") === "IPv6") return `2001:db8::${r.hex("ip", 4)}`;
  return `203.0.113.${(Number.parseInt(r.hex("ip", 4), 16) % 254) + 1}`;
}

const natGateway = inGroup("azure-native:network:NatGateway", {
  armType: "Microsoft.Network/natGateways",
  apiVersion,
  nameInput: "natGatewayName",
  charactersMax: 80,
  located: true,
  entry: {
    forceNew: ["sku", "zones"],
    outputs: {
      ...succeeded,
      ...etag,
      resourceGuid: (r) => r.uuid("guid"),
      idleTimeoutInMinutes: 4,
    },
    references: [toResource("publicIpAddresses[*].id", "azure-native:network:PublicIPAddress")],
    inUse: {
      code: "NatGatewayInUse",
      says: "NatGateway {id} cannot be deleted because it is in use by {value}.",
    },
  },
});

const routeTable = inGroup("azure-native:network:RouteTable", {
  armType: "Microsoft.Network/routeTables",
  apiVersion,
  nameInput: "routeTableName",
  charactersMax: 80,
  located: true,
  entry: {
    outputs: {
      ...succeeded,
      ...etag,
      resourceGuid: (r) => r.uuid("guid"),
      disableBgpRoutePropagation: false,
      routes: [],
    },
    inUse: {
      code: "InUseRouteTableCannotBeDeleted",
      says: "Route table {id} is in use and cannot be deleted.",
    },
  },
});

/** The entries of virtual networks. */
export const networkTypes: readonly TypeEntry[] = [
  virtualNetwork,
  subnet,
  peering,
  publicAddress,
  natGateway,
  routeTable,
];
