/** Topics, subscriptions and schemas (Pub/Sub API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../types/type.ts";
import { absent, labels, notFound, toCryptoKey, within } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { shaped } from "./shaped.ts";

const topicToken = "gcp:pubsub/topic:Topic";
const subscriptionToken = "gcp:pubsub/subscription:Subscription";
const schemaToken = "gcp:pubsub/schema:Schema";

/** 3 to 255 characters, beginning with a letter, never with `goog` (Pub/Sub, "Resource names"). */
function nameForm(r: Resource): InputFault[] {
  const name = r.text("name");
  return /^[a-zA-Z][\w.~+%-]{2,254}$/.test(name) && !name.startsWith("goog")
    ? []
    : [{ property: "name", reason: `"name" is no valid Pub/Sub resource name: ${name}` }];
}

const topic: TypeEntry = shaped({
  token: topicToken,
  form: "projects/{project}/topics/{name}",
  autoname: { property: "name", charactersMax: 255 },
  check: nameForm,
  planned: labels,
  outputs: {
    kmsKeyName: "",
    labels: {},
    messageRetentionDuration: "",
    ...absent("messageStoragePolicy", "schemaSettings"),
  },
  keys: ["name"],
  references: [
    toCryptoKey("kmsKeyName"),
    {
      at: "schemaSettings.schema",
      to: schemaToken,
      by: ["id", "name"],
      holds: true,
      missing: notFound("Resource not found (resource={value})."),
    },
  ],
  taken: {
    code: "409",
    says: "Resource already exists in the project (resource={leaf})., alreadyExists",
  },
});

const subscription: TypeEntry = shaped({
  token: subscriptionToken,
  form: "projects/{project}/subscriptions/{name}",
  autoname: { property: "name", charactersMax: 255 },
  defaults: { messageRetentionDuration: "604800s" },
  maps: ["pushConfig.attributes"],
  forceNew: ["enableMessageOrdering", "topic", "filter"],
  check: nameForm,
  planned: labels,
  normalised: {
    topic: (r, given) =>
      String(given).includes("/") ? given : `projects/${r.account}/topics/${String(given)}`,
  },
  outputs: {
    ackDeadlineSeconds: 10,
    enableExactlyOnceDelivery: false,
    enableMessageOrdering: false,
    filter: "",
    labels: {},
    retainAckedMessages: false,
    expirationPolicy: () => ({ ttl: "2678400s" }),
    ...within("deadLetterPolicy", { maxDeliveryAttempts: 5 }),
    ...within("retryPolicy", { maximumBackoff: "600s", minimumBackoff: "10s" }),
    ...absent(
      "bigqueryConfig",
      "cloudStorageConfig",
      "deadLetterPolicy",
      "pushConfig",
      "retryPolicy",
    ),
  },
  keys: ["name"],
  references: [
    {
      at: "topic",
      to: topicToken,
      key: (r, value) => (value.includes("/") ? value : `projects/${r.account}/topics/${value}`),
      within: "world",
      missing: notFound("Resource not found (resource={value})."),
    },
    {
      at: "deadLetterPolicy.deadLetterTopic",
      to: topicToken,
      within: "world",
      missing: notFound("Resource not found (resource={value})."),
    },
  ],
  taken: {
    code: "409",
    says: "Resource already exists in the project (resource={leaf})., alreadyExists",
  },
});

const schema: TypeEntry = shaped({
  token: schemaToken,
  form: "projects/{project}/schemas/{name}",
  autoname: { property: "name", charactersMax: 255 },
  defaults: { type: "TYPE_UNSPECIFIED" },
  check: nameForm,
  outputs: { definition: "", revisionId: (r) => r.hex("revision", 8) },
  keys: ["name"],
});

/** The entries of Pub/Sub. */
export const pubsubTypes: readonly TypeEntry[] = [
  topic,
  subscription,
  schema,
  ...grants({
    family: "gcp:pubsub/topicIAM",
    input: "topic",
    to: topicToken,
    form: "projects/{project}/topics/{topic}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:pubsub/subscriptionIAM",
    input: "subscription",
    to: subscriptionToken,
    form: "projects/{project}/subscriptions/{subscription}",
  }),
];
