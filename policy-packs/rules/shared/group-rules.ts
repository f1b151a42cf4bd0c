/** The rules of planned security groups, wherever they are written. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { AwsWrittenRule } from "../../lift/aws-rules.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { settle } from "../../lift/uncertain.ts";
import { groupOf } from "./declared-segment.ts";
import { addTo, perPlan } from "./per-plan.ts";

/** Rules by group; those whose group is not known yet stand under undefined. */
export const rulesByGroup = perPlan(
  (plan: Plan): ReadonlyMap<PlannedResource | undefined, readonly AwsWrittenRule[]> => {
    const found = new Map<PlannedResource | undefined, AwsWrittenRule[]>();
    for (const resource of plan.ofType(...Object.values(awsRuleTypes))) {
      const group = settle(() => groupOf(resource, plan));
      // A group outside the plan is nobody's here.
      if (group === undefined) continue;
      const key = group instanceof Undecided ? undefined : group;
      const rules = settle(() => awsRulesOf(resource));
      const all = rules instanceof Undecided ? [undecidedRule(resource, rules)] : rules;
      for (const rule of all) addTo(found, key, rule);
    }
    return found;
  },
);

/** A rule of which nobody can tell what it says. */
function undecidedRule({ inputs }: PlannedResource, why: Undecided): AwsWrittenRule {
  const tell = () => {
    throw why;
  };
  return { at: inputs, read: tell, direction: tell, selectors: tell, peers: tell };
}
