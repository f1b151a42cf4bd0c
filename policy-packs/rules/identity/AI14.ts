/** IAM Identity Center User Guide, "Permission sets": apply least-privilege permissions. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { isAdministration } from "../shared/managed-policies.ts";
import { allowsEverything, statementsOf } from "../shared/policy-document.ts";

const managed = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
const inline = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
const document = (Action: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

export const AI14: Rule = {
  id: "AI14",
  sentence: "No permission set is administrator of everything.",
  why: "A permission set goes to accounts by the dozen: one stolen sign-in owns all of them.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(5)"],
  fix: "Give the permission set what the job needs, and administrators a set of their own for one account.",
  subjects: [managed, inline],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    if (type === managed) {
      const policy = inputs.at("managedPolicyArn");
      const name = isAdministration(policy.text() ?? "");
      if (name !== undefined) judge.fail(policy, `iam:CreateUser in every account, by ${name}`);
      return;
    }
    for (const statement of statementsOf(inputs.at("inlinePolicy"))) {
      judge.part(() => {
        if (allowsEverything(statement)) judge.fail(statement, "iam:CreateUser in every account");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "AdministratorAccess",
      expect: "fail",
      resources: alone(managed, {
        managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
      path: "managedPolicyArn",
    },
    {
      kind: "violating",
      says: "everything, inline",
      expect: "fail",
      resources: alone(inline, { inlinePolicy: document("*") }),
      path: "inlinePolicy.Statement[0]",
    },
    {
      kind: "clean",
      says: "reading",
      expect: "pass",
      resources: alone(managed, { managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    },
    {
      kind: "clean",
      says: "one service, inline",
      expect: "pass",
      resources: alone(inline, { inlinePolicy: document("s3:*") }),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(managed, { managedPolicyArn: unknownHere }),
      path: "managedPolicyArn",
    },
    { kind: "absent", says: "no policy", expect: "pass", resources: alone(managed, {}) },
  ],
};
