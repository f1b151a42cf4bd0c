/** Network interfaces (Network REST API). */

import { cidrInterval, formatAddress, tryParseAddress } from "../../../../model/base/address.ts";
import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import { nested } from "./arm.ts";
import { eachOf, guid, invalid, nameOf, objectOf, toResource } from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { parsed, prefixesIn } from "./prefixes.ts";

/** Azure keeps the first four addresses and the last one of every subnet ("Virtual Network FAQ"). */
const firstFreeOffset = 4;

const networkInterface = network("NetworkInterface", "networkInterfaces", {
  name: networkName("networkInterfaceName"),
  location: "fixed",
  outputs: {
    ...guid,
    ...nested("dnsSettings", {
      appliedDnsServers: [],
      dnsServers: [],
      internalDomainNameSuffix: (r) =>
        `${r.characters("suffix", 26, "abcdefghijklmnopqrstuvwxyz0123456789")}.xx.internal.cloudapp.net`,
    }),
    auxiliaryMode: "None",
    auxiliarySku: "None",
    disableTcpStateTracking: false,
    enableAcceleratedNetworking: false,
    enableIPForwarding: false,
    hostedWorkloads: [],
    nicType: "Standard",
    tapConfigurations: [],
    vnetEncryptionSupported: false,
  },
  normalised: { ipConfigurations: (r, given) => shownConfigurations(r, given) },
  references: [
    toResource("ipConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("ipConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
    toResource(
      "ipConfigurations[*].applicationSecurityGroups[*].id",
      networkTokens.applicationGroup,
    ),
    toResource("networkSecurityGroup.id", networkTokens.securityGroup),
  ],
  admit: refuseConfigurations,
  inUse: {
    code: "NicInUse",
    says: "Network Interface {id} is used by existing resource {value}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
  },
});

function shownConfigurations(r: Resource, given: Json): JsonObject[] {
  return eachOf(given, (item, index) => ({
    etag: `W/"${r.uuid(r.content())}"`,
    primary: index === 0,
    privateIPAddressVersion: "IPv4",
    privateIPAllocationMethod: "Dynamic",
    ...privateAddress(r, item, index),
    ...item,
    id: `${r.id}/ipConfigurations/${String(item["name"])}`,
    provisioningState: "Succeeded",
    type: "Microsoft.Network/networkInterfaces/ipConfigurations",
  }));
}

/** The next free address of the subnet, counted in the interfaces that are there. */
function privateAddress(r: Resource, item: JsonObject, index: number): JsonObject {
  const version = item["privateIPAddressVersion"] === "IPv6" ? 6 : 4;
  const subnet = r.find(networkTokens.subnet, String(objectOf(item["subnet"])["id"]));
  const range = parsed(prefixesIn(subnet?.properties ?? {})).find(
    ({ family }) => family === version,
  );
  if (range === undefined) return {};
  const taken = new Set(takenAddresses(r, subnet?.id ?? ""));
  const before = takenBefore(r, index);
  // The last address of an IPv4 subnet is its broadcast address.
  const { from, to } = cidrInterval(range);
  const last = version === 4 ? to - 1n : to;
  for (let at = from + BigInt(firstFreeOffset); at <= last; at++) {
    const address = formatAddress(at);
    if (!taken.has(address) && !before.has(address)) return { privateIPAddress: address };
  }
  return {};
}

/** Addresses that this interface's own earlier configurations ask for. */
function takenBefore(r: Resource, index: number): Set<string> {
  const own = r.every("ipConfigurations[*].privateIPAddress").map(String);
  return new Set(own.slice(0, index + 1));
}

function takenAddresses(r: Resource, subnetId: string): string[] {
  return r
    .all(r.token)
    .filter(({ id }) => id !== r.id)
    .flatMap(({ properties }) => eachOf(properties["ipConfigurations"], (one) => one))
    .filter((one) => same(objectOf(one["subnet"])["id"], subnetId))
    .map((one) => String(one["privateIPAddress"]));
}

function same(a: Json | undefined, b: string): boolean {
  return String(a).toLowerCase() === b.toLowerCase();
}

function refuseConfigurations(r: Resource): ServiceError | undefined {
  const items = eachOf(r.given("ipConfigurations") ?? [], (one) => one);
  if (items.length === 0) {
    return invalid(
      "NetworkInterfaceMustHaveAtLeastOneIpConfiguration",
      `Network interface ${r.id} must have at least one IP configuration.`,
    );
  }
  for (const item of items) {
    const error = refuseShared(r, item) ?? refuseAddress(r, item) ?? refuseFull(r, item);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** A public address belongs to one configuration. */
function refuseShared(r: Resource, item: JsonObject): ServiceError | undefined {
  const address = objectOf(item["publicIPAddress"])["id"];
  if (typeof address !== "string") return undefined;
  const holder = r
    .all(r.token)
    .filter(({ id }) => id !== r.id)
    .flatMap(({ properties }) => eachOf(properties["ipConfigurations"], (one) => one))
    .find((one) => same(objectOf(one["publicIPAddress"])["id"], address));
  return holder === undefined
    ? undefined
    : invalid(
        "PublicIPAddressInUse",
        `Resource ${r.id}/ipConfigurations/${String(item["name"])} is referencing public IP address ${address} that is already allocated to resource ${String(holder["id"])}.`,
      );
}

function refuseFull(r: Resource, item: JsonObject): ServiceError | undefined {
  const subnet = r.find(networkTokens.subnet, String(objectOf(item["subnet"])["id"]));
  const given = typeof item["privateIPAddress"] === "string";
  if (given || subnet === undefined || "privateIPAddress" in privateAddress(r, item, 0))
    return undefined;
  return invalid(
    "SubnetIsFull",
    `Subnet ${nameOf(subnet.id)} with address prefix ${prefixesIn(subnet.properties).join(", ")} does not have enough capacity for 1 IP addresses.`,
  );
}

function refuseAddress(r: Resource, item: JsonObject): ServiceError | undefined {
  const address = item["privateIPAddress"];
  if (typeof address !== "string") return undefined;
  const subnetId = String(objectOf(item["subnet"])["id"]);
  const value = tryParseAddress(address);
  const ranges = parsed(prefixesIn(r.find(networkTokens.subnet, subnetId)?.properties ?? {}));
  const lies = ranges.some((range) => {
    const { from, to } = cidrInterval(range);
    return range.family === value?.family && from <= onLine(value) && onLine(value) <= to;
  });
  if (!lies) {
    return invalid(
      "PrivateIPAddressNotInSubnet",
      `Private static IP address ${address} does not belong to the range of subnet prefix ${ranges.length === 0 ? "" : subnetId}.`,
    );
  }
  return takenAddresses(r, subnetId).includes(address)
    ? invalid(
        "PrivateIPAddressIsAllocated",
        `IP configuration ${r.id}/ipConfigurations/${String(item["name"])} is using the private IP address ${address} which is already allocated to another resource.`,
      )
    : undefined;
}

/** The number of an address on the line of both families. */
function onLine(address: { family: 4 | 6; value: bigint }): bigint {
  return address.family === 4 ? address.value : address.value + (1n << 32n);
}

/** The entries of network interfaces. */
export const interfaceTypes: readonly ArmEntry[] = [networkInterface];
