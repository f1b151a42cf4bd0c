/** Creates the rules of an Azure place from its plan. */
import * as azureNetwork from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { createDenyAll } from "../../network/azure/deny-all.ts";
import { denyAll } from "../../network/azure/lower.ts";
import type { AzurePlaceNetwork } from "../../network/places.ts";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AzureMembership } from "../places.ts";
import type { AzureRuleRecord, AzureSegmentationPlan } from "./lower.ts";

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
        ...addresses(record),
        description: record.description,
      },
      childOf(parent),
    );
  }
  return { cloud: "azure" };
}

/** The other side is the source of what comes in and the destination of what goes out. */
function addresses({ direction, peers }: AzureRuleRecord) {
  const list = peers === "*" ? undefined : [...peers];
  if (direction === "Inbound") {
    const source =
      list === undefined ? { sourceAddressPrefix: "*" } : { sourceAddressPrefixes: list };
    return { ...source, destinationAddressPrefix: "*" };
  }
  const destination =
    list === undefined ? { destinationAddressPrefix: "*" } : { destinationAddressPrefixes: list };
  return { sourceAddressPrefix: "*", ...destination };
}
