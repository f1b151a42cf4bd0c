/** Logs, metrics and alarms (Amazon CloudWatch, CloudWatch Logs and CloudTrail Lake API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentText } from "../policy-documents.ts";
import { toKey, toLogGroup } from "../references.ts";

const ofGroup = toLogGroup("logGroupName", { cascades: true });

/** Metric filters of one log group (CloudWatch Logs quotas). */
const metricFiltersMax = 100;
/** Subscription filters of one log group (CloudWatch Logs quotas). */
const subscriptionFiltersMax = 2;
/** Resource policies of an account in a region (CloudWatch Logs quotas). */
const resourcePoliciesMax = 10;
/** Characters of a resource policy (PutResourcePolicy). */
const policyCharactersMax = 5120;

const limit = error("LimitExceededException", "Resource limit exceeded.");

const logStream = ordinary("aws:cloudwatch/logStream:LogStream", {
  id: "{name}",
  arn: "logs:log-group:{logGroupName}:log-stream:{name}",
  name: 512,
  untagged: true,
  forceNew: ["logGroupName"],
  // Stream names are told apart by their groups.
  sharedId: true,
  references: [ofGroup],
  admit: (r) =>
    refuseIf(
      r.before === undefined &&
        others(r).some(
          ({ properties }) =>
            properties["logGroupName"] === r.given("logGroupName") &&
            properties["name"] === r.given("name"),
        ),
      "ResourceAlreadyExistsException",
      "The specified log stream already exists",
    ),
});

const metricFilter = ordinary("aws:cloudwatch/logMetricFilter:LogMetricFilter", {
  id: "{name}",
  name: 512,
  untagged: true,
  defaults: { "metricTransformation.unit": "None" },
  maps: ["metricTransformation.dimensions"],
  forceNew: ["logGroupName"],
  sharedId: true,
  outputs: { applyOnTransformedLogs: false },
  references: [ofGroup],
  admit: (r) =>
    others(r).filter(({ properties }) => properties["logGroupName"] === r.given("logGroupName"))
      .length >=
    metricFiltersMax + (r.before === undefined ? 0 : 1)
      ? limit
      : undefined,
});

const subscriptionFilter = ordinary("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", {
  id: (r) => `cwlsf-${r.digits("filter", 10)}`,
  name: 512,
  untagged: true,
  defaults: { distribution: "ByLogStream" },
  forceNew: ["logGroup"],
  check: (r) =>
    oneOf(r.text("distribution", "ByLogStream"), "distribution", ["Random", "ByLogStream"]),
  outputs: { applyOnTransformedLogs: false, roleArn: "" },
  references: [
    toLogGroup("logGroup", { cascades: true }),
    refer(
      "destinationArn",
      [
        "aws:kinesis/stream:Stream",
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        "aws:lambda/function:Function",
        "aws:cloudwatch/logDestination:LogDestination",
      ],
      error(
        "InvalidParameterException",
        "Could not deliver test message to specified destination {value}. Check if the destination is valid.",
      ),
      { by: "arn", within: "world" },
    ),
    toRole("roleArn", error("InvalidParameterException", "Could not assume role {value}")),
  ],
  admit: (r) => {
    const beside = others(r).filter(
      ({ properties }) => properties["logGroup"] === r.given("logGroup"),
    );
    if (beside.length >= subscriptionFiltersMax) return limit;
    const service = r.text("destinationArn").split(":")[2];
    return refuseIf(
      (service === "kinesis" || service === "firehose") && r.given("roleArn") === undefined,
      "InvalidParameterException",
      "Cross-account destination, Kinesis streams and Firehose streams need a role",
    );
  },
});

const destination = ordinary("aws:cloudwatch/logDestination:LogDestination", {
  id: "{name}",
  arn: "logs:destination:{name}",
  name: 512,
  references: [
    toRole("roleArn", error("InvalidParameterException", "Could not assume role {value}")),
    refer(
      "targetArn",
      ["aws:kinesis/stream:Stream", "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
      error(
        "InvalidParameterException",
        "Could not deliver test message to specified destination {value}",
      ),
      { by: "arn" },
    ),
  ],
});

const destinationPolicy = ordinary("aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy", {
  id: "{destinationName}",
  untagged: true,
  forceNew: ["destinationName"],
  check: (r) => documentFault(r, "accessPolicy"),
  normalised: { accessPolicy: asDocument },
  references: [
    refer(
      "destinationName",
      destination.token,
      error("ResourceNotFoundException", "The specified destination does not exist."),
      { cascades: true },
    ),
  ],
});

const resourcePolicy = ordinary("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", {
  id: (r) => r.text("policyName", r.text("resourceArn", r.name)),
  untagged: true,
  maps: ["policyDocument"],
  forceNew: ["policyName", "resourceArn"],
  check: (r) => documentFault(r, "policyDocument"),
  outputs: {
    policyScope: (r) => (r.given("resourceArn") === undefined ? "ACCOUNT" : "RESOURCE"),
    revisionId: form("{digits13}"),
  },
  normalised: { policyDocument: asDocument },
  admit: (r) => {
    if (documentText(r.given("policyDocument") ?? "").length > policyCharactersMax) {
      return error(
        "InvalidParameterException",
        `1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must have length less than or equal to ${policyCharactersMax}`,
      );
    }
    return others(r).length >= resourcePoliciesMax ? limit : undefined;
  },
});

const comparisons = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];
/** Actions of one state of an alarm (PutMetricAlarm). */
const actionsMax = 5;

