/** The organisation's logging intent on AWS: one trail of every account into locked storage. */
import type { AwsAccount } from "../../../model/base/accounts.ts";
import type { OrganisationLoggingIntent } from "../../../model/logging/intent.ts";
import { logGroupRetentionDays } from "../../../model/logging/sources.ts";
import type { PolicyDocument, PolicyStatement } from "../../shared/aws-policy.ts";
import { document } from "../../shared/aws-policy.ts";
import type { LogStore } from "./lower-store.ts";
import { lowerLogStore, serviceWriter } from "./lower-store.ts";

export interface EventSelector {
  readonly name: string;
  readonly fields: readonly {
    readonly field: string;
    readonly equals?: readonly string[];
    readonly notStartsWiths?: readonly string[];
  }[];
}

export interface AwsTrail {
  readonly store: LogStore;
  readonly name: string;
  readonly selectors: readonly EventSelector[];
  readonly logGroup: { readonly name: string; readonly retentionDays: number };
  /** CloudTrail's way into the log group. */
  readonly writer: {
    readonly name: string;
    readonly trust: PolicyDocument;
    readonly policy: PolicyDocument;
  };
}

const service = "cloudtrail.amazonaws.com";

/** Pure: intent and the management (or delegated) account in, every value out. */
export function lowerTrail(intent: OrganisationLoggingIntent, account: AwsAccount): AwsTrail {
  const name = `bulkhead-${intent.name}`;
  const { partition, region, accountId } = account;
  const trailArn = `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
  const logGroup = `/bulkhead/${intent.name}/trail`;
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroup}`;
  // The trail's ARN only: member accounts' events come with their own account as the source.
  const fromTrail = { StringEquals: { "aws:SourceArn": trailArn } };
  const store = lowerLogStore(
    {
      name: intent.name,
      retentionDays: intent.retentionDays,
      lock: intent.lock,
      writers: (bucketArn) =>
        serviceWriter(
          "Trail",
          service,
          bucketArn,
          [`AWSLogs/${accountId}`, `AWSLogs/${intent.awsOrganisationId}`],
          fromTrail,
        ),
      keyUsers: [trailUsesKey(fromTrail), logsUseKey(account, logGroupArn)],
    },
    account,
  );
  return {
    store,
    name,
    selectors: selectors(store.bucketArn),
    logGroup: { name: logGroup, retentionDays: logGroupRetentionDays(intent.retentionDays) },
    writer: {
      name: `${name}-trail`,
      trust: document({
        Sid: "CloudTrail",
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: fromTrail,
      }),
      policy: document({
        Sid: "Write",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:log-stream:*`,
      }),
    },
  };
}

/** Every management event, and every access to an object, except the writing of these very logs. */
function selectors(bucketArn: string): EventSelector[] {
  return [
    {
      name: "Management events",
      fields: [{ field: "eventCategory", equals: ["Management"] }],
    },
    {
      name: "Objects in S3",
      fields: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        { field: "resources.ARN", notStartsWiths: [`${bucketArn}/`] },
      ],
    },
  ];
}

function trailUsesKey(condition: NonNullable<PolicyStatement["Condition"]>): PolicyStatement {
  return {
    Sid: "Trail",
    Effect: "Allow",
    Principal: { Service: service },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: condition,
  };
}

function logsUseKey({ region }: AwsAccount, logGroupArn: string): PolicyStatement {
  return {
    Sid: "LogGroup",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}
