/** Cloud Run services and jobs, by both of its APIs. */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, block, labels, projectNumber, toCryptoKey, within } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { protectedKind } from "./protection.ts";
import { runUrl, toAccount, usualAccount } from "./run-facts.ts";
import { shaped } from "./shaped.ts";

const runToken = "gcp:cloudrunv2/service:Service";

const runJobToken = "gcp:cloudrunv2/job:Job";

const knativeToken = "gcp:cloudrun/service:Service";

const runState: Readonly<Record<string, Computed>> = {
  conditions: [],
  createTime: (r) => r.createdAt,
  updateTime: (r) => r.createdAt,
  creator: "local-clouds",
  lastModifier: "local-clouds",
  deleteTime: "",
  expireTime: "",
  etag: (r) => `"${r.characters(r.content(), 20)}"`,
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
  defaults: { deletionProtection: true },
  ...protectedKind("service"),
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

function refuseContainers(r: Resource, path: string): ServiceError | undefined {
  return r.every(path).length > 0
    ? undefined
    : badRequest("template.containers: at least one container is needed");
}

const runJob: TypeEntry = shaped({
  token: runJobToken,
  form: "projects/{project}/locations/{location}/jobs/{name}",
  defaults: { deletionProtection: true, "template.template.maxRetries": 3 },
  ...protectedKind("job"),
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

/** The entries of Cloud Run. */
export const runTypes: readonly TypeEntry[] = [
  runService,
  runJob,
  knative,
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
];
