/** What stands for a segment of a planned intent, as groups and ACLs do: declared flows say who may call. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsGroupOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { marksOf } from "../../lift/marks.ts";
import { groupTypes } from "./group-users.ts";
import { segmentationType } from "./network-plans.ts";

/** Why a rule leaves such a group to another one. */
export const flowsDecide = "the declared flows say who may call this segment (X25)";

/** The planned group that the resource is, or whose rule it is; undefined where it is elsewhere. */
export function groupOf(resource: PlannedResource, plan: Plan): PlannedResource | undefined {
  if (resource.type === awsRuleTypes.group || resource.type === awsRuleTypes.defaultGroup) {
    return resource;
  }
  const target = plan.follow(awsGroupOf(resource), ...groupTypes);
  return target.state === "resource" ? target.resource : undefined;
}

/** Whether the resource stands for a segment of an intent in the plan. */
export function isDeclared(resource: PlannedResource | undefined, plan: Plan): boolean {
  if (resource === undefined || plan.ofType(segmentationType).length === 0) return false;
  return marksOf(resource)?.segment !== undefined;
}
