/** Creates the rules of an Azure place from its plan. */
import * as azureNetwork from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { createDenyAll } from "../../network/azure/deny-all.ts";
import { denyAll } from "../../network/azure/lower.ts";
import type { AzurePlaceNetwork } from "../../network/places.ts";
import { mustGet, mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AzureMembership } from "../places.ts";
import { createGuardrails } from "./guardrails/resources.ts";
import type { AzurePeers, AzureRuleRecord, AzureSegmentationPlan } from "./lower.ts";

/** Groups that Bulkhead did not make are closed first: nobody knows how they were born. */
export function createAzureSegmentation(
  parent: pulumi.ComponentResource,
  plan: AzureSegmentationPlan,
  network: AzurePlaceNetwork,
  base: string,
): AzureMembership {
  const { resourceGroupName } = network;
  if (!network.owned) {
    for (const [segment, nsgName] of Object.entries(network.nsgNames)) {
      for (const deny of denyAll(`${base}-${segment}`)) {
        createDenyAll(parent, deny, resourceGroupName, nsgName);
      }
    }
  }
  const groups = new Map(
    plan.groups.map(({ name, segment, tags }) => [
      segment,
      new azureNetwork.ApplicationSecurityGroup(
        name,
        { resourceGroupName, location: plan.location, tags },
        childOf(parent),
      ),
    ]),
  );
  for (const record of plan.rules) {
    new azureNetwork.SecurityRule(
      record.name,
      {
        resourceGroupName,
        networkSecurityGroupName: mustHave(network.nsgNames, record.segment),
        securityRuleName: record.ruleName,
        direction: record.direction,
        access: "Allow",
        priority: record.priority,
        protocol: record.protocol,
        sourcePortRange: "*",
        destinationPortRange: record.destinationPortRange,
        ...sides(record, groups),
        description: record.description,
      },
      childOf(parent),
    );
  }
  if (plan.guardrails !== undefined) {
    createGuardrails(parent, plan.location, plan.guardrails, network);
  }
  return {
    cloud: "azure",
    groupIds: Object.fromEntries([...groups].map(([segment, group]) => [segment, group.id])),
  };
}

type Groups = ReadonlyMap<string, azureNetwork.ApplicationSecurityGroup>;

/** The other side is the source of what comes in and the destination of what goes out. */
function sides({ direction, segment, peers, membersOnly }: AzureRuleRecord, groups: Groups) {
  const own: AzurePeers = membersOnly ? { segment } : "*";
  const [source, destination] = direction === "Inbound" ? [peers, own] : [own, peers];
  return {
    ...(source === "*"
      ? { sourceAddressPrefix: "*" }
      : "segment" in source
        ? { sourceApplicationSecurityGroups: [{ id: mustGet(groups, source.segment).id }] }
        : { sourceAddressPrefixes: [...source.prefixes] }),
    ...(destination === "*"
      ? { destinationAddressPrefix: "*" }
      : "segment" in destination
        ? {
            destinationApplicationSecurityGroups: [{ id: mustGet(groups, destination.segment).id }],
          }
        : { destinationAddressPrefixes: [...destination.prefixes] }),
  };
}
