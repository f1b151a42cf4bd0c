/** Streams and what delivers them (Amazon Kinesis Data Streams and Amazon Data Firehose API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, textOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { letsIn } from "../policy-documents.ts";
import { toKey } from "../references.ts";
import { bucketTokens } from "../s3-references.ts";

const retentionHours = { min: 24, max: 8760 };

const stream = ordinary("aws:kinesis/stream:Stream", {
  id: (r) => r.text("arn", form("arn:{partition}:kinesis:{region}:{account}:stream/{name}")(r)),
  name: 128,
  defaults: {
    encryptionType: "NONE",
    enforceConsumerDeletion: false,
    retentionPeriod: retentionHours.min,
  },
  check: (r) => [
    ...oneOf(r.text("encryptionType", "NONE"), "encryptionType", ["NONE", "KMS"]),
    ...(r.number("retentionPeriod", 24) >= retentionHours.min &&
    r.number("retentionPeriod", 24) <= retentionHours.max
      ? []
      : [
          {
            property: "retentionPeriod",
            reason: `expected retention_period to be in the range (${retentionHours.min} - ${retentionHours.max})`,
          },
        ]),
  ],
  outputs: {
    arn: (r) => r.id,
    maxRecordSizeInKib: 1024,
    shardLevelMetrics: [],
    streamModeDetails: { streamMode: "PROVISIONED" },
  },
  keys: ["arn", "name"],
  references: [toKey("kmsKeyId", "KMSNotFoundException")],
  taken: error("ResourceInUseException", "Stream {id} under account already exists."),
  admit: (r) => {
    const onDemand = r.given("streamModeDetails.streamMode") === "ON_DEMAND";
    return refuseIf(
      !onDemand && r.given("shardCount") === undefined,
      "ValidationException",
      "ShardCount is required when StreamMode is PROVISIONED",
    );
  },
  inUse: error("ResourceInUseException", "Stream {id} has registered consumers: {value}"),
  timeouts: { create: 300, update: 7200, delete: 7200 },
});

const streamConsumer = ordinary("aws:kinesis/streamConsumer:StreamConsumer", {
  id: (r) => `${r.text("streamArn")}/consumer/${r.text("name")}:${epochSeconds(r)}`,
  name: 128,
  forceNew: ["streamArn"],
  outputs: { arn: (r) => r.id, creationTimestamp: (r) => r.createdAt },
  keys: ["arn"],
  references: [
    refer(
      "streamArn",
      stream.token,
      error("ResourceNotFoundException", "Stream {value} not found."),
      { by: "arn", holds: true },
    ),
  ],
});

function epochSeconds(r: Resource): number {
  return Math.floor(Date.parse(r.createdAt) / 1000);
}

const destinations = [
  "elasticsearch",
  "extended_s3",
  "http_endpoint",
  "iceberg",
  "opensearch",
  "opensearchserverless",
  "redshift",
  "snowflake",
  "splunk",
];

const firehose = ordinary("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
  id: (r) =>
    r.text("arn", form("arn:{partition}:firehose:{region}:{account}:deliverystream/{name}")(r)),
  name: 64,
  defaults: {
    "extendedS3Configuration.bufferingInterval": 300,
    "extendedS3Configuration.bufferingSize": 5,
    "extendedS3Configuration.compressionFormat": "UNCOMPRESSED",
    "extendedS3Configuration.customTimeZone": "UTC",
    "extendedS3Configuration.s3BackupMode": "Disabled",
  },
  forceNew: ["destination", "kinesisSourceConfiguration", "mskSourceConfiguration"],
  check: (r) => oneOf(r.text("destination"), "destination", destinations),
  outputs: {
    arn: (r) => r.id,
    destinationId: "destinationId-000000000001",
    versionId: "1",
    "extendedS3Configuration.cloudwatchLoggingOptions": {
      enabled: false,
      logGroupName: "",
      logStreamName: "",
    },
  },
  keys: ["arn", "name"],
  references: [
    toRole(
      "extendedS3Configuration.roleArn",
      error("InvalidArgumentException", "Firehose is unable to assume role {value}."),
    ),
    refer(
      "extendedS3Configuration.bucketArn",
      bucketTokens,
      error("InvalidArgumentException", "The bucket {value} does not exist."),
      { by: "arn", within: "world" },
    ),
    refer(
      "kinesisSourceConfiguration.kinesisStreamArn",
      stream.token,
      error("ResourceNotFoundException", "Stream {value} not found."),
      { by: "arn" },
    ),
  ],
  taken: error("ResourceInUseException", "Firehose {id} under account already exists"),
  admit: (r) => {
    const trust = textOf(
      r.target("extendedS3Configuration.roleArn")?.properties ?? {},
      "assumeRolePolicy",
    );
    return refuseIf(
      trust !== undefined && !letsIn(trust, "firehose.", "sts:assumerole"),
      "InvalidArgumentException",
      "Firehose is unable to assume role. Please check the role provided.",
    );
  },
  timeouts: { create: 1800, update: 600, delete: 1800 },
  schemaVersion: 1,
});

/** The entries of streams. */
export const streamTypes: readonly TypeEntry[] = [stream, streamConsumer, firehose];
