/** All planned rules of a network security group. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { azureRulesOf, azureRuleTypes } from "../../lift/azure-rules.ts";
import type { WrittenRule } from "../../lift/edge-rule.ts";
import type { Relation } from "./refers-to.ts";
import { sureReferrersOf } from "./refers-to.ts";

const standalone: Relation = {
  from: [azureRuleTypes.rule],
  to: [azureRuleTypes.group],
  properties: ({ inputs }) => [inputs.at("networkSecurityGroupName")],
};

/** Inline and standalone. Throws `Undecided` where a rule may or may not be the group's. */
export function rulesInGroup(group: PlannedResource, plan: Plan): WrittenRule[] {
  return [group, ...sureReferrersOf(plan, group, standalone)].flatMap(azureRulesOf);
}
