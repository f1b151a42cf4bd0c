/**
 * What a VPC's records tell together: who spoke with whom, which names were asked for, and who changed
 * the network. That flows have no log is AN17's to say, once.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { recordExamples, recordTypes } from "../shared/record-examples.ts";
import { quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

export const X22: Rule = {
  id: "X22",
  sentence:
    "A network has a log of looked-up names beside that of flows; a trail in its plan is on.",
  why: "Each record alone leaves a way to work unseen: flows do not tell names, names do not tell bytes, neither tells who changed the network.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  fix: "Plan a ResolverQueryLogConfigAssociation for the VPC, and leave the trail's enableLogging on.",
  subjects: [awsTypes.vpc],
  needs: "plan",
  check: (subject, judge, plan) => {
    const about = (property: string) => (one: PlannedResource) =>
      refersTo(plan, one.inputs.at(property), subject);
    const isOn = ({ inputs }: PlannedResource) => inputs.at("enableLogging").flag() !== false;
    const trails = plan.ofType(recordTypes.trail);
    const answers = [
      { what: "names", ...quietly(judge, plan.ofType(recordTypes.names), about("resourceId")) },
      // A trail belongs to the whole account, and is often another stack's.
      ...(trails.length === 0 ? [] : [{ what: "changes", ...quietly(judge, trails, isOn) }]),
    ];
    const missing = answers.filter(({ is }) => is === "no").map(({ what }) => what);
    if (missing.length > 0) {
      judge.fail({ urn: subject.urn, path: "" }, `${missing.join(", ")} that leave no record`);
    }
    tellDoubts(judge, ...answers.filter(({ is }) => is === "open"));
  },
  examples: recordExamples,
};
