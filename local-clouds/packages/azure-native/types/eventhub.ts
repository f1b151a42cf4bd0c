/** Event Hubs (Event Hubs REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { invalid, systemData } from "./common.ts";
import { keyRule, namespace, networkRules } from "./messaging.ts";

const hubs = armArea({
  module: "eventhub",
  provider: "Microsoft.EventHub",
  apiVersion: "2024-01-01",
});

const tokens = {
  hubs: "azure-native:eventhub:Namespace",
  hub: "azure-native:eventhub:EventHub",
};

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

const inHubs = { input: "namespaceName", token: tokens.hubs };

/** The entries of Event Hubs. */
export const eventHubTypes: readonly ArmEntry[] = [
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
