/** Queues and topics (Amazon SQS and Amazon SNS API references). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { isJsonObject, oneOf, textOf } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault, documentProblem, documentText } from "../policy-documents.ts";
import { toTopic } from "../references.ts";

/** Ranges of a queue's attributes (CreateQueue). */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  delaySeconds: [0, 900],
  kmsDataKeyReusePeriodSeconds: [60, 86_400],
  maxMessageSize: [1024, 1_048_576],
  messageRetentionSeconds: [60, 1_209_600],
  receiveWaitTimeSeconds: [0, 20],
  visibilityTimeoutSeconds: [0, 43_200],
};

const url = "https://sqs.{region}.{suffix}/{account}/{name}";

const queue = ordinary("aws:sqs/queue:Queue", {
  id: url,
  arn: "sqs:{name}",
  autoname: { property: "name", charactersMax: 80, ending: { text: ".fifo", when: "fifoQueue" } },
  defaults: {
    contentBasedDeduplication: false,
    delaySeconds: 0,
    fifoQueue: false,
    maxMessageSize: 262_144,
    messageRetentionSeconds: 345_600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 30,
  },
  forceNew: ["fifoQueue", "name", "namePrefix"],
  check: (r) => [...rangeFaults(r), ...queueName(r), ...documentFault(r, "policy")],
  outputs: {
    deduplicationScope: "",
    fifoThroughputLimit: "",
    kmsDataKeyReusePeriodSeconds: 300,
    kmsMasterKeyId: "",
    namePrefix: "",
    policy: "",
    redriveAllowPolicy: "",
    redrivePolicy: "",
    sqsManagedSseEnabled: (r) => r.text("kmsMasterKeyId", "") === "",
    url: (r) => r.id,
  },
  normalised: { policy: asDocument, redrivePolicy: asDocument, redriveAllowPolicy: asDocument },
  keys: ["url", "name"],
  taken: error(
    "QueueAlreadyExists",
    "A queue already exists with the same name and a different value for attribute",
  ),
  admit: (r) => refuseRedrive(r, r.given("redrivePolicy")),
  timeouts: { create: 180, update: 180, delete: 180 },
});

function rangeFaults(r: Resource): InputFault[] {
  return Object.entries(ranges).flatMap(([property, [min, max]]) => {
    const value = r.number(property, min);
    if (value >= min && value <= max) return [];
    return [
      {
        property,
        reason: `expected ${property} to be in the range (${min} - ${max}), got ${value}`,
      },
    ];
  });
}

function queueName(r: Resource): InputFault[] {
  const name = r.text("name");
  const formed = r.flag("fifoQueue")
    ? /^[a-zA-Z0-9_-]{1,75}\.fifo$/.test(name)
    : /^[a-zA-Z0-9_-]{1,80}$/.test(name);
  return [
    ...(formed ? [] : [{ property: "name", reason: `invalid queue name: ${name}` }]),
    ...(r.flag("contentBasedDeduplication") && !r.flag("fifoQueue")
      ? [
          {
            property: "contentBasedDeduplication",
            reason: "content-based deduplication can only be set for FIFO queue",
          },
        ]
      : []),
  ];
}

/** The queue for what cannot be handled is there, and of the same kind (SetQueueAttributes, RedrivePolicy). */
function refuseRedrive(r: Resource, given: Json | undefined): ServiceError | undefined {
  if (given === undefined || given === "") return undefined;
  const policy = parsed(documentText(given));
  const arn = policy?.["deadLetterTargetArn"];
  if (typeof arn !== "string" || Number(policy?.["maxReceiveCount"]) < 1) {
    return error(
      "InvalidParameterValue",
      `Value ${documentText(given)} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: deadLetterTargetArn or maxReceiveCount.`,
    );
  }
  const target = r.all(queue.token).find(({ properties }) => properties["arn"] === arn);
  return refuseIf(
    target === undefined,
    "InvalidParameterValue",
    `Value ${documentText(given)} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
  );
}

function parsed(text: string) {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const toQueue = refer(
  "queueUrl",
  queue.token,
  error("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."),
  { by: ["id", "url"], cascades: true },
);

const ofQueue = (type: string, property: string, more: Partial<TypeEntry>) =>
  ordinary(`aws:sqs/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: "{queueUrl}",
    untagged: true,
    maps: [property],
    forceNew: ["queueUrl"],
    check: (r) => documentFault(r, property),
    normalised: { [property]: asDocument },
    references: [toQueue],
    ...more,
  });

const queuePolicy = ofQueue("QueuePolicy", "policy", {
  admit: (r) => {
    const problem = documentProblem(documentText(r.given("policy") ?? ""), "resource");
    return refuseIf(
      problem !== undefined,
      "InvalidAttributeValue",
      "Invalid value for the parameter Policy.",
    );
  },
  schemaVersion: 1,
});

const redrivePolicy = ofQueue("RedrivePolicy", "redrivePolicy", {
  admit: (r) => refuseRedrive(r, r.given("redrivePolicy")),
});

const feedback = ["application", "firehose", "http", "lambda", "sqs"].flatMap((protocol) => [
  [`${protocol}FailureFeedbackRoleArn`, ""],
  [`${protocol}SuccessFeedbackRoleArn`, ""],
  [`${protocol}SuccessFeedbackSampleRate`, 0],
]) as [string, string | number][];

