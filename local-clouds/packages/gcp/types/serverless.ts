/** Cloud Run, Cloud Functions, schedules, queues and workflows. */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  block,
  labels,
  notFound,
  projectNumber,
  toCryptoKey,
  toId,
  within,
} from "./common.ts";
import { grants } from "./iam-grants.ts";
import { shaped } from "./shaped.ts";

const runToken = "gcp:cloudrunv2/service:Service";
const runJobToken = "gcp:cloudrunv2/job:Job";
const knativeToken = "gcp:cloudrun/service:Service";
const functionToken = "gcp:cloudfunctionsv2/function:Function";
const oldFunctionToken = "gcp:cloudfunctions/function:Function";

/** The account that runs what names none (Compute Engine default service account). */
function usualAccount(r: Resource): string {
  return `${projectNumber(r.account)}-compute@developer.gserviceaccount.com`;
}

/** The address of a service: deterministic by name, project number and region (Cloud Run, "URLs"). */
function runUrl(r: Resource): string {
  return `https://${r.text("name")}-${r.hex("url", 10)}-${short(r.text("location"))}.a.run.app`;
}

function short(location: string): string {
  const [area = "", where = ""] = location.split("-");
  return `${area.slice(0, 1)}${where.slice(0, 1)}`;
}

const runState: Readonly<Record<string, Computed>> = {
  conditions: [],
  createTime: (r) => r.createdAt,
  updateTime: (r) => r.createdAt,
  creator: "local-clouds",
  lastModifier: "local-clouds",
  deleteTime: "",
  expireTime: "",
  etag: (r) => `"${r.characters("etag", 20)}"`,
  generation: "1",
  observedGeneration: "1",
  reconciling: false,
  terminalConditions: (): Json => [{ type: "Ready", state: "CONDITION_SUCCEEDED" }],
  uid: (r) => r.uuid("uid"),
  annotations: {},
  labels: {},
};

