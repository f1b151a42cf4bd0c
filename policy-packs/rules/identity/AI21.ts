/**
 * Rhino Security Labs, "AWS IAM Privilege Escalation – Methods and Mitigation", and its successors:
 * sets of actions by which an identity gives itself more rights. A document is read as a whole.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { permissionDocuments, permissionTypes, statementsOf } from "../shared/policy-document.ts";
import { allowed, isNarrowed, isWide } from "../shared/statement-rule.ts";

const pass = "iam:PassRole";

/** Each is enough where all of it is allowed on everything of its kind. */
const ways: readonly (readonly string[])[] = [
  ["iam:AddUserToGroup"],
  ["iam:AttachGroupPolicy"],
  ["iam:AttachRolePolicy"],
  ["iam:AttachUserPolicy"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:CreatePolicyVersion"],
  ["iam:DeleteRolePermissionsBoundary"],
  ["iam:DeleteUserPermissionsBoundary"],
  ["iam:PutGroupPolicy"],
  ["iam:PutRolePolicy"],
  ["iam:PutUserPolicy"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:UpdateAssumeRolePolicy"],
  ["iam:UpdateLoginProfile"],
  ["glue:UpdateDevEndpoint"],
  ["lambda:UpdateFunctionCode"],
  ["lambda:UpdateFunctionConfiguration"],
  ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  ["ssm:SendCommand"],
  ["ssm:StartSession"],
  [pass, "autoscaling:CreateLaunchConfiguration"],
  [pass, "cloudformation:CreateStack"],
  [pass, "codebuild:CreateProject", "codebuild:StartBuild"],
  [pass, "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  [pass, "ec2:RunInstances"],
  [pass, "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  [pass, "glue:CreateDevEndpoint"],
  [pass, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  [pass, "lambda:CreateFunction", "lambda:InvokeFunction"],
  [pass, "sagemaker:CreateTrainingJob"],
];
const all = [...new Set(ways.flat())];

export const AI21: Rule = {
  id: "AI21",
  sentence: "No policy holds a known way to more rights.",
  why: "Whoever gets hold of the identity makes himself administrator in one or two calls.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(1)", "AC-3"],
  fix: "Take one action of the way out, or name its resources by ARN.",
  subjects: permissionTypes,
  needs: "resource",
  check: (subject, judge) => {
    for (const document of permissionDocuments(subject)) {
      judge.part(() => {
        const can = new Set(statementsOf(document).flatMap((statement) => widely(statement)));
        const way = ways.find((actions) => actions.every((action) => can.has(action)));
        if (way !== undefined) judge.fail(document, way.join(", then "));
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a new version of any policy",
      expect: "fail",
      resources: policy({ Effect: "Allow", Action: ["iam:CreatePolicyVersion"], Resource: "*" }),
      path: "policy",
      witness: "iam:CreatePolicyVersion",
    },
    {
      kind: "violating",
      says: "a function with any role, in two statements",
      expect: "fail",
      resources: policy([
        { Effect: "Allow", Action: "lambda:*", Resource: "*" },
        { Effect: "Allow", Action: pass, Resource: "arn:aws:iam::111122223333:role/*" },
      ]),
      witness: "lambda:",
    },
    {
      kind: "violating",
      says: "a role's inline policy",
      expect: "fail",
      resources: alone("aws:iam/role:Role", {
        inlinePolicies: [
          { policy: { Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }] } },
        ],
      }),
      path: "inlinePolicies[0].policy",
    },
    {
      kind: "clean",
      says: "machines with one role",
      expect: "pass",
      resources: policy([
        { Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" },
        { Effect: "Allow", Action: pass, Resource: "arn:aws:iam::111122223333:role/app" },
      ]),
    },
    {
      kind: "unknown",
      says: "the document is not known",
      expect: "unknown",
      resources: alone("aws:iam/policy:Policy", { policy: unknownHere }),
      path: "policy",
    },
    {
      kind: "absent",
      says: "a role without inline policies",
      expect: "pass",
      resources: alone("aws:iam/role:Role", {}),
    },
  ],
};

/** Actions of some way that the statement allows on everything of their kind. */
function widely(statement: View): readonly string[] {
  if (statement.at("Effect").text() !== "Allow") return [];
  const actions = allowed(statement, all);
  if (actions.length === 0 || !isWide(statement)) return [];
  // To which service a role is passed leaves the role itself open.
  return actions.filter((action) => action === pass || !isNarrowed(statement));
}

function policy(Statement: Json) {
  return alone("aws:iam/policy:Policy", {
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
}
