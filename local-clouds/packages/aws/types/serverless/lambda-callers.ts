/** Who may call a function, and what feeds it (AWS Lambda API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toFunction } from "../references.ts";

/** Lambda's answer to values that it does not take. */
export const invalid = (says: string) => error("InvalidParameterValueException", says);

/** A property that names a function, with which the resource goes. */
export const ofFunction = toFunction("functionName", { cascades: true });

const permission = ordinary("aws:lambda/permission:Permission", {
  id: "{statementId}",
  untagged: true,
  autoname: { property: "statementId", charactersMax: 100 },
  forceNew: [
    "action",
    "eventSourceToken",
    "function",
    "functionUrlAuthType",
    "invokedViaFunctionUrl",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
    "statementIdPrefix",
  ],
  check: (r) =>
    /^(lambda:([*]|[a-zA-Z]+)|[*])$/.test(r.text("action"))
      ? []
      : [
          {
            property: "action",
            reason: `"action" is not an action of lambda: ${r.text("action")}`,
          },
        ],
  // Statement ids are unique within the policy of one function.
  sharedId: true,
  outputs: { qualifier: "", statementIdPrefix: "" },
  references: [toFunction("function", { cascades: true })],
  admit: (r) =>
    refuseIf(
      r
        .all(r.token)
        .some(
          ({ properties }) =>
            r.before === undefined &&
            properties["function"] === r.given("function") &&
            properties["statementId"] === r.given("statementId"),
        ),
      "ResourceConflictException",
      `The statement id (${r.text("statementId")}) provided already exists.`,
    ),
});

/** Batch sizes that each source is read with (CreateEventSourceMapping, BatchSize). */
const batchSizes: Readonly<Record<string, number>> = {
  sqs: 10,
  mq: 100,
  kinesis: 100,
  dynamodb: 100,
  kafka: 100,
};
const sourceTokens = [
  "aws:sqs/queue:Queue",
  "aws:kinesis/stream:Stream",
  "aws:dynamodb/table:Table",
  "aws:msk/cluster:Cluster",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:mq/broker:Broker",
];

const eventSourceMapping = ordinary("aws:lambda/eventSourceMapping:EventSourceMapping", {
  id: "{uuid}",
  arn: "lambda:event-source-mapping:{id}",
  defaults: { enabled: true },
  forceNew: [
    "amazonManagedKafkaEventSourceConfig",
    "eventSourceArn",
    "queues",
    "selfManagedEventSource",
    "selfManagedKafkaEventSourceConfig",
    "sourceAccessConfigurations",
    "startingPosition",
    "startingPositionTimestamp",
    "topics",
  ],
  // Lambda tells the ARN whichever name was given (Lambda API, EventSourceMappingConfiguration).
  normalised: { functionName: (r, given) => r.target("functionName")?.properties["arn"] ?? given },
  outputs: {
    amazonManagedKafkaEventSourceConfig: null,
    destinationConfig: null,
    documentDbEventSourceConfig: null,
    filterCriteria: null,
    functionResponseTypes: [],
    queues: [],
    scalingConfig: null,
    selfManagedEventSource: null,
    selfManagedKafkaEventSourceConfig: null,
    sourceAccessConfigurations: [],
    startingPosition: "",
    startingPositionTimestamp: "",
    topics: [],
    uuid: (r) => r.id,
    functionArn: (r) => r.target("functionName")?.properties["arn"],
    batchSize: (r) => batchSizes[sourceOf(r)] ?? 100,
    bisectBatchOnFunctionError: false,
    lastModified: (r) => r.createdAt,
    lastProcessingResult: "",
    maximumBatchingWindowInSeconds: 0,
    maximumRecordAgeInSeconds: (r) => (isStream(r) ? -1 : 0),
    maximumRetryAttempts: (r) => (isStream(r) ? -1 : 0),
    parallelizationFactor: (r) => (isStream(r) ? 1 : 0),
    state: (r) => (r.given("enabled") === false ? "Disabled" : "Enabled"),
    stateTransitionReason: "USER_INITIATED",
    tumblingWindowInSeconds: 0,
  },
  references: [
    toFunction("functionName"),
    refer(
      "eventSourceArn",
      sourceTokens,
      invalid("The event source {value} does not exist, or the function may not read it."),
      { by: ["arn", "streamArn"] },
    ),
  ],
  admit: (r) =>
    refuseIf(
      isStream(r) && r.given("startingPosition") === undefined,
      "InvalidParameterValueException",
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    ),
});

function sourceOf(r: Resource): string {
  return r.text("eventSourceArn", "").split(":")[2] ?? "";
}

function isStream(r: Resource): boolean {
  return ["kinesis", "dynamodb"].includes(sourceOf(r));
}

/** The entries of what calls functions. */
export const lambdaCallerTypes: readonly TypeEntry[] = [permission, eventSourceMapping];
