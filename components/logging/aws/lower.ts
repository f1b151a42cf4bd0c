/** An environment's logging intent on AWS: flows and looked-up names of every VPC into locked storage. */
import type { AwsAccount } from "../../../model/base/accounts.ts";
import type { LoggingIntent } from "../../../model/logging/intent.ts";
import { awsFlowFormat } from "../../../model/logging/sources.ts";
import type { PolicyStatement } from "../../shared/aws-policy.ts";
import type { LogStore } from "./lower-store.ts";
import { lowerLogStore, serviceWriter } from "./lower-store.ts";

export interface AwsFlowLogRecord {
  readonly place: string;
  readonly region: string;
  readonly format: string;
  readonly aggregationSeconds: number;
  readonly destination: string;
}

/** Names that a VPC's resolver is asked for (Route 53 Developer Guide, "Resolver query logging"). */
export interface AwsQueryLogRecord {
  readonly place: string;
  readonly region: string;
  readonly destination: string;
}

export interface AwsLogging {
  readonly store: LogStore;
  readonly flowLogs: readonly AwsFlowLogRecord[];
  readonly queryLogs: readonly AwsQueryLogRecord[];
}

/** Where a VPC is. */
export interface LoggedPlace {
  readonly place: string;
  readonly region: string;
}

/** The shorter of the two intervals EC2 offers. */
const aggregationSeconds = 60;
const delivery = "delivery.logs.amazonaws.com";

/** Pure: intent, account and places in, every value of every resource out. */
export function lowerAws(
  intent: LoggingIntent,
  account: AwsAccount,
  places: readonly LoggedPlace[],
): AwsLogging {
  const store = lowerLogStore(
    {
      name: intent.environment,
      retentionDays: intent.retentionDays,
      lock: intent.lock,
      writers: (bucketArn) =>
        serviceWriter(
          "FlowLogs",
          delivery,
          bucketArn,
          [`AWSLogs/${account.accountId}`],
          onBehalfOf(account),
        ),
      keyUsers: [deliveryUsesKey(account)],
    },
    account,
  );
  return {
    store,
    flowLogs: places.map(({ place, region }) => ({
      place,
      region,
      format: awsFlowFormat,
      aggregationSeconds,
      destination: store.bucketArn,
    })),
    queryLogs: places.map(({ place, region }) => ({
      place,
      region,
      destination: store.bucketArn,
    })),
  };
}

/** Without these two, anybody's flow logs could be delivered here (the confused deputy). */
function onBehalfOf({ partition, accountId }: AwsAccount): Record<string, Record<string, string>> {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:logs:*:${accountId}:*` },
  };
}

function deliveryUsesKey(account: AwsAccount): PolicyStatement {
  return {
    Sid: "FlowLogs",
    Effect: "Allow",
    Principal: { Service: delivery },
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: onBehalfOf(account),
  };
}