/** Short periods are few, longer ones whole minutes (PutMetricAlarm, Period). */
function periodFault(r: Resource): InputFault[] {
  const period = r.number("period", 60);
  if ([10, 20, 30].includes(period) || (period > 0 && period % 60 === 0)) return [];
  const reason = `expected period to be one of [10 20 30] or to be divisible by 60, got: ${period}`;
  return [{ property: "period", reason }];
}

const metricAlarm = ordinary("aws:cloudwatch/metricAlarm:MetricAlarm", {
  id: "{name}",
  arn: "cloudwatch:alarm:{name}",
  name: 255,
  defaults: { actionsEnabled: true, treatMissingData: "missing" },
  maps: ["dimensions"],
  check: (r) => [
    ...periodFault(r),
    ...(r.given("comparisonOperator") === undefined
      ? []
      : oneOf(r.text("comparisonOperator"), "comparisonOperator", comparisons)),
    ...["alarmActions", "okActions", "insufficientDataActions"]
      .filter((list) => r.list(list).length > actionsMax)
      .map((property) => ({
        property,
        reason: `Too many list items: ${property} has at most ${actionsMax}`,
      })),
    ...(r.given("metricName") !== undefined && r.given("metricQueries") !== undefined
      ? [{ property: "metricName", reason: '"metric_name": conflicts with metric_query' }]
      : []),
  ],
  outputs: {
    alarmActions: [],
    alarmDescription: "",
    datapointsToAlarm: 0,
    dimensions: {},
    evaluateLowSampleCountPercentiles: "",
    extendedStatistic: "",
    insufficientDataActions: [],
    okActions: [],
    thresholdMetricId: "",
    unit: "",
  },
  admit: (r) =>
    refuseIf(
      r.given("metricName") !== undefined &&
        r.given("statistic") === undefined &&
        r.given("extendedStatistic") === undefined,
      "ValidationError",
      "Exactly one of statistic and extendedStatistic must be present.",
    ),
});

const compositeAlarm = ordinary("aws:cloudwatch/compositeAlarm:CompositeAlarm", {
  id: "{alarmName}",
  arn: "cloudwatch:alarm:{alarmName}",
  defaults: { actionsEnabled: true },
  forceNew: ["actionsEnabled", "alarmName"],
  admit: (r) => {
    const named = [
      ...r.text("alarmRule").matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)/g),
    ].map((match) => (match[1] ?? "").split(":alarm:").at(-1));
    const lacking = named.find(
      (name) =>
        ![metricAlarm.token, "aws:cloudwatch/compositeAlarm:CompositeAlarm"].some(
          (token) => r.find(token, name ?? "") !== undefined,
        ),
    );
    return refuseIf(
      lacking !== undefined,
      "ValidationError",
      `Could not save the composite alarm as alarms [${String(lacking)}] in the alarm rule do not exist`,
    );
  },
});

const dashboard = ordinary("aws:cloudwatch/dashboard:Dashboard", {
  id: "{dashboardName}",
  untagged: true,
  forceNew: ["dashboardName"],
  check: (r) => documentFault(r, "dashboardBody"),
  outputs: {
    dashboardArn: form("arn:{partition}:cloudwatch::{account}:dashboard/{dashboardName}"),
  },
  normalised: { dashboardBody: asDocument },
});

const eventDataStore = ordinary("aws:cloudtrail/eventDataStore:EventDataStore", {
  id: (r) => form("arn:{partition}:cloudtrail:{region}:{account}:eventdatastore/{uuid}")(r),
  autoname: { property: "name", charactersMax: 128 },
  defaults: {
    billingMode: "EXTENDABLE_RETENTION_PRICING",
    multiRegionEnabled: true,
    organizationEnabled: false,
    retentionPeriod: 2555,
    terminationProtectionEnabled: true,
  },
  outputs: {
    arn: (r) => r.id,
    advancedEventSelectors: [
      {
        fieldSelectors: [{ equals: ["Management"], field: "eventCategory" }],
        name: "Default management events",
      },
    ],
  },
  keys: ["arn"],
  references: [toKey("kmsKeyId", "KmsKeyNotFoundException")],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => textOf(properties, "name") === r.given("name")),
      "EventDataStoreAlreadyExistsException",
      `An event data store named ${r.text("name")} already exists`,
    ),
});

/** The entries of logs, metrics and alarms. */
export const monitoringTypes: readonly TypeEntry[] = [
  logStream,
  metricFilter,
  subscriptionFilter,
  destination,
  destinationPolicy,
  resourcePolicy,
  metricAlarm,
  compositeAlarm,
  dashboard,
  eventDataStore,
];
