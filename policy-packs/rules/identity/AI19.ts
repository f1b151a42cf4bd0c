/** IAM: every action on every resource is administration of the account. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis } from "../shared/benchmarks.ts";
import {
  allowsEverything,
  permissionDocuments,
  permissionTypes,
  statementsOf,
} from "../shared/policy-document.ts";

export const AI19: Rule = {
  id: "AI19",
  sentence: "No policy allows every action on every resource.",
  why: "Whoever gets hold of one such identity owns the account, its logs included.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  frameworks: [cis("cis-aws-3.0.0", "1.16")],
  fix: "Name the actions, and the resources by ARN.",
  subjects: permissionTypes,
  needs: "resource",
  check: (subject, judge) => {
    for (const document of permissionDocuments(subject)) {
      judge.part(() => {
        for (const statement of statementsOf(document)) {
          judge.part(() => {
            if (!allowsEverything(statement)) return;
            judge.fail(statement.at("Action"), "iam:CreateAccessKey on any user, for one");
          });
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "* on *, as one statement without a list",
      expect: "fail",
      resources: policy({ Effect: "Allow", Action: "*", Resource: "*" }),
      path: "policy.Statement.Action",
    },
    {
      kind: "violating",
      says: "everything in other words",
      expect: "fail",
      resources: policy({ Effect: "Allow", Action: "*?:*", Resource: "arn:aws:*:*:*:*" }),
      path: "policy.Statement.Action",
    },
    {
      kind: "clean",
      says: "everything about one service's resources",
      expect: "pass",
      resources: policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::*" }),
    },
    {
      kind: "violating",
      says: "a role's inline policy",
      expect: "fail",
      resources: alone("aws:iam/role:Role", {
        inlinePolicies: [
          { policy: { Statement: [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }] } },
        ],
      }),
      path: "inlinePolicies[0].policy.Statement[0].Action",
    },
    {
      kind: "clean",
      says: "one action",
      expect: "pass",
      resources: policy([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }]),
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
      resources: alone("aws:iam/role:Role", { name: "app" }),
    },
  ],
};

function policy(statement: Json) {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  return alone("aws:iam/policy:Policy", { policy: document });
}
