/**
 * What each provider says when its service fails. A provider retries before it gives up, so a
 * throttled request shows only once its retries are used up.
 */

import type { Operation } from "../types/profile.ts";

/** The request that failed. */
export interface Failed {
  readonly operation: Operation;
  readonly token: string;
  readonly urn: string;
  readonly id: string;
}

/** The sentences of one package. */
interface Words {
  readonly throttled: (failed: Failed) => string;
  readonly broken: (failed: Failed) => string;
  readonly timedOut: (failed: Failed) => string;
  readonly dropped: (failed: Failed) => string;
  readonly notReady: (failed: Failed) => string;
}

/** The sentences of a package; `undefined` for one that calls no service (random, tls): it never fails so. */
export function wordsOf(packageName: string): Words | undefined {
  return words.get(packageName);
}

/**
 * AWS SDK for Go: `exceeded maximum number of attempts` after the provider's default of 25 attempts
 * (`max_retries`). EC2 throttles with `RequestLimitExceeded` (503), S3 with `SlowDown`, the others
 * with `ThrottlingException` (EC2 API, "Error codes"; S3 API, "Error responses"; AWS "Common errors").
 */
const aws: Words = {
  throttled: (failed) => {
    const [status, code, says] = awsThrottles.get(awsService(failed)) ?? awsThrottle;
    return `${awsFrame(failed)}: exceeded maximum number of attempts, 25, ${awsAnswer(status, code, says)}`;
  },
  broken: (failed) => {
    const ec2 = awsService(failed) === "ec2";
    const code = ec2 || awsService(failed) === "s3" ? "InternalError" : "InternalFailure";
    return `${awsFrame(failed)}: ${awsAnswer(500, code, "An internal error has occurred")}`;
  },
  timedOut: (failed) => `${awsFrame(failed)}: request send failed, context deadline exceeded`,
  dropped: (failed) =>
    `${awsFrame(failed)}: https response error StatusCode: 0, request send failed, ` +
    `read tcp: read: connection reset by peer`,
  notReady: (failed) =>
    `waiting for ${awsService(failed)} ${kindOf(failed)} (${failed.id}) create: ` +
    `unexpected state 'failed', wanted target 'available'`,
};

const awsThrottle = [400, "ThrottlingException", "Rate exceeded"] as const;
const awsThrottles: ReadonlyMap<string, readonly [number, string, string]> = new Map([
  ["ec2", [503, "RequestLimitExceeded", "Request limit exceeded."]],
  ["s3", [503, "SlowDown", "Please reduce your request rate."]],
  ["iam", [400, "Throttling", "Rate exceeded"]],
]);

function awsFrame(failed: Failed): string {
  const service = awsService(failed);
  return `${failed.operation} ${service} ${kindOf(failed)}: operation error ${service}`;
}

function awsAnswer(status: number, code: string, says: string): string {
  return `https response error StatusCode: ${status}, api error ${code}: ${says}`;
}

function awsService(failed: Failed): string {
  return failed.token.split(":")[1]?.split("/")[0] ?? failed.token;
}

/** Azure Resource Manager: 429 and `Retry-After` (Azure docs, "Understand how ARM throttles requests"). */
const azure: Words = {
  throttled: () => azureAnswer(429, "TooManyRequests", "The request is being throttled."),
  broken: () => azureAnswer(500, "InternalServerError", "An unexpected error occurred."),
  timedOut: (failed) => `${azureAct(failed)}: context deadline exceeded`,
  dropped: (failed) => `${azureAct(failed)}: read tcp: read: connection reset by peer`,
  notReady: (failed) =>
    `${azureAct(failed)}: Code="OperationFailed" ` +
    `Message="The resource operation completed with terminal provisioning state 'Failed'."`,
};

function azureAnswer(status: number, code: string, says: string): string {
  return `Status=${status} Code="${code}" Message="${says}"`;
}

function azureAct(failed: Failed): string {
  return `${failed.operation} ${kindOf(failed)}`;
}

/** Microsoft Graph: 429 `TooManyRequests` (Graph docs, "Throttling guidance"). */
const graph: Words = {
  throttled: (failed) => graphAnswer(failed, 429, "TooManyRequests", "Too many requests."),
  broken: (failed) => graphAnswer(failed, 500, "InternalServerError", "Internal server error."),
  timedOut: (failed) => `${graphAct(failed)}: context deadline exceeded`,
  dropped: (failed) => `${graphAct(failed)}: read tcp: read: connection reset by peer`,
  notReady: (failed) =>
    `waiting for creation of ${kindOf(failed)} with object ID "${failed.id}": ` +
    `timeout while waiting for state to become 'Done' (last state: 'Waiting')`,
};

function graphAct(failed: Failed): string {
  return `${failed.operation} ${kindOf(failed)}`;
}

function graphAnswer(failed: Failed, status: number, code: string, says: string): string {
  return `${graphAct(failed)}: unexpected status ${status} with OData error: ${code}: ${says}`;
}

/** Google APIs: `rateLimitExceeded` and `backendError` (Compute Engine docs, "Troubleshooting API errors"). */
const google: Words = {
  throttled: (failed) =>
    `Error ${failed.operation} ${kindOf(failed)}: googleapi: Error 429: ` +
    `Quota exceeded for quota metric 'Queries' and limit 'Queries per minute', rateLimitExceeded`,
  broken: (failed) =>
    `Error ${failed.operation} ${kindOf(failed)}: googleapi: Error 503: ` +
    `Internal error. Please try again., backendError`,
  timedOut: (failed) => `Error ${failed.operation} ${kindOf(failed)}: context deadline exceeded`,
  dropped: (failed) =>
    `Error ${failed.operation} ${kindOf(failed)}: read tcp: read: connection reset by peer`,
  notReady: (failed) =>
    `Error waiting to create ${kindOf(failed)}: Error waiting for Creating ${kindOf(failed)}: ` +
    `The operation ended with an internal error.`,
};

/** Kubernetes API: `TooManyRequests`, `InternalError` (k8s.io/apimachinery, `StatusReason`). */
const kubernetes: Words = {
  throttled: (failed) =>
    `${kubernetesFrame(failed)}: the server has received too many requests and has asked us to try again later`,
  broken: (failed) =>
    `${kubernetesFrame(failed)}: Internal error occurred: etcdserver: leader changed`,
  timedOut: (failed) => `${kubernetesFrame(failed)}: context deadline exceeded`,
  dropped: (failed) => `${kubernetesFrame(failed)}: http2: client connection lost`,
  notReady: (failed) =>
    `the Kubernetes API server reported that "${failed.id}" failed to become ready`,
};

function kubernetesFrame(failed: Failed): string {
  return `resource was not successfully ${done[failed.operation]} by the Kubernetes API server`;
}

const done = {
  creating: "created",
  reading: "read",
  updating: "updated",
  deleting: "deleted",
  invoking: "called",
} as const;

const words: ReadonlyMap<string, Words> = new Map([
  ["aws", aws],
  ["azure-native", azure],
  ["azuread", graph],
  ["gcp", google],
  ["kubernetes", kubernetes],
]);

function kindOf(failed: Failed): string {
  return failed.token.slice(failed.token.lastIndexOf(":") + 1);
}
