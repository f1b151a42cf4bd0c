/** What a VPC's records tell together: who spoke with whom, and which names were asked for. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { recordExamples, recordTypes } from "../shared/record-examples.ts";
import { quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

export const X22: Rule = {
  id: "X22",
  sentence: "A network has logs of flows and of looked-up names; a trail in its plan is on.",
  why: "Each record alone leaves a way to work unseen: flows do not tell names, names do not tell bytes, neither tells who changed the network.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  fix: "Plan for the VPC a FlowLog and a ResolverQueryLogConfigAssociation, and leave the trail's enableLogging on.",
  subjects: [awsTypes.vpc],
  needs: "plan",
  check: (subject, judge, plan) => {
    requireOne(subject, judge, plan, recordTypes.flows, "vpcId", "a connection");
    requireOne(subject, judge, plan, recordTypes.names, "resourceId", "a looked-up name");
    // A trail belongs to the whole account, and is often another stack's.
    const trails = plan.ofType(recordTypes.trail);
    const isOn = ({ inputs }: PlannedResource) => inputs.at("enableLogging").flag() !== false;
    const some = quietly(judge, trails, isOn);
    if (trails.length > 0 && some.is === "no") fail(subject, judge, "a change of the network");
    if (some.is === "open") tellDoubts(judge, some);
  },
  examples: recordExamples,
};

function requireOne(
  subject: PlannedResource,
  judge: Judge,
  plan: Plan,
  type: string,
  property: string,
  what: string,
): void {
  const records = ({ inputs }: PlannedResource) => refersTo(plan, inputs.at(property), subject);
  const some = quietly(judge, plan.ofType(type), records);
  if (some.is === "no") fail(subject, judge, what);
  if (some.is === "open") tellDoubts(judge, some);
}

function fail({ urn }: PlannedResource, judge: Judge, what: string): void {
  judge.fail({ urn, path: "" }, `${what} that leaves no record`);
}
