/** Subnets in which gateways of Azure take requests from everybody and hand them on. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { azureGroupOf } from "./declared-rules.ts";
import { refersTo } from "./refers-to.ts";

/** Which property names the subnet of a gateway. */
const fronts: Readonly<Record<string, (inputs: View) => readonly View[]>> = {
  "azure-native:network:ApplicationGateway": (inputs) =>
    inputs
      .at("gatewayIPConfigurations")
      .items()
      .map((configuration) => configuration.at("subnet", "id")),
  "azure-native:apimanagement:ApiManagementService": (inputs) => [
    inputs.at("virtualNetworkConfiguration", "subnetResourceId"),
  ],
  "azure-native:app:ManagedEnvironment": (inputs) => [
    inputs.at("vnetConfiguration", "infrastructureSubnetId"),
  ],
};

/** Whether a gateway stands in each of the subnets that the rule's group guards, of which there is one. */
export function guardsFronts(subject: PlannedResource, plan: Plan): boolean {
  const group = azureGroupOf(subject, plan);
  if (group === undefined) return false;
  const subnets = plan
    .ofType(azureRuleTypes.subnet)
    .filter(({ inputs }) => refersTo(plan, inputs.at("networkSecurityGroup", "id"), group));
  return subnets.length > 0 && subnets.every((subnet) => hasFront(subnet, plan));
}

function hasFront(subnet: PlannedResource, plan: Plan): boolean {
  return plan
    .ofType(...Object.keys(fronts))
    .some(({ type, inputs }) =>
      (fronts[type]?.(inputs) ?? []).some((property) => refersTo(plan, property, subnet)),
    );
}
