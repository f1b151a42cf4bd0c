/** Closes a network security group in one direction. */
import * as network from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { AzureDenyAllRecord } from "./lower.ts";

/** The rule of the record in the named group. */
export function createDenyAll(
  parent: pulumi.ComponentResource,
  { name, ruleName, direction, priority, description }: AzureDenyAllRecord,
  resourceGroupName: pulumi.Input<string>,
  networkSecurityGroupName: pulumi.Input<string>,
): network.SecurityRule {
  return new network.SecurityRule(
    name,
    {
      resourceGroupName,
      networkSecurityGroupName,
      securityRuleName: ruleName,
      direction,
      access: "Deny",
      priority,
      protocol: "*",
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "*",
      description,
    },
    childOf(parent),
  );
}
