/** A VPC's default security group is what machines get that name no group. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { cis, iso } from "../shared/benchmarks.ts";

export const AN10: Rule = {
  id: "AN10",
  sentence: "A VPC's default security group carries no rules.",
  why: "A machine started without a group gets the default one, and with it paths that nobody declared.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Give the default group empty lists of ingress and egress rules, and machines a group of their segment.",
  frameworks: [
    cis("cis-aws-3.0.0", "5.4"),
    iso("aws", "A.8.20", "ec2_securitygroup_default_restrict_traffic"),
    iso("aws", "A.8.22", "ec2_securitygroup_default_restrict_traffic"),
  ],
  // What carries no other group loses its paths.
  remedy: {
    kind: "opt-in",
    edits: ({ inputs }) =>
      ["ingress", "egress"]
        .filter((key) => inputs.at(key).items().length > 0)
        .map((key) => ({ path: [key], value: [] })),
  },
  subjects: [awsRuleTypes.defaultGroup],
  needs: "resource",
  check: (subject, judge) => {
    for (const { at } of awsRulesOf(subject)) {
      if (at.state === "unknown") judge.open(at);
      else judge.fail(at, "whatever stands in the VPC without a group of its own gets this rule");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "the rule that AWS itself puts there",
      expect: "fail",
      resources: [group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] })],
      path: "ingress[0]",
    },
    {
      kind: "clean",
      says: "empty lists",
      expect: "pass",
      resources: [group({ ingress: [], egress: [] })],
    },
    {
      kind: "unknown",
      says: "the rules are not known",
      expect: "unknown",
      resources: [group({ ingress: unknownHere })],
      path: "ingress",
    },
    {
      kind: "absent",
      says: "no lists: the provider removes all rules",
      expect: "pass",
      resources: [group({})],
    },
  ],
};

function group(props: { [key: string]: string | { [key: string]: string | number | boolean }[] }) {
  return { type: awsRuleTypes.defaultGroup, name: "default", props };
}
