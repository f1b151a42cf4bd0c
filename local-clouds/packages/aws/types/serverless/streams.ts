/** Streams, event buses, schedules and state machines (Kinesis, Firehose, EventBridge, Step Functions API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { exactlyOne, oneOf, others, textOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault, documentText, letsIn } from "../policy-documents.ts";
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

const bus = ordinary("aws:cloudwatch/eventBus:EventBus", {
  id: "{name}",
  arn: "events:event-bus/{name}",
  name: 256,
  forceNew: ["eventSourceName"],
  keys: ["name"],
  taken: error("ResourceAlreadyExistsException", "Event bus {id} already exists."),
  inUse: error("ResourceInUseException", "Event bus {id} still has rules: {value}"),
});

const toBus = refer(
  "eventBusName",
  bus.token,
  error("ResourceNotFoundException", "Event bus {value} does not exist."),
  { by: ["id", "arn"], holds: true, unless: (value) => /(^|\/)default$/.test(value) },
);

function busPart(r: Resource): string {
  const name = r.text("eventBusName", "default");
  return name === "default" ? "" : `${name}/`;
}

const rule = ordinary("aws:cloudwatch/eventRule:EventRule", {
  id: (r) => `${busPart(r)}${r.text("name")}`,
  name: 64,
  prefixed: true,
  defaults: { eventBusName: "default", forceDestroy: false },
  forceNew: ["eventBusName"],
  check: (r) => [
    ...(r.given("eventPattern") === undefined && r.given("scheduleExpression") === undefined
      ? [
          {
            property: "eventPattern",
            reason: "one of `event_pattern,schedule_expression` must be specified",
          },
        ]
      : []),
    ...documentFault(r, "eventPattern"),
    ...scheduleFault(r),
  ],
  outputs: {
    arn: (r) => form(`arn:{partition}:events:{region}:{account}:rule/${busPart(r)}{name}`)(r),
    description: "",
    isEnabled: (r) => r.text("state", "ENABLED") !== "DISABLED",
    roleArn: "",
    scheduleExpression: "",
    state: (r) => (r.given("isEnabled") === false ? "DISABLED" : "ENABLED"),
  },
  keys: ["arn", "name"],
  references: [
    toBus,
    toRole("roleArn", error("ValidationException", "Provided role '{value}' cannot be assumed")),
  ],
  admit: (r) =>
    refuseIf(
      r.given("scheduleExpression") !== undefined && busPart(r) !== "",
      "ValidationException",
      "ScheduleExpression is supported only on the default event bus.",
    ),
  inUse: error("ValidationException", "Rule can't be deleted since it has targets."),
  schemaVersion: 1,
});

function scheduleFault(r: Resource): InputFault[] {
  const given = r.given("scheduleExpression");
  if (given === undefined || /^(rate|cron|at)\(.+\)$/.test(String(given))) return [];
  return [
    {
      property: "scheduleExpression",
      reason: `Parameter ScheduleExpression is not valid: ${String(given)}`,
    },
  ];
}

/** Targets of one rule (EventBridge quotas). */
const targetsPerRuleMax = 5;

const target = ordinary("aws:cloudwatch/eventTarget:EventTarget", {
  id: (r) => `${busPart(r)}${r.text("rule")}-${targetId(r)}`.replace("/", "-"),
  untagged: true,
  defaults: { eventBusName: "default", forceDestroy: false },
  autoname: { property: "targetId", charactersMax: 64 },
  forceNew: ["eventBusName", "rule", "targetId"],
  outputs: { input: "", inputPath: "", roleArn: "" },
  references: [
    toBus,
    refer(
      "rule",
      rule.token,
      error("ResourceNotFoundException", "Rule {value} does not exist on EventBus default."),
      {
        key: (r, value) => `${busPart(r)}${value.split("/").at(-1)}`,
        holds: true,
      },
    ),
    toRole("roleArn", error("ValidationException", "Provided role '{value}' cannot be assumed")),
  ],
  admit: (r) => {
    const beside = others(r).filter(
      ({ properties }) =>
        properties["rule"] === r.given("rule") &&
        properties["eventBusName"] === r.given("eventBusName"),
    );
    return refuseIf(
      beside.length >= targetsPerRuleMax,
      "LimitExceededException",
      `The requested resource exceeds the maximum number allowed: ${targetsPerRuleMax} targets per rule`,
    );
  },
  schemaVersion: 1,
});

function targetId(r: Resource): string {
  return r.text("targetId");
}

const busPermission = ordinary("aws:cloudwatch/eventPermission:EventPermission", {
  id: "{eventBusName}/{statementId}",
  untagged: true,
  defaults: { action: "events:PutEvents", eventBusName: "default" },
  forceNew: ["eventBusName", "statementId"],
  check: (r) =>
    /^(\d{12}|\*)$/.test(r.text("principal"))
      ? []
      : [{ property: "principal", reason: `"principal" must be * or a 12 digit AWS account ID` }],
  references: [{ ...toBus, holds: false, cascades: true }],
});

const busPolicy = ordinary("aws:cloudwatch/eventBusPolicy:EventBusPolicy", {
  id: "{eventBusName}",
  untagged: true,
  defaults: { eventBusName: "default" },
  forceNew: ["eventBusName"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: (_r, given) => documentText(given) },
  references: [{ ...toBus, holds: false, cascades: true }],
});

