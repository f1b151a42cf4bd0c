/** Topics and subscriptions (Pub/Sub API v1). */

import type { TypeEntry } from "../../../types/type.ts";
import { absent, labels, project, toCryptoKey } from "./common.ts";
import { grants } from "./iam-grants.ts";

const topicToken = "gcp:pubsub/topic:Topic";

const topic: TypeEntry = {
  token: topicToken,
  autoname: { property: "name", charactersMax: 255 },
  forceNew: ["name", "project"],
  id: (r) => `projects/${r.account}/topics/${r.text("name")}`,
  planned: { ...project, ...labels },
  outputs: {
    kmsKeyName: "",
    labels: {},
    messageRetentionDuration: "",
    ...absent("messageStoragePolicy", "schemaSettings"),
  },
  keys: ["name"],
  references: [toCryptoKey("kmsKeyName")],
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** The entries of Pub/Sub. */
export const pubsubTypes: readonly TypeEntry[] = [
  topic,
  ...grants({
    family: "gcp:pubsub/topicIAM",
    input: "topic",
    to: topicToken,
    name: (r) =>
      r.text("topic").includes("/")
        ? r.text("topic")
        : `projects/${r.account}/topics/${r.text("topic")}`,
    fullName: true,
    showsProject: true,
  }),
];
