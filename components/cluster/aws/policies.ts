/** Policy documents of an EKS cluster, as JSON. */
import type { AwsAccount } from "../../../model/base/accounts.ts";

const version = "2012-10-17";

/**
 * Who may take a role: one service of AWS and, where the account is given, only on behalf of it
 * (IAM user guide, "The confused deputy problem").
 */
export function describeTrust(
  service: string,
  actions: readonly string[],
  account?: AwsAccount,
): string {
  const condition =
    account === undefined
      ? {}
      : { Condition: { StringEquals: { "aws:SourceAccount": account.accountId } } };
  return JSON.stringify({
    Version: version,
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: actions, ...condition },
    ],
  });
}

/** The account decides by IAM who uses the key; CloudWatch may use it for the one log group. */
export function describeKeyPolicy(
  { accountId, partition }: AwsAccount,
  region: string,
  logGroupName: string,
): string {
  return JSON.stringify({
    Version: version,
    Statement: [
      {
        Sid: "AccountDecidesByIam",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "ControlPlaneLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
          "kms:Encrypt*",
          "kms:Decrypt*",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:Describe*",
        ],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`,
          },
        },
      },
    ],
  });
}
