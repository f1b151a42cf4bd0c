/** Azure Virtual Network Manager: groups of networks and rules above all groups' own (Network REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import type { ArmEntry } from "./arm.ts";
import { childrenOf, guid, invalid, member, toResource } from "./common.ts";
import {
  networkDeployment,
  networkManagement,
  networkName,
  networkTokens,
} from "./network-area.ts";
import { isRegion } from "./regions.ts";

/** Priorities of admin rules ("Security admin rules in Azure Virtual Network Manager"). */
const priority = { min: 1, max: 4096 };

const tokens = {
  manager: "azure-native:network:NetworkManager",
  group: "azure-native:network:NetworkGroup",
  configuration: "azure-native:network:SecurityAdminConfiguration",
  collection: "azure-native:network:AdminRuleCollection",
  connectivity: "azure-native:network:ConnectivityConfiguration",
};

const inManager = { input: "networkManagerName", token: tokens.manager };
const inConfiguration = { input: "configurationName", token: tokens.configuration };

const manager = networkManagement("NetworkManager", "networkManagers", {
  name: networkName("networkManagerName", 64),
  location: "fixed",
  outputs: { ...guid, networkManagerScopeAccesses: [] },
  admit: (r) => {
    const scopes = ["subscriptions", "managementGroups"];
    return scopes.every((kind) => r.list(`networkManagerScopes.${kind}`).length === 0)
      ? invalid(
          "InvalidRequestFormat",
          `Cannot parse the request: ${r.id} needs a subscription or a management group in its scope.`,
        )
      : undefined;
  },
});

const group = networkManagement("NetworkGroup", "networkManagers/networkGroups", {
  name: networkName("networkGroupName", 64),
  parents: [inManager],
  outputs: { ...guid, memberType: "VirtualNetwork" },
  inUse: {
    code: "NetworkGroupInUse",
    says: "Network group {id} cannot be deleted because it is in use by {value}.",
  },
});

const staticMember = networkManagement(
  "StaticMember",
  "networkManagers/networkGroups/staticMembers",
  {
    name: networkName("staticMemberName"),
    parents: [inManager, { input: "networkGroupName", token: tokens.group }],
    outputs: { region: (r) => r.target("resourceId")?.properties["location"] },
    references: [
      {
        ...toResource("resourceId", [networkTokens.network, networkTokens.subnet]),
        within: "world",
        holds: false,
        cascades: true,
      },
    ],
  },
);

const configuration = networkManagement(
  "SecurityAdminConfiguration",
  "networkManagers/securityAdminConfigurations",
  {
    name: networkName("configurationName", 64),
    parents: [inManager],
    outputs: { ...guid, networkGroupAddressSpaceAggregationOption: "None" },
  },
);

const collection = networkManagement(
  "AdminRuleCollection",
  "networkManagers/securityAdminConfigurations/ruleCollections",
  {
    name: networkName("ruleCollectionName", 64),
    parents: [inManager, inConfiguration],
    outputs: { ...guid },
    references: [toResource("appliesToGroups[*].networkGroupId", tokens.group)],
  },
);

const rule = networkManagement(
  "AdminRule",
  "networkManagers/securityAdminConfigurations/ruleCollections/rules",
  {
    name: networkName("ruleName", 64),
    parents: [
      inManager,
      inConfiguration,
      { input: "ruleCollectionName", token: tokens.collection },
    ],
    // The SDK adds it to every admin rule; it tells apart rules of one's own and the service's.
    defaults: { kind: "Custom" },
    check: (r) => [
      ...member(r, "access", ["Allow", "Deny", "AlwaysAllow"]),
      ...member(r, "direction", ["Inbound", "Outbound"]),
      ...member(r, "protocol", ["Tcp", "Udp", "Icmp", "Esp", "Any", "Ah"]),
    ],
    outputs: {
      ...guid,
      destinationPortRanges: ["0-65535"],
      sourcePortRanges: ["0-65535"],
      destinations: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
      sources: [{ addressPrefix: "*", addressPrefixType: "IPPrefix" }],
    },
    admit: refuseRule,
  },
);

function refuseRule(r: Resource): ServiceError | undefined {
  const order = r.number("priority");
  if (order < priority.min || order > priority.max) {
    return invalid(
      "InvalidRequestFormat",
      `Cannot parse the request: priority ${order} of ${r.id} is outside ${priority.min} to ${priority.max}.`,
    );
  }
  const owner = r.target("ruleCollectionName")?.id ?? "";
  const twin = childrenOf(r, r.token, owner).find(
    ({ id, properties }) =>
      id !== r.id &&
      properties["priority"] === order &&
      properties["direction"] === r.text("direction"),
  );
  return twin === undefined
    ? undefined
    : invalid(
        "AdminRulePriorityConflict",
        `Admin rules ${twin.id} and ${r.id} have the same priority and direction.`,
      );
}

const connectivity = networkManagement(
  "ConnectivityConfiguration",
  "networkManagers/connectivityConfigurations",
  {
    name: networkName("configurationName", 64),
    parents: [inManager],
    check: (r) => member(r, "connectivityTopology", ["HubAndSpoke", "Mesh"]),
    outputs: { ...guid, deleteExistingPeering: "False", isGlobal: "False", hubs: [] },
    references: [
      toResource("appliesToGroups[*].networkGroupId", tokens.group),
      toResource("hubs[*].resourceId", networkTokens.network),
    ],
  },
);

/** What is configured has an effect where it is deployed ("Configuration deployments"). */
const commit = networkDeployment("Commit", "networkManagers/commits", {
  name: networkName("commitName", 64),
  parents: [inManager],
  check: (r) =>
    member(r, "properties.commitType", [
      "SecurityAdmin",
      "Connectivity",
      "SecurityUser",
      "Routing",
    ]),
  outputs: {
    "properties.provisioningState": "Succeeded",
    "properties.resourceGuid": (r) => r.uuid("guid"),
    "properties.activeLocations": (r) => r.list("properties.targetLocations"),
  },
  references: [
    toResource("properties.configurationIds[*]", [tokens.configuration, tokens.connectivity]),
  ],
  admit: (r) => {
    const strange = r
      .list("properties.targetLocations")
      .map(String)
      .find((one) => !isRegion(one));
    return strange === undefined
      ? undefined
      : invalid("InvalidRequestFormat", `Cannot parse the request: ${strange} is no region.`);
  },
});

/** The entries of the network manager. */
export const networkManagerTypes: readonly ArmEntry[] = [
  manager,
  group,
  staticMember,
  configuration,
  collection,
  rule,
  connectivity,
  commit,
];
