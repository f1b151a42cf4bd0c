/** Public addresses and what sends from them (Network REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, nested } from "./arm.ts";
import { guid, invalid, member, refuseChange, toResource } from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";

const publicAddress = network("PublicIPAddress", "publicIPAddresses", {
  name: networkName("publicIpAddressName"),
  location: "own",
  forceNew: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
  outputs: {
    ...guid,
    ...nested("sku", { name: "Basic", tier: "Regional" }),
    publicIPAddressVersion: "IPv4",
    publicIPAllocationMethod: "Dynamic",
    idleTimeoutInMinutes: 4,
    ipTags: [],
    ipAddress: publicIp,
    "dnsSettings.fqdn": (r) =>
      r.given("dnsSettings.domainNameLabel") === undefined
        ? undefined
        : `${r.text("dnsSettings.domainNameLabel")}.${r.region}.cloudapp.azure.com`,
  },
  normalised: {
    sku: (_r, given) => ({ ...(given as object), ...skuOf(given) }),
  },
  references: [toResource("publicIPPrefix.id", networkTokens.publicPrefix)],
  admit: (r) => refuseAllocation(r) ?? refuseZones(r),
  inUse: {
    code: "PublicIPAddressCannotBeDeleted",
    says: "Public IP address {id} can not be deleted since it is still allocated to resource {value}.",
  },
});

/** Kinds come back with a capital letter, however they were written. */
function skuOf(given: unknown): { name?: string } {
  const { name } = given as { name?: string };
  return name === undefined ? {} : { name: name.charAt(0).toUpperCase() + name.slice(1) };
}

function isStandard(r: Resource): boolean {
  return r.text("sku.name", "Basic").toLowerCase() === "standard";
}

function refuseAllocation(r: Resource): ServiceError | undefined {
  const dynamic = r.text("publicIPAllocationMethod", "Dynamic") === "Dynamic";
  return isStandard(r) && dynamic
    ? invalid(
        "PublicIPAddressStandardSkuDynamicAllocation",
        "Standard sku publicIp must have AllocationMethod set to Static.",
      )
    : undefined;
}

function refuseZones(r: Resource): ServiceError | undefined {
  return refuseChange(r, ["zones"], () =>
    invalid(
      "ResourceAvailabilityZonesCannotBeModified",
      `Resource ${r.id} has an existing availability zone constraint and it cannot be modified.`,
    ),
  );
}

/** An address that documentation owns (RFC 5737, RFC 3849): it can never be somebody's. */
function publicIp(r: Resource): string | undefined {
  if (r.text("publicIPAllocationMethod", "Dynamic") !== "Static") return undefined;
  if (r.text("publicIPAddressVersion", "IPv4") === "IPv6") return `2001:db8::${r.hex("ip", 4)}`;
  return `203.0.113.${(Number.parseInt(r.hex("ip", 4), 16) % 254) + 1}`;
}

const publicPrefix = network("PublicIPPrefix", "publicIPPrefixes", {
  name: networkName("publicIpPrefixName"),
  location: "fixed",
  outputs: {
    ...guid,
    ...nested("sku", { name: "Standard", tier: "Regional" }),
    publicIPAddressVersion: "IPv4",
    ipTags: [],
    prefixLength: 28,
    ipPrefix: (r) => `203.0.113.0/${r.number("prefixLength", 28)}`,
  },
  admit: (r) =>
    refuseChange(r, ["prefixLength", "zones"], (path) =>
      invalid(
        "PublicIpPrefixPropertyCannotBeChanged",
        `Property ${path} of ${r.id} cannot be changed.`,
      ),
    ) ?? refuseLength(r),
  inUse: {
    code: "PublicIpPrefixCannotBeDeleted",
    says: "Public IP prefix {id} cannot be deleted since it is in use by {value}.",
  },
});

/** IPv4 prefixes have 2 to 16 addresses (Public IP address prefix). */
function refuseLength(r: Resource): ServiceError | undefined {
  const length = r.number("prefixLength", 28);
  const [min, max] = r.text("publicIPAddressVersion", "IPv4") === "IPv6" ? [124, 127] : [21, 31];
  return length >= min && length <= max
    ? undefined
    : invalid(
        "InvalidPublicIpPrefixLength",
        `Prefix length ${length} of ${r.id} must be ${min} to ${max}.`,
      );
}

const natGateway = network("NatGateway", "natGateways", {
  name: networkName("natGatewayName"),
  location: "fixed",
  check: (r) => member(r, "sku.name", ["Standard", "StandardV2"]),
  outputs: {
    ...guid,
    ...nested("sku", { name: "Standard" }),
    idleTimeoutInMinutes: 4,
  },
  references: [
    toResource("publicIpAddresses[*].id", networkTokens.publicAddress),
    toResource("publicIpPrefixes[*].id", networkTokens.publicPrefix),
  ],
  admit: refuseZones,
  inUse: {
    code: "InUseNatGatewayCannotBeDeleted",
    says: "NatGateway {id} cannot be deleted because it is in use by {value}.",
  },
});

const ddosPlan = network("DdosProtectionPlan", "ddosProtectionPlans", {
  name: networkName("ddosProtectionPlanName"),
  location: "fixed",
  outputs: { ...guid },
  inUse: {
    code: "InUseDdosProtectionPlanCannotBeDeleted",
    says: "DDoS protection plan {id} cannot be deleted because it is in use by {value}.",
  },
});

/** The entries of public addresses. */
export const addressTypes: readonly ArmEntry[] = [
  publicAddress,
  publicPrefix,
  natGateway,
  ddosPlan,
];
