/** Pulumi and Terraform AWS providers: both properties of a role replace what stands on it. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { roleType } from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";

const managedPolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
const inlinePolicies = [{ name: "more", policy: "{}" }];

export const AI35: Rule = {
  id: "AI35",
  sentence: "No role has inline policies in itself beside a list of managed ones.",
  why: "Who reviews the managed policies does not see the rest of what the role may do.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-6(7)"],
  fix: "Make a Policy of what stands in inlinePolicies, and attach it like the others.",
  subjects: [roleType],
  needs: "resource",
  check: ({ inputs }, judge) => {
    const inline = inputs.at("inlinePolicies");
    if (isEmpty(inputs.at("managedPolicyArns")) || isEmpty(inline)) return;
    judge.fail(inline, "a right that no list of attached policies shows");
  },
  examples: [
    {
      kind: "violating",
      says: "both",
      expect: "fail",
      resources: alone(roleType, { managedPolicyArns, inlinePolicies }),
      path: "inlinePolicies",
    },
    {
      kind: "clean",
      says: "managed ones only",
      expect: "pass",
      resources: alone(roleType, { managedPolicyArns, inlinePolicies: [] }),
    },
    {
      kind: "unknown",
      says: "the inline ones are not known",
      expect: "unknown",
      resources: alone(roleType, { managedPolicyArns, inlinePolicies: unknownHere }),
      path: "inlinePolicies",
    },
    { kind: "absent", says: "neither", expect: "pass", resources: alone(roleType, {}) },
  ],
};
