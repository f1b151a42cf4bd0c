/** A store in which logs can be written and read, but neither changed nor deleted: S3 and KMS. */
import type { AwsAccount } from "../../../model/base/accounts.ts";
import type { LockMode } from "../../../model/logging/intent.ts";
import type { PolicyDocument, PolicyStatement } from "../../shared/aws-policy.ts";
import { document } from "../../shared/aws-policy.ts";

export interface KeyRecord {
  readonly alias: string;
  readonly description: string;
  readonly policy: PolicyDocument;
  readonly deletionWindowDays: number;
}

export interface BucketRecord {
  readonly key: string;
  readonly name: string;
  readonly policy: PolicyDocument;
  /** Objects' default lock; absent where the service that writes does not support one. */
  readonly lock?: { readonly mode: "COMPLIANCE" | "GOVERNANCE"; readonly days: number };
  /** `key`: the store's own key; `service`: S3's. */
  readonly encryption: "key" | "service";
  readonly expireDays: number;
  /** Where requests to this bucket are recorded. */
  readonly accessLog?: { readonly bucket: string; readonly prefix: string };
}

export interface LogStore {
  readonly region: string;
  readonly key: KeyRecord;
  /** The one that records access comes first: the other refers to it. */
  readonly buckets: readonly BucketRecord[];
  /** Name and ARN of the bucket that takes the logs. */
  readonly bucket: string;
  readonly bucketArn: string;
}

export interface LogStoreIntent {
  /** Middle part of every name. */
  readonly name: string;
  readonly retentionDays: number;
  readonly lock: LockMode;
  /** Who may write: statements about the bucket's ARN. */
  readonly writers: (bucketArn: string) => readonly PolicyStatement[];
  /** Who may use the key to write. */
  readonly keyUsers: readonly PolicyStatement[];
}

/** Room to look at what has just expired before it is gone. */
const graceDays = 30;
/** The longest KMS offers, and so the longest to notice a deletion nobody wanted. */
const keyDeletionDays = 30;

/** Pure: the store of one name in one account. */
export function lowerLogStore(intent: LogStoreIntent, account: AwsAccount): LogStore {
  const bucket = `bulkhead-${intent.name}-logs-${account.accountId}`;
  const access = `bulkhead-${intent.name}-log-access-${account.accountId}`;
  const arn = (name: string) => `arn:${account.partition}:s3:::${name}`;
  const expireDays = intent.retentionDays + graceDays;
  const mode = intent.lock === "compliance" ? "COMPLIANCE" : "GOVERNANCE";
  return {
    region: account.region,
    key: {
      alias: `alias/bulkhead-${intent.name}-logs`,
      description: `Encrypts the logs of ${intent.name}.`,
      policy: document(administered(account), ...intent.keyUsers),
      deletionWindowDays: keyDeletionDays,
    },
    buckets: [
      {
        key: "access",
        name: access,
        policy: document(tlsOnly(arn(access)), accessLogWriter(arn(access), arn(bucket), account)),
        // S3 delivers access logs to a bucket only if it has no default lock and S3's own key
        // (S3 guide, "Enabling Amazon S3 server access logging").
        encryption: "service",
        expireDays,
      },
      {
        key: "logs",
        name: bucket,
        policy: document(tlsOnly(arn(bucket)), ...intent.writers(arn(bucket))),
        lock: { mode, days: intent.retentionDays },
        encryption: "key",
        expireDays,
        accessLog: { bucket: "access", prefix: "logs/" },
      },
    ],
    bucket,
    bucketArn: arn(bucket),
  };
}

/** A service may write below `AWSLogs/` and ask who owns the bucket, on this account's behalf. */
export function serviceWriter(
  sid: string,
  service: string,
  bucketArn: string,
  prefixes: readonly string[],
  condition: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly PolicyStatement[] {
  const Principal = { Service: service };
  const owned = { ...condition["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control" };
  return [
    {
      Sid: `${sid}Write`,
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}/*`),
      Condition: { ...condition, StringEquals: owned },
    },
    {
      Sid: `${sid}Check`,
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: condition,
    },
  ];
}

/** The account's own policies decide who administers the key, as AWS's default key policy has it. */
function administered({ partition, accountId }: AwsAccount): PolicyStatement {
  return {
    Sid: "Account",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

function tlsOnly(bucketArn: string): PolicyStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function accessLogWriter(
  bucketArn: string,
  sourceArn: string,
  account: AwsAccount,
): PolicyStatement {
  return {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": sourceArn },
      StringEquals: { "aws:SourceAccount": account.accountId },
    },
  };
}
