/** IAM User Guide, "Apply least-privilege permissions": `s3:*` is also s3:PutBucketPolicy. */

import { textsOf } from "../shared/policy-document.ts";
import { statementRule } from "../shared/statement-rule.ts";

export const AI37 = statementRule({
  id: "AI37",
  sentence: "No statement allows every action of a service.",
  why: "Whoever may read and write then also changes who else may, and deletes what records it.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Name the actions that the program calls.",
  wrong: (statement) => {
    const action = textsOf(statement.at("Action")).find((text) => /^(\*|[\w-]+:\*+)$/.test(text));
    if (action === undefined) return undefined;
    return { at: statement.at("Action"), witness: `an action nobody thought of, by ${action}` };
  },
  violating: {
    "one bucket, with its policy": { Action: ["s3:*"], Resource: "arn:aws:s3:::shop" },
    "every service, on one resource": { Action: "*", Resource: "arn:aws:sqs:eu-central-1:1:shop" },
  },
  path: "Action",
  clean: {
    "what is read and written": {
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::shop/*",
    },
    "everything of one kind": { Action: "s3:Get*", Resource: "arn:aws:s3:::shop/*" },
    "a denying statement": { Effect: "Deny", Action: "s3:*", Resource: "*" },
  },
  also: { "aws:sqs/queue:Queue": "policy", "aws:sqs/queuePolicy:QueuePolicy": "policy" },
});
