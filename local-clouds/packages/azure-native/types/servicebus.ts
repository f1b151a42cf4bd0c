/** Service Bus (Service Bus REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { invalid } from "./common.ts";
import { keyRule, namespace, networkRules } from "./messaging.ts";

const bus = armArea({
  module: "servicebus",
  provider: "Microsoft.ServiceBus",
  apiVersion: "2026-01-01",
});

const tokens = {
  bus: "azure-native:servicebus:Namespace",
  queue: "azure-native:servicebus:Queue",
  topic: "azure-native:servicebus:Topic",
  subscription: "azure-native:servicebus:Subscription",
};

const forever = "P10675199DT2H48M5.4775807S";
const never = "0001-01-01T00:00:00Z";

const counts = {
  activeMessageCount: 0,
  deadLetterMessageCount: 0,
  scheduledMessageCount: 0,
  transferDeadLetterMessageCount: 0,
  transferMessageCount: 0,
};

const entityOutputs: Readonly<Record<string, Computed>> = {
  autoDeleteOnIdle: forever,
  countDetails: counts,
  createdAt: (r) => r.createdAt,
  defaultMessageTimeToLive: forever,
  enableBatchedOperations: true,
  location: (r) => r.target("namespaceName")?.properties["location"],
  status: "Active",
  updatedAt: (r) => r.createdAt,
};

/** Partitioned entities have sixteen partitions of the asked size. */
function sizeOf(r: Resource): number {
  return r.flag("enablePartitioning") ? 16_384 : 1024;
}

const storedOutputs: Readonly<Record<string, Computed>> = {
  ...entityOutputs,
  accessedAt: never,
  duplicateDetectionHistoryTimeWindow: "PT10M",
  enableExpress: false,
  enablePartitioning: false,
  maxMessageSizeInKilobytes: 256,
  maxSizeInMegabytes: sizeOf,
  requiresDuplicateDetection: false,
  sizeInBytes: 0,
};

const lockMax = /^PT(([0-4]M)?(\d+S)?|5M)$/;

const queue = bus("Queue", "namespaces/queues", {
  name: { input: "queueName", charactersMax: 260 },
  parents: [{ input: "namespaceName", token: tokens.bus }],
  forceNew: ["requiresDuplicateDetection", "requiresSession", "enablePartitioning"],
  outputs: {
    ...storedOutputs,
    deadLetteringOnMessageExpiration: false,
    lockDuration: "PT1M",
    maxDeliveryCount: 10,
    messageCount: 0,
    requiresSession: false,
  },
  admit: (r) => refuseLock(r) ?? refuseTarget(r, "namespaceName"),
});

function refuseLock(r: Resource): ServiceError | undefined {
  return lockMax.test(r.text("lockDuration", "PT1M"))
    ? undefined
    : invalid(
        "MessagingGatewayBadRequest",
        "The supplied lock time exceeds the allowed maximum of '5' minutes.",
      );
}

/** Messages are passed on to an entity of the same namespace, never to the entity itself. */
function refuseTarget(r: Resource, namespaceInput: string): ServiceError | undefined {
  const to = r.given("forwardTo");
  const owner = r.target(namespaceInput)?.id;
  if (typeof to !== "string" || to === "" || owner === undefined) return undefined;
  const there =
    r.find(tokens.queue, `${owner}/queues/${to}`) ?? r.find(tokens.topic, `${owner}/topics/${to}`);
  return there === undefined
    ? invalid(
        "BadRequest",
        `The entity '${to}' that messages are to be forwarded to does not exist in namespace ${owner}.`,
      )
    : undefined;
}

/** Basic namespaces have queues only (Service Bus pricing tiers). */
function refuseBasic(r: Resource): ServiceError | undefined {
  const sku = r.target("namespaceName")?.properties["sku"] as { name?: string } | undefined;
  return sku?.name === "Basic"
    ? invalid("BadRequest", "Topics are not supported in a namespace of the Basic tier.")
    : undefined;
}

const topic = bus("Topic", "namespaces/topics", {
  name: { input: "topicName", charactersMax: 260 },
  parents: [{ input: "namespaceName", token: tokens.bus }],
  forceNew: ["requiresDuplicateDetection", "enablePartitioning"],
  outputs: {
    ...storedOutputs,
    subscriptionCount: 0,
    supportOrdering: (r) => !r.flag("enablePartitioning"),
  },
  admit: refuseBasic,
});

const inTopic = [
  { input: "namespaceName", token: tokens.bus },
  { input: "topicName", token: tokens.topic },
];

const subscription = bus("Subscription", "namespaces/topics/subscriptions", {
  name: { input: "subscriptionName", charactersMax: 50 },
  parents: inTopic,
  outputs: {
    ...entityOutputs,
    accessedAt: (r) => r.createdAt,
    deadLetteringOnFilterEvaluationExceptions: true,
    deadLetteringOnMessageExpiration: false,
    isClientAffine: false,
    lockDuration: "PT1M",
    maxDeliveryCount: 10,
    messageCount: 0,
    requiresSession: false,
  },
  admit: (r) => refuseLock(r) ?? refuseTarget(r, "namespaceName"),
});

const rule = bus("Rule", "namespaces/topics/subscriptions/rules", {
  name: { input: "ruleName", charactersMax: 50 },
  parents: [...inTopic, { input: "subscriptionName", token: tokens.subscription }],
  hidden: ["sqlFilter.requiresPreprocessing", "action.requiresPreprocessing"],
  outputs: {
    ...nested("action", {}),
    "action.compatibilityLevel": (r) =>
      r.given("action.sqlExpression") === undefined ? undefined : 20,
    "sqlFilter.compatibilityLevel": 20,
    location: (r) => r.target("namespaceName")?.properties["location"],
  },
});

const inBus = { input: "namespaceName", token: tokens.bus };

/** The entries of Service Bus. */
export const serviceBusTypes: readonly ArmEntry[] = [
  namespace(bus, "Microsoft.ServiceBus/Namespaces", {}),
  queue,
  topic,
  subscription,
  rule,
  keyRule(bus, "NamespaceAuthorizationRule", "namespaces/authorizationRules", [inBus]),
  keyRule(bus, "QueueAuthorizationRule", "namespaces/queues/authorizationRules", [
    inBus,
    { input: "queueName", token: tokens.queue },
  ]),
  networkRules(bus, tokens.bus),
];
