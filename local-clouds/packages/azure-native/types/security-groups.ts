/** Network security groups and their rules (Network REST API; "Network security groups" overview). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import {
  childrenOf,
  eachOf,
  guid,
  invalid,
  member,
  nameOf,
  objectOf,
  toResource,
} from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";
import { type Rule, refuseRule, ruleOf } from "./security-rule.ts";

/** Rules of a group, by the service's usual limit. */
const rulesPerGroupMax = 1000;

const group = network("NetworkSecurityGroup", "networkSecurityGroups", {
  name: networkName("networkSecurityGroupName"),
  location: "fixed",
  check: (r) => memberFaults(r, "securityRules[*]."),
  outputs: {
    ...guid,
    flushConnection: false,
    securityRules: [],
    defaultSecurityRules: (r) =>
      defaultRules.map((rule) => ({
        ...rule,
        id: `${r.id}/defaultSecurityRules/${String(rule["name"])}`,
        type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
      })),
  },
  normalised: {
    securityRules: (r, given) =>
      eachOf(given, (rule) => ({
        ...rule,
        id: `${r.id}/securityRules/${String(rule["name"])}`,
        etag: `W/"${r.uuid(r.content())}"`,
        provisioningState: "Succeeded",
        type: "Microsoft.Network/networkSecurityGroups/securityRules",
      })),
  },
  references: groupReferences("securityRules[*]."),
  admit: (r) => {
    const rules = r.list("securityRules").map((rule) => ruleOf(objectOf(rule)));
    const bad = rules.map((rule, i) => refuseRule(rule, rules.slice(0, i)));
    return bad.find((error) => error !== undefined) ?? tooMany(rules.length);
  },
  inUse: {
    code: "InUseNetworkSecurityGroupCannotBeDeleted",
    says: "Network security group {id} cannot be deleted because it is in use by the following resources: {value}. In order to delete the Network security group, remove the association with the resource(s).",
  },
});

function memberFaults(r: Resource, at: string) {
  return [
    ...member(r, `${at}access`, ["Allow", "Deny"]),
    ...member(r, `${at}direction`, ["Inbound", "Outbound"]),
    ...member(r, `${at}protocol`, ["Tcp", "Udp", "Icmp", "Esp", "Ah", "*"]),
  ];
}

function groupReferences(at: string) {
  return ["source", "destination"].map((side) =>
    toResource(`${at}${side}ApplicationSecurityGroups[*].id`, networkTokens.applicationGroup),
  );
}

function tooMany(count: number): ServiceError | undefined {
  return count <= rulesPerGroupMax
    ? undefined
    : invalid(
        "SecurityRuleLimitReached",
        `Network security group cannot have more than ${rulesPerGroupMax} security rules.`,
      );
}

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

const rule = network("SecurityRule", "networkSecurityGroups/securityRules", {
  name: networkName("securityRuleName"),
  parents: [{ input: "networkSecurityGroupName", token: networkTokens.securityGroup }],
  check: (r) => memberFaults(r, ""),
  references: groupReferences(""),
  admit: (r) => {
    const own = ruleOf({ ...inputsOf(r), name: r.text("securityRuleName") });
    const beside = siblings(r).filter(({ name }) => name !== own.name);
    return refuseRule(own, beside) ?? tooMany(beside.length + 1);
  },
});

function inputsOf(r: Resource): JsonObject {
  const sides = ["source", "destination"].flatMap((side) =>
    [
      "AddressPrefix",
      "AddressPrefixes",
      "ApplicationSecurityGroups",
      "PortRange",
      "PortRanges",
    ].map((part) => side + part),
  );
  return Object.fromEntries(
    ["direction", "priority", ...sides].map((key) => [key, r.given(key) ?? null]),
  );
}

/** The other rules of the group, those written inside it included. */
function siblings(r: Resource): Rule[] {
  const owner = r.target("networkSecurityGroupName");
  const inline = eachOf(owner?.properties["securityRules"], (one) => one);
  const own = childrenOf(r, networkTokens.securityRule, owner?.id ?? "");
  return [
    ...inline.map((one) => ruleOf(one)),
    ...own.map(({ id, properties }) => ruleOf({ ...properties, name: nameOf(id) })),
  ];
}

const applicationGroup = network("ApplicationSecurityGroup", "applicationSecurityGroups", {
  name: networkName("applicationSecurityGroupName"),
  location: "fixed",
  outputs: { ...guid },
  inUse: {
    code: "InUseApplicationSecurityGroupCannotBeDeleted",
    says: "Application security group {id} cannot be deleted because it is in use by {value}.",
  },
});

/** The entries of network security groups. */
export const securityGroupTypes: readonly ArmEntry[] = [group, rule, applicationGroup];
