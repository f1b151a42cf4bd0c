/** Cloud Functions of both generations. */

import type { Resource } from "../../../types/resource.ts";
import type { Companion, TypeEntry } from "../../../types/type.ts";
import { block, labels, notFound, toCryptoKey, within } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { runUrl, toAccount, usualAccount } from "./run-facts.ts";
import { shaped } from "./shaped.ts";

const functionToken = "gcp:cloudfunctionsv2/function:Function";

const oldFunctionToken = "gcp:cloudfunctions/function:Function";

const functionV2: TypeEntry = shaped({
  token: functionToken,
  form: "projects/{project}/locations/{location}/functions/{name}",
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
      service: serviceId,
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
  companions: (r) => [serviceOf(r)],
  timeouts: { create: 3600, update: 3600, delete: 3600 },
});

function serviceId(r: Resource): string {
  return `projects/${r.account}/locations/${r.text("location")}/services/${serviceName(r)}`;
}

/** Cloud Run's names have no underscores (Cloud Run functions, "Function naming"). */
function serviceName(r: Resource): string {
  return r.text("name").toLowerCase().replaceAll("_", "-");
}

/** What runs a function is a Cloud Run service of its name, which callers are granted on. */
function serviceOf(r: Resource): Companion {
  return {
    token: "gcp:cloudrunv2/service:Service",
    id: serviceId(r),
    properties: {
      name: serviceName(r),
      project: r.account,
      location: r.text("location"),
      ingress: ingress[r.text("serviceConfig.ingressSettings", "ALLOW_ALL")] ?? "",
      uri: runUrl(r),
      urls: [runUrl(r)],
      createTime: r.createdAt,
      updateTime: r.createdAt,
      template: { serviceAccount: r.text("serviceConfig.serviceAccountEmail", usualAccount(r)) },
    },
  };
}

/** A function's ingress settings as its service has them. */
const ingress: Readonly<Record<string, string>> = {
  ALLOW_ALL: "INGRESS_TRAFFIC_ALL",
  ALLOW_INTERNAL_ONLY: "INGRESS_TRAFFIC_INTERNAL_ONLY",
  ALLOW_INTERNAL_AND_GCLB: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
};

const functionV1: TypeEntry = shaped({
  token: oldFunctionToken,
  form: "projects/{project}/locations/{region}/functions/{name}",
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

/** The entries of functions. */
export const functionTypes: readonly TypeEntry[] = [
  functionV2,
  functionV1,
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
];
