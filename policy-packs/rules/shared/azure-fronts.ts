/** Subnets in which gateways of Azure take requests from everybody and hand them on. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import { azureGroupOf } from "./declared-rules.ts";
import type { Relation } from "./refers-to.ts";
import { sureReferrersOf } from "./refers-to.ts";

const guarded: Relation = {
  from: [azureTypes.subnet],
  to: [azureTypes.securityGroup],
  properties: ({ inputs }) => [inputs.at("networkSecurityGroup", "id")],
};

const fronts: Relation = {
  from: [
    azureTypes.applicationGateway,
    "azure-native:apimanagement:ApiManagementService",
    "azure-native:app:ManagedEnvironment",
  ],
  to: [azureTypes.subnet],
  properties: subnetsOf,
};

/** What the gateways name where another one has nothing is absent, and leads nowhere. */
function subnetsOf({ inputs }: PlannedResource): readonly View[] {
  return [
    ...entriesOf(inputs.at("gatewayIPConfigurations")).map((one) => one.at("subnet", "id")),
    inputs.at("virtualNetworkConfiguration", "subnetResourceId"),
    inputs.at("vnetConfiguration", "infrastructureSubnetId"),
  ];
}

/** Whether a gateway stands in each of the subnets that the rule's group guards, of which there is one. */
export function guardsFronts(subject: PlannedResource, plan: Plan): boolean {
  const group = azureGroupOf(subject, plan);
  if (group === undefined) return false;
  const subnets = sureReferrersOf(plan, group, guarded);
  return (
    subnets.length > 0 &&
    subnets.every((subnet) => sureReferrersOf(plan, subnet, fronts).length > 0)
  );
}
