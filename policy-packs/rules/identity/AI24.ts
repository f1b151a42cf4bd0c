/**
 * Service Authorization Reference: actions of access level Write or Permissions management that take
 * a resource. Those that take none, such as cloudwatch:PutMetricData, must be allowed on `*`.
 */
import { allowed, isNarrowed, isWide, statementRule } from "../shared/statement-rule.ts";

const writing = [
  "backup:DeleteRecoveryPoint",
  "cloudtrail:StopLogging",
  "dynamodb:DeleteItem",
  "dynamodb:DeleteTable",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:TerminateInstances",
  "ecr:DeleteRepository",
  "ecr:PutImage",
  "ecr:SetRepositoryPolicy",
  "eks:DeleteCluster",
  "iam:AttachRolePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeleteRole",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "lambda:AddPermission",
  "lambda:DeleteFunction",
  "lambda:UpdateFunctionCode",
  "logs:DeleteLogGroup",
  "rds:DeleteDBInstance",
  "rds:ModifyDBInstance",
  "route53:ChangeResourceRecordSets",
  "s3:DeleteBucket",
  "s3:DeleteObject",
  "s3:PutBucketPolicy",
  "s3:PutObject",
  "secretsmanager:DeleteSecret",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:PutSecretValue",
  "sns:AddPermission",
  "sns:DeleteTopic",
  "sqs:AddPermission",
  "sqs:DeleteQueue",
  "sqs:SendMessage",
  "ssm:PutParameter",
];

export const AI24 = statementRule({
  id: "AI24",
  sentence: "Who may write or change rights may do so on named resources, or under a condition.",
  why: "One stolen session then overwrites, deletes or opens everything of its kind in the account.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Set Resource to the ARNs of what the program writes, or add a Condition such as aws:ResourceTag.",
  wrong: (statement) => {
    const [action] = allowed(statement, writing);
    // A condition is looked at last: it only matters where all resources are reached.
    if (action === undefined || !isWide(statement) || isNarrowed(statement)) return undefined;
    return { at: statement.at("Resource"), witness: `${action} on any resource of the account` };
  },
  violating: {
    "a service's every action": { Action: "s3:*", Resource: "*" },
    "writing any table": {
      Action: ["dynamodb:PutItem"],
      Resource: ["arn:aws:dynamodb:eu-central-1:111122223333:table/*"],
    },
    "a condition that is always true": {
      Action: "kms:PutKeyPolicy",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    },
  },
  path: "Resource",
  clean: {
    "one bucket": { Action: "s3:PutObject", Resource: "arn:aws:s3:::shop/*" },
    "what has one tag": {
      Action: "ec2:TerminateInstances",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/team": "shop" } },
    },
    "an action that takes no resource": { Action: "cloudwatch:PutMetricData", Resource: "*" },
  },
});