const topic = ordinary("aws:sns/topic:Topic", {
  arn: "sns:{name}",
  autoname: { property: "name", charactersMax: 256, ending: { text: ".fifo", when: "fifoTopic" } },
  defaults: { contentBasedDeduplication: false, fifoTopic: false },
  forceNew: ["fifoTopic", "name", "namePrefix"],
  check: (r) => {
    const formed = /^[a-zA-Z0-9_-]{1,256}(\.fifo)?$/.test(r.text("name"));
    const ends = r.text("name").endsWith(".fifo") === r.flag("fifoTopic");
    return formed && ends
      ? documentFault(r, "policy")
      : [{ property: "name", reason: `invalid topic name: ${r.text("name")}` }];
  },
  outputs: {
    ...Object.fromEntries(feedback),
    archivePolicy: "",
    beginningArchiveTime: "",
    deliveryPolicy: "",
    displayName: "",
    kmsMasterKeyId: "",
    namePrefix: "",
    owner: (r) => r.account,
    policy: topicPolicyOf,
    signatureVersion: 0,
    tracingConfig: "",
  },
  normalised: { policy: asDocument },
  keys: ["name"],
  taken: error(
    "InvalidParameter",
    "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
  ),
});

/** What a topic lets its owner do when no policy is given. */
function topicPolicyOf(r: Resource): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
  ];
  return JSON.stringify({
    Id: "__default_policy_ID",
    Statement: [
      {
        Action: actions.map((action) => `SNS:${action}`),
        Condition: { StringEquals: { "AWS:SourceOwner": r.account } },
        Effect: "Allow",
        Principal: { AWS: "*" },
        Resource: form("arn:{partition}:sns:{region}:{account}:{name}")(r),
        Sid: "__default_statement_ID",
      },
    ],
    Version: "2008-10-17",
  });
}

const noTopic = error("NotFound", "Topic does not exist");

const topicPolicy = ordinary("aws:sns/topicPolicy:TopicPolicy", {
  id: "{arn}",
  untagged: true,
  maps: ["policy"],
  forceNew: ["arn"],
  check: (r) => documentFault(r, "policy"),
  outputs: { owner: (r) => r.account },
  normalised: { policy: asDocument },
  references: [{ ...toTopic("arn", noTopic), cascades: true }],
  admit: (r) => {
    const text = documentText(r.given("policy") ?? "");
    const problem = documentProblem(text, "resource");
    return refuseIf(
      problem !== undefined,
      "InvalidParameter",
      `Invalid parameter: Policy statement: ${problem ?? ""}`,
    );
  },
});

const protocols = [
  "application",
  "email",
  "email-json",
  "firehose",
  "http",
  "https",
  "lambda",
  "sms",
  "sqs",
];

const endpointTokens: Readonly<Record<string, string>> = {
  sqs: queue.token,
  lambda: "aws:lambda/function:Function",
  firehose: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
};

const subscription = ordinary("aws:sns/topicSubscription:TopicSubscription", {
  id: (r) => `${r.text("topic")}:${r.uuid("subscription")}`,
  untagged: true,
  defaults: {
    confirmationTimeoutInMinutes: 1,
    endpointAutoConfirms: false,
    rawMessageDelivery: false,
  },
  forceNew: ["endpoint", "protocol", "topic"],
  check: (r) => oneOf(r.text("protocol"), "protocol", protocols),
  outputs: {
    arn: (r) => r.id,
    confirmationWasAuthenticated: (r) => r.text("protocol") in endpointTokens,
    ownerId: (r) => r.account,
    pendingConfirmation: (r) =>
      /^(http|email)/.test(r.text("protocol")) && !r.flag("endpointAutoConfirms"),
    filterPolicyScope: (r) => (r.given("filterPolicy") === undefined ? "" : "MessageAttributes"),
    deliveryPolicy: "",
    redrivePolicy: "",
    subscriptionRoleArn: "",
  },
  normalised: { filterPolicy: asDocument },
  keys: ["arn"],
  references: [{ ...toTopic("topic", noTopic), cascades: true }],
  admit: refuseSubscription,
});

function refuseSubscription(r: Resource): ServiceError | undefined {
  const token = endpointTokens[r.text("protocol")];
  const endpoint = r.text("endpoint");
  if (token !== undefined && !endpoint.startsWith("arn:")) {
    return error(
      "InvalidParameter",
      `Invalid parameter: Endpoint Reason: ${r.text("protocol")} endpoint ARN`,
    );
  }
  const fifo = textOf(r.target("topic")?.properties ?? {}, "name")?.endsWith(".fifo") === true;
  return refuseIf(
    fifo && r.text("protocol") !== "sqs",
    "InvalidParameter",
    `Invalid parameter: Invalid protocol type: ${r.text("protocol")}`,
  );
}

/** The entries of queues and topics. */
export const queueTypes: readonly TypeEntry[] = [
  queue,
  queuePolicy,
  redrivePolicy,
  ofQueue("RedriveAllowPolicy", "redriveAllowPolicy", {}),
  topic,
  topicPolicy,
  subscription,
];
