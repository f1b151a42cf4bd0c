/** IAM User Guide, "Grant a user permissions to pass a role to an AWS service": name the roles. */
import { allowed, isWide, statementRule } from "../shared/statement-rule.ts";

export const AI22 = statementRule({
  id: "AI22",
  sentence: "Who may pass roles to services may pass named ones.",
  why: "Whoever passes any role to a machine of his own works with the account's strongest one.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Set Resource of iam:PassRole to the ARNs of the roles that the service needs.",
  wrong: (statement) => {
    if (allowed(statement, ["iam:PassRole"]).length === 0 || !isWide(statement)) return undefined;
    return { at: statement.at("Resource"), witness: "iam:PassRole of an administrator's role" };
  },
  violating: {
    "every role": { Action: ["ec2:RunInstances", "iam:PassRole"], Resource: "*" },
    "every role, to one service": {
      Action: "iam:Pass*",
      Resource: "arn:aws:iam::111122223333:role/*",
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
  },
  path: "Resource",
  clean: {
    "one role": { Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/app" },
    "roles of one path": {
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111122223333:role/app-*",
    },
    "another action": { Action: "iam:GetRole", Resource: "*" },
  },
});
