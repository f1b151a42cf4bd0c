/** Service Authorization Reference: actions that hand out data or credentials, and take a resource. */
import { allowed, isNarrowed, isWide, statementRule } from "../shared/statement-rule.ts";

const revealing = [
  "dynamodb:GetItem",
  "dynamodb:Scan",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateLoginProfile",
  "kms:Decrypt",
  "lambda:GetFunction",
  "rds-db:connect",
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "rds:ModifyDBSnapshotAttribute",
  "redshift:GetClusterCredentials",
  "s3:GetObject",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "sts:AssumeRole",
];

export const AI26 = statementRule({
  id: "AI26",
  sentence: "Who may read data or get credentials may do so from named resources.",
  why: "One stolen session then carries out every secret, object and role of the account.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3", "IA-5"],
  fix: "Set Resource to the ARNs of the secrets, buckets, keys, tables and roles that are needed.",
  wrong: (statement) => {
    const [action] = allowed(statement, revealing);
    if (action === undefined || !isWide(statement) || isNarrowed(statement)) return undefined;
    return { at: statement.at("Resource"), witness: `${action} of anything in the account` };
  },
  violating: {
    "any secret": { Action: "secretsmanager:GetSecretValue", Resource: "*" },
    "any role": { Action: ["sts:AssumeRole"], Resource: "arn:aws:iam::*:role/*" },
    "any bucket": { Action: "s3:Get*", Resource: "arn:aws:s3:::*" },
  },
  path: "Resource",
  clean: {
    "one secret": {
      Action: "secretsmanager:GetSecretValue",
      Resource: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-AbCdEf",
    },
    "what one service decrypts": {
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    },
    "a token for pulling images, which takes no resource": {
      Action: "ecr:GetAuthorizationToken",
      Resource: "*",
    },
  },
});
