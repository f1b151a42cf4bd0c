/** IAM User Guide, "NotAction", "NotResource" and "NotPrincipal": with Allow they grant all the rest. */
import { resourcePolicies } from "../shared/resource-policies.ts";
import { statementRule } from "../shared/statement-rule.ts";

const turned = ["NotAction", "NotResource", "NotPrincipal"];

export const AI23 = statementRule({
  id: "AI23",
  sentence: "An allowing statement says what it allows, not what it leaves out.",
  why: "It allows every service that AWS adds later, and everything that nobody thought of.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Name what is allowed in Action, Resource and Principal; deny the exceptions in a statement of their own.",
  wrong: (statement) => {
    const found = turned.find((element) => statement.at(element).state !== "absent");
    if (found === undefined) return undefined;
    return { at: statement.at(found), witness: "an action on what the list forgot" };
  },
  violating: { "all but some actions": { NotAction: ["iam:*"], Resource: "*" } },
  path: "NotAction",
  clean: {
    "named actions": { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::shop/*" },
    "a denying statement": { Effect: "Deny", NotAction: ["s3:*"], Resource: "*" },
  },
  also: resourcePolicies,
});
