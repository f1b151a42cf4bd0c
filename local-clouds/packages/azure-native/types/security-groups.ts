/** Network security groups and their rules (Network REST API; "Network security groups" overview). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { etag, inGroup, invalid, succeeded, toResource } from "./common.ts";

const apiVersion = "2024-05-01";
const groupToken = "azure-native:network:NetworkSecurityGroup";
const ruleToken = "azure-native:network:SecurityRule";

/** Rules of a group, by the service's usual limit. */
const rulesPerGroupMax = 1000;
const priority = { min: 100, max: 4096 };

const group = inGroup(groupToken, {
  armType: "Microsoft.Network/networkSecurityGroups",
  apiVersion,
  nameInput: "networkSecurityGroupName",
  charactersMax: 80,
  located: true,
  entry: {
    outputs: {
      ...succeeded,
      ...etag,
      resourceGuid: (r) => r.uuid("guid"),
      securityRules: [],
      defaultSecurityRules: (r) =>
        defaultRules.map((rule) => ({
          ...rule,
          id: `${r.id}/defaultSecurityRules/${String(rule["name"])}`,
        })),
    },
    inUse: {
      code: "InUseNetworkSecurityGroupCannotBeDeleted",
      says: "Network security group {id} cannot be deleted because it is in use by the following resources: {value}.",
    },
  },
});

function defaultRule(
  name: string,
  direction: string,
  order: number,
  access: string,
  from: string,
  to: string,
): JsonObject {
  return {
    name,
    direction,
    priority: order,
    access,
    protocol: "*",
    sourceAddressPrefix: from,
    sourcePortRange: "*",
    destinationAddressPrefix: to,
    destinationPortRange: "*",
    provisioningState: "Succeeded",
  };
}

/** Every group has these; they cannot be removed, only overruled by a lower number. */
const defaultRules: readonly JsonObject[] = [
  defaultRule("AllowVnetInBound", "Inbound", 65000, "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowAzureLoadBalancerInBound", "Inbound", 65001, "Allow", "AzureLoadBalancer", "*"),
  defaultRule("DenyAllInBound", "Inbound", 65500, "Deny", "*", "*"),
  defaultRule("AllowVnetOutBound", "Outbound", 65000, "Allow", "VirtualNetwork", "VirtualNetwork"),
  defaultRule("AllowInternetOutBound", "Outbound", 65001, "Allow", "*", "Internet"),
  defaultRule("DenyAllOutBound", "Outbound", 65500, "Deny", "*", "*"),
];

const rule = inGroup(ruleToken, {
  armType: "Microsoft.Network/networkSecurityGroups/securityRules",
  apiVersion,
  nameInput: "securityRuleName",
  charactersMax: 80,
  parents: [{ input: "networkSecurityGroupName", token: groupToken }],
  entry: {
    check: (r) => [
      ...member(r, "access", ["Allow", "Deny"]),
      ...member(r, "direction", ["Inbound", "Outbound"]),
      ...member(r, "protocol", ["Tcp", "Udp", "Icmp", "Esp", "Ah", "*"]),
    ],
    outputs: { ...succeeded, ...etag },
    references: [
      toResource(
        "sourceApplicationSecurityGroups[*].id",
        "azure-native:network:ApplicationSecurityGroup",
      ),
      toResource(
        "destinationApplicationSecurityGroups[*].id",
        "azure-native:network:ApplicationSecurityGroup",
      ),
    ],
    admit: refuseRule,
  },
});

function member(r: Resource, property: string, allowed: readonly string[]): InputFault[] {
  const value = r.text(property);
  if (allowed.includes(value)) return [];
  return [
    { property, reason: `'${property}' must be one of ${allowed.join(", ")}, got '${value}'` },
  ];
}

function refuseRule(r: Resource): ServiceError | undefined {
  return refusePriority(r) ?? refuseSides(r) ?? refuseSiblings(r);
}

function refusePriority(r: Resource): ServiceError | undefined {
  const order = r.number("priority");
  if (Number.isInteger(order) && order >= priority.min && order <= priority.max) return undefined;
  return invalid(
    "SecurityRuleInvalidPriority",
    `Security rule has invalid Priority. Value provided: ${order} Allowed range ${priority.min}-${priority.max}.`,
  );
}

/** Each side names at least one address and one port, and one family only. */
function refuseSides(r: Resource): ServiceError | undefined {
  for (const side of ["source", "destination"] as const) {
    const addresses = addressesOf(r, side);
    const groups = r.list(`${side}ApplicationSecurityGroups`);
    if (addresses.length === 0 && groups.length === 0) {
      return invalid(
        "SecurityRuleParameterMissing",
        `Security rule '${r.name}' has no ${side} address.`,
      );
    }
    const ports = [r.given(`${side}PortRange`), ...r.list(`${side}PortRanges`)];
    if (ports.every((port) => port === undefined)) {
      return invalid(
        "SecurityRuleParameterMissing",
        `Security rule '${r.name}' has no ${side} port range.`,
      );
    }
  }
  const families = new Set(
    [...addressesOf(r, "source"), ...addressesOf(r, "destination")]
      .filter((address) => address.includes("/") || address.includes(":"))
      .map((address) => address.includes(":")),
  );
  return families.size > 1
    ? invalid(
        "SecurityRuleMixedAddressFamilies",
        `Security rule '${r.name}' mixes IPv4 and IPv6 address prefixes.`,
      )
    : undefined;
}

function addressesOf(r: Resource, side: "source" | "destination"): string[] {
  const all = [r.given(`${side}AddressPrefix`), ...r.list(`${side}AddressPrefixes`)];
  return all.filter((address): address is string => typeof address === "string");
}

function refuseSiblings(r: Resource): ServiceError | undefined {
  const owner = r.target("networkSecurityGroupName")?.id ?? "";
  const siblings = r
    .all(ruleToken)
    .filter(({ id }) => id.toLowerCase().startsWith(`${owner.toLowerCase()}/securityrules/`))
    .filter(({ properties }) => properties["name"] !== r.text("securityRuleName"));
  const clash = siblings.find(({ properties }) => samePlace(r, properties));
  if (clash !== undefined) {
    return invalid(
      "SecurityRuleConflict",
      `Security rule ${String(clash.properties["name"])} conflicts with rule ${r.text("securityRuleName")}. Rules cannot have the same Priority and Direction.`,
    );
  }
  return siblings.length >= rulesPerGroupMax
    ? invalid(
        "SecurityRuleLimitReached",
        `Network security group cannot have more than ${rulesPerGroupMax} security rules.`,
      )
    : undefined;
}

function samePlace(r: Resource, other: { readonly [key: string]: Json }): boolean {
  return other["priority"] === r.number("priority") && other["direction"] === r.text("direction");
}

const applicationGroup = inGroup("azure-native:network:ApplicationSecurityGroup", {
  armType: "Microsoft.Network/applicationSecurityGroups",
  apiVersion,
  nameInput: "applicationSecurityGroupName",
  charactersMax: 80,
  located: true,
  entry: { outputs: { ...succeeded, ...etag, resourceGuid: (r) => r.uuid("guid") } },
});

/** The entries of network security groups. */
export const securityGroupTypes: readonly TypeEntry[] = [group, rule, applicationGroup];
