/** Azure Firewall, its policies, and bastions (Network REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, nested } from "./arm.ts";
import {
  childrenOf,
  eachOf,
  invalid,
  nameOf,
  refuseChange,
  textsIn,
  toResource,
} from "./common.ts";
import { network, networkName, networkTokens } from "./network-area.ts";

/** Priorities of rule collection groups and collections ("Azure Firewall policy rule sets"). */
const priority = { min: 100, max: 65_000 };

const ipGroupToken = "azure-native:network:IpGroup";

const firewall = network("AzureFirewall", "azureFirewalls", {
  name: networkName("azureFirewallName", 56),
  location: "fixed",
  outputs: {
    ...nested("sku", { name: "AZFW_VNet", tier: "Standard" }),
    threatIntelMode: "Alert",
    additionalProperties: {},
    applicationRuleCollections: [],
    natRuleCollections: [],
    networkRuleCollections: [],
    ipConfigurations: [],
  },
  normalised: {
    ipConfigurations: (r, given) =>
      eachOf(given, (item, i) => ({
        ...(i === 0 ? { privateIPAddress: `10.255.${Number.parseInt(r.hex("ip", 2), 16)}.4` } : {}),
        ...item,
        id: `${r.id}/azureFirewallIpConfigurations/${String(item["name"])}`,
        etag: `W/"${r.uuid(r.content())}"`,
        privateIPAllocationMethod: "Dynamic",
        provisioningState: "Succeeded",
        type: "Microsoft.Network/azureFirewalls/azureFirewallIpConfigurations",
      })),
  },
  references: [
    toResource("ipConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("ipConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
    toResource("managementIpConfiguration.subnet.id", networkTokens.subnet),
    toResource("managementIpConfiguration.publicIPAddress.id", networkTokens.publicAddress),
    toResource("firewallPolicy.id", networkTokens.firewallPolicy),
    toResource("virtualHub.id", "azure-native:network:VirtualHub"),
  ],
  admit: (r) => refuseSubnetName(r, "ipConfigurations[*].subnet.id", "AzureFirewallSubnet"),
});

/** Some services take only the subnet that has their name. */
export function refuseSubnetName(
  r: Resource,
  path: string,
  name: string,
): ServiceError | undefined {
  const other = textsIn(r.every(path)).find((id) => nameOf(id) !== name);
  return other === undefined
    ? undefined
    : invalid(
        "InvalidRequestFormat",
        `Cannot parse the request: subnet ${other} of ${r.id} must have the name '${name}'.`,
      );
}

const policy = network("FirewallPolicy", "firewallPolicies", {
  name: networkName("firewallPolicyName"),
  location: "fixed",
  acts: true,
  outputs: {
    ...nested("sku", { tier: "Standard" }),
    threatIntelMode: "Alert",
    childPolicies: [],
    firewalls: [],
    ruleCollectionGroups: [],
  },
  references: [toResource("basePolicy.id", networkTokens.firewallPolicy)],
  admit: (r) =>
    r.given("intrusionDetection") !== undefined && r.text("sku.tier", "Standard") !== "Premium"
      ? invalid(
          "FirewallPolicyIDPSNotSupportedInStandard",
          `Intrusion detection of ${r.id} needs the Premium tier.`,
        )
      : undefined,
  inUse: {
    code: "FirewallPolicyInUse",
    says: "Firewall policy {id} cannot be deleted because it is in use by {value}.",
  },
});

const collectionGroup = network(
  "FirewallPolicyRuleCollectionGroup",
  "firewallPolicies/ruleCollectionGroups",
  {
    name: networkName("ruleCollectionGroupName"),
    parents: [{ input: "firewallPolicyName", token: networkTokens.firewallPolicy }],
    outputs: { ruleCollections: [], size: "0.1 MB" },
    references: [
      toResource("ruleCollections[*].rules[*].sourceIpGroups[*]", ipGroupToken),
      toResource("ruleCollections[*].rules[*].destinationIpGroups[*]", ipGroupToken),
    ],
    admit: (r) => refusePriorities(r) ?? refuseSamePlace(r),
  },
);

function refusePriorities(r: Resource): ServiceError | undefined {
  const all = [r.given("priority"), ...r.every("ruleCollections[*].priority")];
  const bad = all.find(
    (one) => typeof one === "number" && (one < priority.min || one > priority.max),
  );
  if (bad !== undefined) {
    return invalid(
      "FirewallPolicyRuleCollectionGroupInvalidPriority",
      `Invalid priority ${String(bad)} in ${r.id}: allowed are ${priority.min} to ${priority.max}.`,
    );
  }
  const inner = r.every("ruleCollections[*].priority");
  return new Set(inner).size === inner.length
    ? undefined
    : invalid(
        "FirewallPolicyRuleCollectionPriorityNotUnique",
        `Rule collections of ${r.id} must have different priorities.`,
      );
}

function refuseSamePlace(r: Resource): ServiceError | undefined {
  const owner = r.target("firewallPolicyName")?.id ?? "";
  const same = childrenOf(r, r.token, owner).find(
    ({ id, properties }) => id !== r.id && properties["priority"] === r.given("priority"),
  );
  return same === undefined
    ? undefined
    : invalid(
        "FirewallPolicyRuleCollectionGroupPriorityConflict",
        `Rule collection groups ${same.id} and ${r.id} have the same priority.`,
      );
}

const ipGroup = network("IpGroup", "ipGroups", {
  name: networkName("ipGroupsName"),
  location: "fixed",
  outputs: { ipAddresses: [], firewallPolicies: [], firewalls: [] },
  inUse: {
    code: "IpGroupInUse",
    says: "IP group {id} cannot be deleted because it is in use by {value}.",
  },
});

const bastion = network("BastionHost", "bastionHosts", {
  name: networkName("bastionHostName"),
  location: "fixed",
  outputs: {
    ...nested("sku", { name: "Standard" }),
    scaleUnits: 2,
    dnsName: (r) => `bst-${r.uuid("dns")}.bastion.azure.com`,
    disableCopyPaste: false,
  },
  references: [
    toResource("ipConfigurations[*].subnet.id", networkTokens.subnet),
    toResource("ipConfigurations[*].publicIPAddress.id", networkTokens.publicAddress),
    toResource("virtualNetwork.id", networkTokens.network),
  ],
  admit: (r) =>
    refuseSubnetName(r, "ipConfigurations[*].subnet.id", "AzureBastionSubnet") ??
    refuseChange(r, ["zones"], () =>
      invalid(
        "ResourceAvailabilityZonesCannotBeModified",
        `Resource ${r.id} has an existing availability zone constraint and it cannot be modified.`,
      ),
    ),
});

/** The entries of firewalls and bastions. */
export const firewallTypes: readonly ArmEntry[] = [
  firewall,
  policy,
  collectionGroup,
  ipGroup,
  bastion,
];