const runService: TypeEntry = shaped({
  token: runToken,
  form: "projects/{project}/locations/{location}/services/{name}",
  required: ["location", "template"],
  defaults: { deletionProtection: true },
  maps: ["annotations", "template.labels", "template.annotations"],
  planned: labels,
  outputs: {
    ...runState,
    client: "",
    clientVersion: "",
    customAudiences: [],
    description: "",
    ingress: "INGRESS_TRAFFIC_ALL",
    invokerIamDisabled: false,
    latestCreatedRevision: (r) => `${r.id}/revisions/${r.text("name")}-00001-${r.hex("rev", 3)}`,
    latestReadyRevision: (r) => `${r.id}/revisions/${r.text("name")}-00001-${r.hex("rev", 3)}`,
    launchStage: "GA",
    trafficStatuses: (): Json => [{ percent: 100, type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" }],
    traffics: (): Json => [{ percent: 100, type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" }],
    uri: runUrl,
    urls: (r) => [runUrl(r)],
    ...within("template", {
      maxInstanceRequestConcurrency: 80,
      serviceAccount: usualAccount,
      timeout: "300s",
    }),
    ...block("template.scaling", { maxInstanceCount: 100, minInstanceCount: 0 }),
    ...within("template.containers[*]", { name: "", workingDir: "" }),
    ...absent("binaryAuthorization"),
  },
  keys: ["name", "uri"],
  references: [toAccount("template.serviceAccount"), toCryptoKey("template.encryptionKey")],
  admit: (r) => refuseContainers(r, "template.containers[*].image"),
  schemaVersion: 2,
});

/** An account of this project must be there; those that Google makes always are. */
function toAccount(at: string): Reference {
  return {
    at,
    to: "gcp:serviceaccount/account:Account",
    by: ["email", "id"],
    within: "world",
    unless: (value, r) => !value.includes(`@${r.account}.iam.`),
    missing: badRequest("Service account {value} does not exist."),
  };
}

function refuseContainers(r: Resource, path: string): ServiceError | undefined {
  return r.every(path).length > 0
    ? undefined
    : badRequest("template.containers: at least one container is needed");
}

const runJob: TypeEntry = shaped({
  token: runJobToken,
  form: "projects/{project}/locations/{location}/jobs/{name}",
  required: ["location", "template"],
  defaults: { deletionProtection: true, "template.template.maxRetries": 3 },
  maps: ["annotations", "template.labels", "template.annotations"],
  planned: labels,
  outputs: {
    ...runState,
    client: "",
    clientVersion: "",
    executionCount: 0,
    latestCreatedExecutions: [],
    launchStage: "GA",
    ...within("template", { parallelism: 0, taskCount: 1 }),
    ...within("template.template", {
      serviceAccount: usualAccount,
      timeout: "600s",
      executionEnvironment: "",
    }),
    ...absent("binaryAuthorization"),
  },
  keys: ["name"],
  references: [
    toAccount("template.template.serviceAccount"),
    toCryptoKey("template.template.encryptionKey"),
  ],
  admit: (r) => refuseContainers(r, "template.template.containers[*].image"),
  schemaVersion: 2,
});

/** Cloud Run by its first API, in Knative's form. */
const knative: TypeEntry = shaped({
  token: knativeToken,
  form: "locations/{location}/namespaces/{project}/services/{name}",
  required: ["location"],
  defaults: { autogenerateRevisionName: false },
  maps: [
    "metadata.annotations",
    "metadata.labels",
    "template.metadata.annotations",
    "template.metadata.labels",
  ],
  outputs: {
    statuses: (r): Json => [
      {
        url: runUrl(r),
        observedGeneration: 1,
        latestReadyRevisionName: `${r.text("name")}-00001-${r.hex("rev", 3)}`,
        latestCreatedRevisionName: `${r.text("name")}-00001-${r.hex("rev", 3)}`,
        conditions: [{ type: "Ready", status: "True", reason: "", message: "" }],
      },
    ],
    traffics: (): Json => [{ percent: 100, latestRevision: true }],
    ...block("metadata", {
      annotations: {},
      generation: 1,
      labels: {},
      namespace: (r) => r.account,
      resourceVersion: (r) => r.characters("version", 11),
      selfLink: (r) =>
        `/apis/serving.knative.dev/v1/namespaces/${projectNumber(r.account)}/services/${r.text("name")}`,
      uid: (r) => r.uuid("uid"),
    }),
    ...within("template.spec", {
      containerConcurrency: 80,
      serviceAccountName: usualAccount,
      timeoutSeconds: 300,
    }),
  },
  keys: ["name"],
  references: [toAccount("template.spec.serviceAccountName")],
  schemaVersion: 2,
});

const functionV2: TypeEntry = shaped({
  token: functionToken,
  form: "projects/{project}/locations/{location}/functions/{name}",
  required: ["location"],
  maps: ["serviceConfig.environmentVariables", "buildConfig.environmentVariables"],
  planned: labels,
  outputs: {
    description: "",
    environment: "GEN_2",
    kmsKeyName: "",
    state: "ACTIVE",
    updateTime: (r) => r.createdAt,
    url: (r) => `https://${r.text("location")}-${r.account}.cloudfunctions.net/${r.text("name")}`,
    ...within("buildConfig", {
      dockerRepository: (r) =>
        `projects/${r.account}/locations/${r.text("location")}/repositories/gcf-artifacts`,
    }),
    ...block("serviceConfig", {
      allTrafficOnLatestRevision: true,
      availableCpu: "0.1666",
      availableMemory: "256M",
      ingressSettings: "ALLOW_ALL",
      maxInstanceCount: 100,
      maxInstanceRequestConcurrency: 1,
      minInstanceCount: 0,
      service: (r) =>
        `projects/${r.account}/locations/${r.text("location")}/services/${r.text("name")}`,
      serviceAccountEmail: usualAccount,
      timeoutSeconds: 60,
      uri: runUrl,
    }),
  },
  keys: ["name", "url"],
  references: [
    toAccount("serviceConfig.serviceAccountEmail"),
    toCryptoKey("kmsKeyName"),
    {
      at: "buildConfig.source.storageSource.bucket",
      to: "gcp:storage/bucket:Bucket",
      within: "world",
      missing: notFound("Bucket {value} does not exist"),
    },
  ],
  timeouts: { create: 3600, update: 3600, delete: 3600 },
});

const functionV1: TypeEntry = shaped({
  token: oldFunctionToken,
  form: "projects/{project}/locations/{region}/functions/{name}",
  required: ["runtime"],
  defaults: { availableMemoryMb: 256, timeout: 60 },
  maps: ["buildEnvironmentVariables", "environmentVariables"],
  forceNew: ["eventTrigger", "triggerHttp"],
  planned: labels,
  outputs: {
    httpsTriggerUrl: (r) =>
      r.flag("triggerHttp")
        ? `https://${r.region}-${r.account}.cloudfunctions.net/${r.text("name")}`
        : "",
    httpsTriggerSecurityLevel: "SECURE_ALWAYS",
    ingressSettings: "ALLOW_ALL",
    maxInstances: 0,
    serviceAccountEmail: (r) => `${r.account}@appspot.gserviceaccount.com`,
    status: "ACTIVE",
    versionId: "1",
    vpcConnectorEgressSettings: "",
  },
  keys: ["name"],
  references: [
    {
      at: "sourceArchiveBucket",
      to: "gcp:storage/bucket:Bucket",
      within: "world",
      missing: notFound("Bucket {value} does not exist"),
    },
    toCryptoKey("kmsKeyName"),
  ],
  timeouts: { create: 300, read: 300, update: 300, delete: 300 },
});

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
  required: ["location"],
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
  required: ["destination", "location", "matchingCriterias"],
  forceNew: ["channel", "transport"],
  planned: labels,
  outputs: {
    conditions: {},
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
    etag: (r) => r.characters("etag", 20),
    uid: (r) => r.uuid("uid"),
    eventDataContentType: "application/json",
  },
});

const workflow: TypeEntry = shaped({
  token: "gcp:workflows/workflow:Workflow",
  form: "projects/{project}/locations/{region}/workflows/{name}",
  autoname: { property: "name", instead: "namePrefix", charactersMax: 63 },
  defaults: { deletionProtection: true },
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

/** The entries of what runs without machines. */
export const serverlessTypes: readonly TypeEntry[] = [
  runService,
  runJob,
  knative,
  functionV2,
  functionV1,
  schedule,
  queue,
  trigger,
  workflow,
  ...grants({
    family: "gcp:cloudrunv2/serviceIam",
    input: "name",
    to: runToken,
    form: "projects/{project}/locations/{location}/services/{name}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:cloudrunv2/jobIam",
    input: "name",
    to: runJobToken,
    form: "projects/{project}/locations/{location}/jobs/{name}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:cloudrun/iam",
    input: "service",
    form: "v1/projects/{project}/locations/{location}/services/{service}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:cloudfunctionsv2/functionIam",
    input: "cloudFunction",
    to: functionToken,
    form: "projects/{project}/locations/{location}/functions/{cloudFunction}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:cloudfunctions/functionIam",
    input: "cloudFunction",
    to: oldFunctionToken,
    form: "projects/{project}/locations/{region}/functions/{cloudFunction}",
    fullName: true,
  }),
  ...grants({
    family: "gcp:cloudtasks/queueIam",
    input: "name",
    to: "gcp:cloudtasks/queue:Queue",
    form: "projects/{project}/locations/{location}/queues/{name}",
    fullName: true,
  }),
];
