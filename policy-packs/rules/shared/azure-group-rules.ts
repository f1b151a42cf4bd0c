/** All planned rules of a network security group. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import type { WrittenRule } from "../../lift/edge-rule.ts";
import { refersTo } from "./refers-to.ts";

/** Inline and standalone. Throws `Undecided` where a rule may or may not be the group's. */
export function rulesInGroup(group: PlannedResource, plan: Plan): WrittenRule[] {
  const standalone = plan
    .ofType(azureRuleTypes.rule)
    .filter(({ inputs }) => refersTo(plan, inputs.at("networkSecurityGroupName"), group));
  return [group, ...standalone].flatMap(azureRulesOf);
}
