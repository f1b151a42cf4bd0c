/** IAM User Guide, "AWS JSON policy elements: Principal": `*` in a trust policy is every account. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { roleType } from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";
import { judgeStrangers, openTo } from "../shared/resource-policies.ts";

export const AI27: Rule = {
  id: "AI27",
  sentence: "No role trusts everybody.",
  why: "Any account in the world becomes the role by one call, and nothing has to be stolen for it.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6", "IA-8"],
  fix: "Name the account, service or role in Principal, or ask for aws:PrincipalOrgID.",
  subjects: [roleType],
  needs: "resource",
  check: (subject, judge) => judgeStrangers(subject.inputs.at("assumeRolePolicy"), judge),
  examples: [
    {
      kind: "violating",
      says: "every account",
      expect: "fail",
      resources: role({ Principal: { AWS: "*" } }),
      path: "assumeRolePolicy",
      witness: "anybody's account",
    },
    {
      kind: "violating",
      says: "everybody who knows a word, which is no secret",
      expect: "fail",
      resources: role({ Condition: { StringEquals: { "sts:ExternalId": "acme" } } }),
    },
    {
      kind: "clean",
      says: "the accounts of the organisation",
      expect: "pass",
      resources: role({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-acme12345" } } }),
    },
    {
      kind: "clean",
      says: "one account",
      expect: "pass",
      resources: role({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(roleType, { assumeRolePolicy: unknownHere }),
      path: "assumeRolePolicy",
    },
    { kind: "absent", says: "no policy", expect: "pass", resources: alone(roleType, {}) },
  ],
};

function role(statement: Parameters<typeof openTo>[1]) {
  return alone(roleType, { assumeRolePolicy: openTo("sts:AssumeRole", statement) });
}