const archive = ordinary("aws:cloudwatch/eventArchive:EventArchive", {
  id: "{name}",
  arn: "events:archive/{name}",
  name: 48,
  untagged: true,
  defaults: { retentionDays: 0 },
  forceNew: ["eventSourceArn"],
  check: (r) => documentFault(r, "eventPattern"),
  references: [
    refer(
      "eventSourceArn",
      bus.token,
      error("ResourceNotFoundException", "Event bus {value} does not exist."),
      {
        by: "arn",
        unless: (value) => value.endsWith(":event-bus/default"),
      },
    ),
  ],
});

const scheduleGroup = ordinary("aws:scheduler/scheduleGroup:ScheduleGroup", {
  id: "{name}",
  arn: "scheduler:schedule-group/{name}",
  name: 64,
  prefixed: true,
  outputs: {
    creationDate: (r) => r.createdAt,
    lastModificationDate: (r) => r.createdAt,
    state: "ACTIVE",
  },
  taken: error("ConflictException", "Schedule group {id} already exists."),
  timeouts: { create: 300, delete: 300 },
});

const schedule = ordinary("aws:scheduler/schedule:Schedule", {
  id: "{groupName}/{name}",
  arn: "scheduler:schedule/{groupName}/{name}",
  name: 64,
  prefixed: true,
  untagged: true,
  defaults: {
    actionAfterCompletion: "NONE",
    groupName: "default",
    scheduleExpressionTimezone: "UTC",
    state: "ENABLED",
    "target.retryPolicy.maximumEventAgeInSeconds": 86_400,
    "target.retryPolicy.maximumRetryAttempts": 185,
  },
  forceNew: ["groupName"],
  check: (r) => [
    ...scheduleFault(r),
    ...oneOf(r.text("flexibleTimeWindow.mode", "OFF"), "flexibleTimeWindow.mode", [
      "OFF",
      "FLEXIBLE",
    ]),
  ],
  references: [
    refer(
      "groupName",
      scheduleGroup.token,
      error("ResourceNotFoundException", "Schedule group {value} does not exist."),
      {
        unless: (value) => value === "default",
        cascades: true,
      },
    ),
    toRole(
      "target.roleArn",
      error(
        "ValidationException",
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
      ),
    ),
    toKey("kmsKeyArn"),
  ],
  taken: error("ConflictException", "Schedule {id} already exists."),
  admit: (r) =>
    refuseTrust(
      r,
      "target.roleArn",
      "scheduler.",
      "ValidationException",
      "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    ),
});

function refuseTrust(
  r: Resource,
  path: string,
  service: string,
  code: string,
  says: string,
): ServiceError | undefined {
  const trust = textOf(r.target(path)?.properties ?? {}, "assumeRolePolicy") ?? "";
  return refuseIf(!letsIn(trust, service, "sts:assumerole"), code, says);
}

const stateMachine = ordinary("aws:sfn/stateMachine:StateMachine", {
  arn: "states:stateMachine:{name}",
  name: 80,
  prefixed: true,
  defaults: { publish: false, type: "STANDARD" },
  forceNew: ["type"],
  check: (r) => [
    ...oneOf(r.text("type", "STANDARD"), "type", ["STANDARD", "EXPRESS"]),
    ...documentFault(r, "definition"),
  ],
  outputs: {
    creationDate: (r) => r.createdAt,
    description: "",
    revisionId: "",
    status: "ACTIVE",
    versionDescription: "",
    loggingConfiguration: { includeExecutionData: false, level: "OFF", logDestination: "" },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: "AWS_OWNED_KEY" },
  },
  references: [toRole("roleArn", error("InvalidArn", "Invalid Role Arn: '{value}'"))],
  taken: error("StateMachineAlreadyExists", "State Machine Already Exists: '{id}'"),
  admit: (r) => {
    const definition: unknown = JSON.parse(r.text("definition"));
    const states = definition as { StartAt?: unknown; States?: Record<string, unknown> };
    const starts =
      typeof states.StartAt === "string" && states.States?.[states.StartAt] !== undefined;
    if (!starts) {
      return error(
        "InvalidDefinition",
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'StartAt' or its state'",
      );
    }
    return refuseTrust(
      r,
      "roleArn",
      "states.",
      "AccessDeniedException",
      "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    );
  },
  timeouts: { create: 300, update: 60, delete: 300 },
});

const activity = ordinary("aws:sfn/activity:Activity", {
  arn: "states:activity:{name}",
  name: 80,
  outputs: { creationDate: (r) => r.createdAt },
});

const pipe = ordinary("aws:pipes/pipe:Pipe", {
  id: "{name}",
  arn: "pipes:pipe/{name}",
  name: 64,
  prefixed: true,
  defaults: { description: "Managed by Pulumi", desiredState: "RUNNING" },
  forceNew: ["source"],
  check: (r) => exactlyOne(r, ["source"]),
  references: [toRole("roleArn", error("ValidationException", "Role {value} does not exist"))],
  admit: (r) =>
    refuseTrust(r, "roleArn", "pipes.", "ValidationException", "Pipes cannot assume the role."),
  timeouts: { create: 1800, update: 1800, delete: 1800 },
});

/** The entries of streams, events, schedules and state machines. */
export const streamTypes: readonly TypeEntry[] = [
  stream,
  streamConsumer,
  firehose,
  bus,
  rule,
  target,
  busPermission,
  busPolicy,
  archive,
  scheduleGroup,
  schedule,
  stateMachine,
  activity,
  pipe,
];
