/** All planned rules of a network security group. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import type { WrittenRule } from "../../lift/edge-rule.ts";
import { referrers, referrersOf } from "./referrers.ts";

const standalone = referrers({
  from: [azureRuleTypes.rule],
  to: [azureRuleTypes.group],
  by: (inputs) => [inputs.at("networkSecurityGroupName")],
});

/** Inline and standalone. Throws `Undecided` where a rule may or may not be the group's. */
export function rulesInGroup(group: PlannedResource, plan: Plan): WrittenRule[] {
  return [group, ...referrersOf(standalone(plan), group)].flatMap(azureRulesOf);
}
