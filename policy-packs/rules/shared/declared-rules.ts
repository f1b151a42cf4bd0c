/** Rules of Azure and GCP that stand for the flows of a planned intent: X25 proves those. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { marksOf } from "../../lift/marks.ts";
import { segmentationType } from "./network-plans.ts";

/** The planned group that the resource is, or whose rule it is; undefined where it is elsewhere. */
export function azureGroupOf(resource: PlannedResource, plan: Plan): PlannedResource | undefined {
  if (resource.type === azureRuleTypes.group) return resource;
  const name = resource.inputs.at("networkSecurityGroupName");
  const target = plan.follow(name, azureRuleTypes.group);
  return target.state === "resource" ? target.resource : undefined;
}

/** Whether the group, or the rule's group, stands for a segment of an intent in the plan. */
export function isDeclaredInAzure(resource: PlannedResource, plan: Plan): boolean {
  if (plan.ofType(segmentationType).length === 0) return false;
  const group = azureGroupOf(resource, plan);
  return group !== undefined && marksOf(group)?.segment !== undefined;
}

/** Whether the rule belongs to a policy that stands for a place of an intent in the plan. */
export function isDeclaredInGcp(resource: PlannedResource, plan: Plan): boolean {
  const property = resource.inputs.at("firewallPolicy");
  if (plan.ofType(segmentationType).length === 0 || property.state === "absent") return false;
  const target = plan.follow(property, gcpTypes.policy, gcpTypes.regionPolicy);
  return target.state === "resource" && marksOf(target.resource)?.place !== undefined;
}
