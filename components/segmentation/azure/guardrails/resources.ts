/** Creates the network manager of an Azure place from its plan. */
import * as azureNetwork from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AzurePlaceNetwork } from "../../../network/places.ts";
import { childOf } from "../../../shared/providers.ts";
import type { AzureGuardrailsRecord } from "./lower.ts";

/**
 * The manager's scope is the subscription of the network. Rules are deployed last and once: what is
 * configured does nothing before ("Configuration deployments in Azure Virtual Network Manager").
 */
export function createGuardrails(
  parent: pulumi.ComponentResource,
  location: string,
  plan: AzureGuardrailsRecord,
  { resourceGroupName, vnetId }: AzurePlaceNetwork,
): void {
  const manager = new azureNetwork.NetworkManager(
    plan.manager,
    {
      resourceGroupName,
      location,
      networkManagerScopes: { subscriptions: [vnetId.apply(subscriptionOf)] },
      networkManagerScopeAccesses: ["SecurityAdmin"],
    },
    childOf(parent),
  );
  const inManager = { resourceGroupName, networkManagerName: manager.name };
  const group = new azureNetwork.NetworkGroup(plan.group, inManager, childOf(parent));
  const member = new azureNetwork.StaticMember(
    plan.member,
    { ...inManager, networkGroupName: group.name, resourceId: vnetId },
    childOf(parent),
  );
  const configuration = new azureNetwork.SecurityAdminConfiguration(
    plan.configuration,
    inManager,
    childOf(parent),
  );
  const inConfiguration = { ...inManager, configurationName: configuration.name };
  const collection = new azureNetwork.AdminRuleCollection(
    plan.collection,
    { ...inConfiguration, appliesToGroups: [{ networkGroupId: group.id }] },
    childOf(parent),
  );
  const rules = plan.rules.map(
    ({ name, destinationPortRanges, sources, destinations, ...rule }) =>
      new azureNetwork.AdminRule(
        name,
        {
          ...inConfiguration,
          ruleCollectionName: collection.name,
          kind: "Custom",
          direction: "Inbound",
          sourcePortRanges: ["0-65535"],
          destinationPortRanges: [...destinationPortRanges],
          sources: [...sources],
          destinations: [...destinations],
          ...rule,
        },
        childOf(parent),
      ),
  );
  new azureNetwork.Commit(
    plan.commit,
    {
      ...inManager,
      properties: {
        commitType: "SecurityAdmin",
        configurationIds: [configuration.id],
        targetLocations: [location],
        forceUpdateTag: plan.deployed,
      },
    },
    childOf(parent, { dependsOn: [member, ...rules] }),
  );
}

/** `/subscriptions/…/resourceGroups/…`: the first two parts of every id. */
function subscriptionOf(id: string): string {
  return id.split("/").slice(0, 3).join("/");
}
