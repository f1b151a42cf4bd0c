/**
 * Microsoft Learn, "Event delivery with a managed identity" (Event Grid), and "Managed identities
 * for Azure Web PubSub" and SignalR: without one they come with the target's key, or as nobody.
 */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

/** Targets that ask who delivers, and take an identity. */
const targets = [
  "EventHub",
  "HybridConnection",
  "ServiceBusQueue",
  "ServiceBusTopic",
  "StorageQueue",
];
const byIdentity: Demand = {
  path: ["destination", "endpointType"],
  holds: (value) => value === undefined || !targets.includes(value),
  witness: "a delivery with the target's shared key",
  good: "AzureFunction",
  bad: "ServiceBusQueue",
};
const subscriptions = [
  "DomainEventSubscription",
  "DomainTopicEventSubscription",
  "EventSubscription",
  "PartnerTopicEventSubscription",
  "SystemTopicEventSubscription",
  "TopicEventSubscription",
];

const upstream = (...path: Demand["path"]): Demand => ({
  path,
  holds: (value) => value === "ManagedIdentity",
  witness: "a forged event, which the handler cannot tell from the service's",
  good: "ManagedIdentity",
  bad: "None",
});

export const EI62 = demandRule({
  id: "EI62",
  sentence: "A service hands on events by its own identity.",
  why: "With a shared key, or with nothing, the receiver cannot tell the service from anybody else.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-3", "IA-5", "IA-9"],
  fix: "Use deliveryWithResourceIdentity in place of destination, and auth.type ManagedIdentity for upstreams.",
  demands: {
    ...Object.fromEntries(
      subscriptions.map((name) => [`azure-native:eventgrid:${name}`, [byIdentity]]),
    ),
    "azure-native:signalrservice:SignalR": [upstream("upstream", "templates", "*", "auth", "type")],
    "azure-native:webpubsub:WebPubSubHub": [
      upstream("properties", "eventHandlers", "*", "auth", "type"),
    ],
  },
});
