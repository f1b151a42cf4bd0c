/** Service Bus and Event Hubs (their REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError } from "../../../types/type.ts";
import { type ArmArea, type ArmEntry, type ArmShape, armArea, nested } from "./arm.ts";
import { hostName, invalid, member, succeeded, systemData } from "./common.ts";

const busArea: ArmArea = {
  module: "servicebus",
  provider: "Microsoft.ServiceBus",
  apiVersion: "2026-01-01",
};
const hubArea: ArmArea = {
  module: "eventhub",
  provider: "Microsoft.EventHub",
  apiVersion: "2024-01-01",
};
const bus = armArea(busArea);
const hubs = armArea(hubArea);

const tokens = {
  bus: "azure-native:servicebus:Namespace",
  queue: "azure-native:servicebus:Queue",
  topic: "azure-native:servicebus:Topic",
  subscription: "azure-native:servicebus:Subscription",
  hubs: "azure-native:eventhub:Namespace",
  hub: "azure-native:eventhub:EventHub",
};

/** Rights of a shared key ("Shared Access Authorization Policies"). */
const rights = ["Manage", "Send", "Listen"];
/** Rules of shared keys on one entity (Service Bus and Event Hubs quotas). */
const keyRulesMax = 12;

function namespace(
  make: typeof bus,
  type: string,
  more: Readonly<Record<string, Computed>>,
): ArmEntry {
  return make("Namespace", "namespaces", {
    name: {
      input: "namespaceName",
      charactersMin: 6,
      charactersMax: 50,
      form: /^[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
      refusal: {
        code: "InvalidNamespaceName",
        says: "The specified service namespace is invalid: {value}.",
      },
    },
    location: "own",
    acts: true,
    ...hostName("NameNotAvailable", "The specified name {value} is not available."),
    planned: { type },
    check: (r) => member(r, "sku.name", ["Basic", "Standard", "Premium"]),
    outputs: {
      ...succeeded,
      createdAt: (r) => r.createdAt,
      disableLocalAuth: false,
      metricId: (r) => `${r.account}:${r.text("namespaceName").toLowerCase()}`,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Enabled",
      serviceBusEndpoint: (r) => `https://${r.text("namespaceName")}.servicebus.windows.net:443/`,
      ...nested("sku", { name: "Standard", tier: (r) => r.text("sku.name", "Standard") }),
      status: "Active",
      tags: {},
      updatedAt: (r) => r.createdAt,
      zoneRedundant: false,
      ...more,
    },
  });
}

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

/** Shared keys of a namespace or of what lies in it. */
function keyRule(
  make: typeof bus,
  name: string,
  kinds: string,
  parents: ArmShape["parents"] & object,
): ArmEntry {
  return make(name, kinds, {
    name: { input: "authorizationRuleName", charactersMax: 50 },
    parents,
    required: ["rights"],
    check: (r) => member(r, "rights[*]", rights),
    outputs: { location: (r) => r.target("namespaceName")?.properties["location"] },
    admit: refuseRights,
  });
}

function refuseRights(r: Resource): ServiceError | undefined {
  const asked = r.list("rights");
  if (asked.includes("Manage") && !rights.every((right) => asked.includes(right))) {
    return invalid("BadRequest", "Manage permission must also include Send and Listen.");
  }
  const owner = r.id.split("/").slice(0, -1).join("/").toLowerCase();
  const beside = r
    .all(r.token)
    .filter(({ id }) => id !== r.id && id.toLowerCase().startsWith(`${owner}/`));
  return beside.length >= keyRulesMax
    ? invalid("BadRequest", `No more than ${keyRulesMax} authorization rules are allowed.`)
    : undefined;
}

function networkRules(make: typeof bus, token: string): ArmEntry {
  return make("NamespaceNetworkRuleSet", "namespaces/networkRuleSets", {
    name: { fixed: "default" },
    parents: [{ input: "namespaceName", token }],
    check: (r) => member(r, "defaultAction", ["Allow", "Deny"]),
    outputs: {
      defaultAction: "Allow",
      ipRules: [],
      location: (r) => r.target("namespaceName")?.properties["location"],
      publicNetworkAccess: "Enabled",
      virtualNetworkRules: [],
    },
  });
}

const hub = hubs("EventHub", "namespaces/eventhubs", {
  name: { input: "eventHubName", charactersMax: 256 },
  parents: [{ input: "namespaceName", token: tokens.hubs }],
  outputs: {
    createdAt: (r) => r.createdAt,
    location: (r) => r.target("namespaceName")?.properties["location"],
    messageRetentionInDays: 7,
    partitionCount: 4,
    partitionIds: (r) => Array.from({ length: r.number("partitionCount", 4) }, (_, i) => String(i)),
    ...nested("retentionDescription", { cleanupPolicy: "Delete", retentionTimeInHours: 168 }),
    status: "Active",
    ...systemData,
    updatedAt: (r) => r.createdAt,
  },
  admit: refuseHub,
});

/** Partitions are chosen once and for all outside of Premium ("Event Hubs quotas and limits"). */
function refuseHub(r: Resource): ServiceError | undefined {
  const sku = (r.target("namespaceName")?.properties["sku"] ?? {}) as { name?: string };
  const max = sku.name === "Premium" ? 100 : 32;
  const count = r.number("partitionCount", 4);
  if (count < 1 || count > max) {
    return invalid("BadRequest", `The value of PartitionCount must be 1 to ${max}, got ${count}.`);
  }
  const before = r.before?.["partitionCount"];
  return sku.name !== "Premium" && typeof before === "number" && before !== count
    ? invalid("BadRequest", "PartitionCount cannot be changed for an existing event hub.")
    : undefined;
}

const consumers = hubs("ConsumerGroup", "namespaces/eventhubs/consumergroups", {
  name: { input: "consumerGroupName", charactersMax: 50 },
  parents: [
    { input: "namespaceName", token: tokens.hubs },
    { input: "eventHubName", token: tokens.hub },
  ],
  outputs: {
    createdAt: (r) => r.createdAt,
    location: (r) => r.target("namespaceName")?.properties["location"],
    ...systemData,
    updatedAt: (r) => r.createdAt,
  },
});

const inBus = { input: "namespaceName", token: tokens.bus };
const inHubs = { input: "namespaceName", token: tokens.hubs };

/** The entries of Service Bus and Event Hubs. */
export const messagingTypes: readonly ArmEntry[] = [
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
  namespace(hubs, "Microsoft.EventHub/Namespaces", {
    isAutoInflateEnabled: false,
    kafkaEnabled: true,
    maximumThroughputUnits: 0,
    ...systemData,
  }),
  hub,
  consumers,
  keyRule(hubs, "NamespaceAuthorizationRule", "namespaces/authorizationRules", [inHubs]),
  keyRule(hubs, "EventHubAuthorizationRule", "namespaces/eventhubs/authorizationRules", [
    inHubs,
    { input: "eventHubName", token: tokens.hub },
  ]),
  networkRules(hubs, tokens.hubs),
];
