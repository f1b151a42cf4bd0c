/** Groups of Azure open to everybody, before gateways, in segments and elsewhere. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import type { Props } from "./alone.ts";
import { referring } from "./log-stores.ts";
import { azurePlan } from "./network-plans.ts";

/** An allow from everywhere, inbound unless told otherwise. */
export function allowAll(props: Props): Props {
  return {
    direction: "Inbound",
    access: "Allow",
    priority: 100,
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
    ...props,
  };
}

/** A group with these rules. */
export function azureGroupOfRules(...securityRules: Props[]): ExampleResource {
  return { type: azureRuleTypes.group, name: "group", props: { securityRules } };
}

/** The group on a subnet in which a gateway stands. */
export function beforeGateway(...rules: Props[]): Example["resources"] {
  const subnet = referring(azureRuleTypes.subnet, "subnet", "networkSecurityGroup", "group");
  const gateway: ExampleResource = {
    type: "azure-native:network:ApplicationGateway",
    name: "gateway",
    props: { gatewayIPConfigurations: [{ subnet: { id: unknownHere } }] },
    dependsOn: { gatewayIPConfigurations: ["subnet"] },
  };
  return [azureGroupOfRules(...rules), subnet, gateway];
}

/** The declared plan with the rule of a name in front. */
export function declaredRule(
  name: string,
  plan: readonly ExampleResource[] = azurePlan(),
): Example["resources"] {
  const rule = plan.find((resource) => resource.name === name);
  if (rule === undefined) throw new Error(`the plan has no ${name}`);
  return [rule, ...plan.filter((resource) => resource !== rule)];
}
