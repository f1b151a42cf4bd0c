/**
 * IAM User Guide, "Permissions boundaries": who makes roles for himself is delegated that only with
 * a condition on iam:PermissionsBoundary, so that no role he makes is stronger than the boundary.
 */
import type { View } from "../../../model/policy/view.ts";
import { allowed, isWide, statementRule } from "../shared/statement-rule.ts";

const making = ["iam:CreateRole", "iam:CreateUser"];

export const AI25 = statementRule({
  id: "AI25",
  sentence: "Who makes roles or users must give them a permissions boundary.",
  why: "A role that he made himself may do what its maker may not, up to everything.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(1)"],
  fix: "Add a StringEquals condition on iam:PermissionsBoundary with the boundary's ARN.",
  wrong: (statement) => {
    const [action] = allowed(statement, making);
    if (action === undefined || !isWide(statement) || asksForBoundary(statement)) return undefined;
    return { at: statement.at("Action"), witness: `${action} of an administrator` };
  },
  violating: {
    "any role": { Action: ["iam:CreateRole", "iam:AttachRolePolicy"], Resource: "*" },
    "only if one is named at all": {
      Action: "iam:CreateRole",
      Resource: "*",
      Condition: { StringEqualsIfExists: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
    },
  },
  path: "Action",
  clean: {
    "with the boundary": {
      Action: "iam:CreateRole",
      Resource: "*",
      Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::1:policy/b" } },
    },
    "one role": { Action: "iam:CreateRole", Resource: "arn:aws:iam::111122223333:role/app" },
  },
});

function asksForBoundary(statement: View): boolean {
  const condition = statement.at("Condition");
  return condition
    .keys()
    .filter((operator) => /^(String|Arn)(Equals|Like)(IgnoreCase)?$/i.test(operator))
    .some((operator) =>
      condition
        .at(operator)
        .keys()
        .some((key) => key.toLowerCase() === "iam:permissionsboundary"),
    );
}
