/** A call of a cloud's API, before it takes the form of that cloud's log. */

import type { JsonObject } from "../protocol/value.ts";

/** The clouds whose logs differ; Entra's stands beside Azure's. */
export type LogCloud = "aws" | "azure" | "entra" | "gcp" | "kubernetes";

/** Who called. */
export interface Caller {
  /** `role`, `user`, `root`, `managed identity`, `service principal`, `service account`, `anonymous` … */
  readonly kind: string;
  /** ARN, object id, address or user name. */
  readonly id: string;
  readonly name: string;
  /** Account, tenant, project or API server that the caller belongs to. */
  readonly account: string;
  /** The unchanging id: `AROA…`, object id, numeric id; `""` where there is none. */
  readonly uniqueId: string;
  /** Name of a role's session; `""` elsewhere. */
  readonly session: string;
  readonly groups: readonly string[];
  /** ARN of the identity provider whose token made the session, where one did. */
  readonly federatedProvider?: string;
}

/** What the service answered instead of doing it. */
export interface CallError {
  readonly code: string;
  readonly message: string;
}

/** A call. */
export interface Call {
  readonly cloud: LogCloud;
  readonly caller: Caller;
  /** In the cloud's own words: IAM action, ARM operation, IAM permission, `RESOURCE VERB`. */
  readonly action: string;
  /** The API's method, where the cloud's log names it and it does not follow from the action. */
  readonly method?: string;
  /** ARN, ARM id, resource name, or `NAMESPACE/NAME`. */
  readonly resource: string;
  /** Account, subscription, project, tenant or API server of the resource. */
  readonly account: string;
  /** Region or location; `""` where there is none. */
  readonly region: string;
  readonly at: Date;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly error?: CallError | undefined;
  /** Address that the service saw. */
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What the cloud's decision rested on: role and scope, binding, reason. */
  readonly grounds?: JsonObject;
}

/** Parts of a date as log paths have them, in UTC. */
export function dateParts(at: Date): {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
} {
  const text = at.toISOString();
  return {
    year: text.slice(0, 4),
    month: text.slice(5, 7),
    day: text.slice(8, 10),
    hour: text.slice(11, 13),
    minute: text.slice(14, 16),
  };
}

/** A time as AWS, Azure and Kubernetes logs write it: whole seconds, UTC. */
export function secondsText(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "Z");
}
