/** Schedules, queues, triggers and workflows. */

import type { TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, block, labels, toId } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { protectedKind } from "./protection.ts";
import { usualAccount } from "./run-facts.ts";
import { shaped } from "./shaped.ts";

const schedule: TypeEntry = shaped({
  token: "gcp:cloudscheduler/job:Job",
  form: "projects/{project}/locations/{region}/jobs/{name}",
  defaults: { timeZone: "Etc/UTC" },
  maps: ["httpTarget.headers", "pubsubTarget.attributes", "appEngineHttpTarget.headers"],
  outputs: { attemptDeadline: "180s", paused: false, state: "ENABLED" },
  check: (r) => {
    const targets = ["appEngineHttpTarget", "httpTarget", "pubsubTarget"].filter(
      (key) => r.given(key) !== undefined,
    );
    return targets.length === 1
      ? []
      : [
          {
            property: "httpTarget",
            reason:
              "only one of `app_engine_http_target,http_target,pubsub_target` can be specified",
          },
        ];
  },
  references: [toId("pubsubTarget.topicName", "gcp:pubsub/topic:Topic", false)],
  admit: (r) =>
    r.text("schedule", "* * * * *").trim().split(/\s+/).length >= 3
      ? undefined
      : badRequest("Schedule or time zone is invalid."),
});

const queue: TypeEntry = shaped({
  token: "gcp:cloudtasks/queue:Queue",
  form: "projects/{project}/locations/{location}/queues/{name}",
  outputs: {
    state: "RUNNING",
    ...block("rateLimits", {
      maxBurstSize: 100,
      maxConcurrentDispatches: 1000,
      maxDispatchesPerSecond: 500,
    }),
    ...block("retryConfig", {
      maxAttempts: 100,
      maxBackoff: "3600s",
      maxDoublings: 16,
      maxRetryDuration: "",
      minBackoff: "0.100s",
    }),
    ...absent("appEngineRoutingOverride", "stackdriverLoggingConfig"),
  },
  keys: ["name"],
});

const trigger: TypeEntry = shaped({
  token: "gcp:eventarc/trigger:Trigger",
  form: "projects/{project}/locations/{location}/triggers/{name}",
  forceNew: ["channel", "transport"],
  planned: labels,
  outputs: {
    conditions: {},
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    etag: (r) => r.characters(r.content(), 20),
    uid: (r) => r.uuid("uid"),
    eventDataContentType: "application/json",
  },
});

const workflow: TypeEntry = shaped({
  token: "gcp:workflows/workflow:Workflow",
  form: "projects/{project}/locations/{region}/workflows/{name}",
  autoname: { property: "name", instead: "namePrefix", charactersMax: 63 },
  defaults: { deletionProtection: true },
  ...protectedKind("workflow"),
  forceNew: ["namePrefix"],
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    description: "",
    revisionId: (r) => `000001-${r.hex("rev", 3)}`,
    serviceAccount: (r) => `projects/${r.account}/serviceAccounts/${usualAccount(r)}`,
    state: "ACTIVE",
  },
  schemaVersion: 1,
});

/** The entries of what starts others. */
export const scheduleTypes: readonly TypeEntry[] = [
  schedule,
  queue,
  trigger,
  workflow,
  ...grants({
    family: "gcp:cloudtasks/queueIam",
    input: "name",
    to: "gcp:cloudtasks/queue:Queue",
    form: "projects/{project}/locations/{location}/queues/{name}",
    fullName: true,
  }),
];
