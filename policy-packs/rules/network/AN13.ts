/** Amazon VPC User Guide, "Security group rules": each group and rule may say what it is for. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { alone } from "../shared/alone.ts";

/** What tools write where a person wrote nothing. */
const fillers = ["", "Managed by Pulumi", "Managed by Terraform"];

const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.1.0.0/16"] };

export const AN13: Rule = {
  id: "AN13",
  sentence: "Every security group and rule says what it is for.",
  why: "A rule of which nobody knows the reason is never taken away, and stays open for whoever comes.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-3", "AC-4"],
  fix: "Write a description: who calls whom, and why.",
  subjects: [awsRuleTypes.group, awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress],
  needs: "resource",
  check: (subject, judge) => {
    if (subject.type === awsRuleTypes.group) says(judge, subject.inputs, "a group");
    for (const { at } of awsRulesOf(subject)) says(judge, at, "a rule");
  },
  examples: [
    {
      kind: "violating",
      says: "an inline rule without a reason",
      expect: "fail",
      resources: alone(awsRuleTypes.group, { description: "The shop", ingress: [web] }),
      path: "ingress[0].description",
    },
    {
      kind: "violating",
      says: "the provider's own words",
      expect: "fail",
      resources: alone(awsRuleTypes.group, { description: "Managed by Pulumi" }),
      path: "description",
    },
    {
      kind: "violating",
      says: "a standalone rule with an empty text",
      expect: "fail",
      resources: alone(awsRuleTypes.ingress, { ipProtocol: "tcp", description: "" }),
      path: "description",
    },
    {
      kind: "clean",
      says: "both say it",
      expect: "pass",
      resources: alone(awsRuleTypes.group, {
        description: "The shop's web tier",
        ingress: [{ ...web, description: "The load balancer hands requests on" }],
      }),
    },
    {
      kind: "unknown",
      says: "the description is not known",
      expect: "unknown",
      resources: alone(awsRuleTypes.egress, { ipProtocol: "tcp", description: unknownHere }),
      path: "description",
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "fail",
      resources: alone(awsRuleTypes.rule, { type: "ingress" }),
      path: "description",
    },
  ],
};

function says(judge: Judge, at: View, what: string): void {
  judge.part(() => {
    const description = at.at("description");
    if (!fillers.includes((description.text() ?? "").trim())) return;
    judge.fail(description, `${what} that outlives its reason`);
  });
}
