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
      for (const rule of rules instanceof Undecided ? [] : rules) addTo(found, key, rule);
    }
    return found;
  },
);
