/** Event Grid (Event Grid REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea } from "./arm.ts";
import { hostName, invalid, succeeded, systemData } from "./common.ts";
import { refuseLost } from "./existence.ts";

const grid = armArea({
  module: "eventgrid",
  provider: "Microsoft.EventGrid",
  apiVersion: "2025-02-15",
  outputs: { ...succeeded, ...systemData },
});

/** Event subscriptions of one topic ("Event Grid quotas and limits"). */
const subscriptionsPerTopicMax = 500;

function publisher(input: string): ArmShape {
  return {
    name: { input, charactersMin: 3, charactersMax: 50, form: /^[a-zA-Z0-9-]*$/ },
    location: "own",
    acts: true,
    ...hostName("Conflict", "The name '{value}' is already used in this region."),
    forceNew: ["inputSchema", "inputSchemaMapping"],
    outputs: {
      dataResidencyBoundary: "WithinGeopair",
      disableLocalAuth: false,
      endpoint: (r) => `https://${r.text(input)}.${r.region}-1.eventgrid.azure.net/api/events`,
      inputSchema: "EventGridSchema",
      metricResourceId: (r) => r.uuid("metric"),
      minimumTlsVersionAllowed: "1.2",
      privateEndpointConnections: [],
      publicNetworkAccess: "Enabled",
    },
  };
}

const topic = grid("Topic", "topics", publisher("topicName"));
const domainShape = publisher("domainName");
const domain = grid("Domain", "domains", {
  ...domainShape,
  outputs: {
    ...domainShape.outputs,
    autoCreateTopicWithFirstSubscription: true,
    autoDeleteTopicWithLastSubscription: true,
  },
});

const systemTopic = grid("SystemTopic", "systemTopics", {
  name: { input: "systemTopicName", charactersMin: 3, charactersMax: 128 },
  location: "own",
  acts: true,
  forceNew: ["source", "topicType"],
  outputs: { metricResourceId: (r) => r.uuid("metric") },
  admit: (r) => {
    if (r.given("source") === undefined || r.given("topicType") === undefined) {
      return invalid("InvalidRequest", "A system topic needs a source and a topic type.");
    }
    const source = r.text("source").toLowerCase();
    const twin = r
      .all(r.token)
      .find(
        ({ id, properties }) =>
          id !== r.id && String(properties["source"]).toLowerCase() === source,
      );
    return twin === undefined
      ? refuseLost(r, r.text("source"))
      : invalid(
          "InvalidRequest",
          `Only one system topic is allowed per source: ${twin.id} exists.`,
        );
  },
});

const subscriptionName = {
  input: "eventSubscriptionName",
  charactersMin: 3,
  charactersMax: 64,
  form: /^[a-zA-Z0-9-]*$/,
};

const subscriptionOutputs = {
  eventDeliverySchema: "EventGridSchema",
  filter: {
    enableAdvancedFilteringOnArrays: false,
    isSubjectCaseSensitive: false,
    subjectBeginsWith: "",
    subjectEndsWith: "",
  },
  labels: [],
  retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 },
} as const;

function refuseSubscription(r: Resource): ServiceError | undefined {
  if (
    r.given("destination") === undefined &&
    r.given("deliveryWithResourceIdentity") === undefined
  ) {
    return invalid("InvalidRequest", "Destination property must not be null.");
  }
  const target = r.given("destination.resourceId");
  const beside = r
    .all(r.token)
    .filter(({ id }) => id.startsWith(r.id.slice(0, r.id.lastIndexOf("/") + 1)));
  if (beside.length >= subscriptionsPerTopicMax && r.before === undefined) {
    return invalid(
      "LimitExceeded",
      `The limit of ${subscriptionsPerTopicMax} event subscriptions has been reached.`,
    );
  }
  return typeof target === "string" ? refuseLost(r, target) : undefined;
}

const subscription = grid("EventSubscription", "eventSubscriptions", {
  name: subscriptionName,
  place: { scope: "scope" },
  outputs: { ...subscriptionOutputs, topic: (r) => r.text("scope") },
  admit: (r) => refuseLost(r, r.text("scope")) ?? refuseSubscription(r),
});

const systemSubscription = grid("SystemTopicEventSubscription", "systemTopics/eventSubscriptions", {
  name: subscriptionName,
  parents: [{ input: "systemTopicName", token: "azure-native:eventgrid:SystemTopic" }],
  outputs: {
    ...subscriptionOutputs,
    topic: (r) => r.target("systemTopicName")?.properties["source"],
  },
  admit: refuseSubscription,
});

/** The entries of Event Grid. */
export const eventGridTypes: readonly ArmEntry[] = [
  topic,
  domain,
  systemTopic,
  subscription,
  systemSubscription,
];
