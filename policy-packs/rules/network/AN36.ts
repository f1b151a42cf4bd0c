/** Amazon VPC User Guide, "Default security groups": AWS lets members call each other and everybody. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes, vpcTypes } from "../../lift/aws/types.ts";
import { awsGroupOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { cis } from "../shared/benchmarks.ts";
import { defaultGroupExamples } from "../shared/default-group-examples.ts";
import { groupTypes } from "../shared/group-users.ts";
import { refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const { defaultGroup } = awsRuleTypes;

export const AN36: Rule = {
  id: "AN36",
  sentence: "A VPC's default security group is emptied, and no rule is added to it.",
  why: "Until a program takes the group over, whatever starts without a group calls everybody and is called by its like.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4", "CM-6"],
  frameworks: [cis("cis-aws-3.0.0", "5.4")],
  fix: "Plan a DefaultSecurityGroup with the VPC's id and no rules; give rules to a group of their segment.",
  subjects: [awsTypes.vpc, awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === awsTypes.vpc) {
      const adopts = ({ inputs }: PlannedResource) => refersTo(plan, inputs.at("vpcId"), subject);
      if (someOf(judge, plan.ofType(defaultGroup), adopts) === "no") {
        judge.fail(
          { urn: subject.urn, path: "" },
          "a packet to anybody from a machine that was started without a group",
        );
      }
      return;
    }
    // The id of a VPC's default group is also an output of the VPC.
    const group = awsGroupOf(subject);
    const target = plan.follow(group, ...groupTypes, ...vpcTypes);
    if (target.state !== "resource" || target.resource.type === awsRuleTypes.group) return;
    judge.fail(group, "whatever stands in the VPC without a group of its own gets this rule");
  },
  examples: defaultGroupExamples,
};
