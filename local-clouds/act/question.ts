/** What is asked of `clouds act`, and what it answers. */

import type { Check, Reason } from "../probe/token/verdict.ts";
import type { Json, JsonObject } from "../protocol/value.ts";
import type { LogCloud } from "../records/call.ts";

/** An action that somebody wants to take. */
export interface Question {
  /** Who acts: ARN, principal, member, Kubernetes user, or a token. */
  readonly as: string;
  /** Of several things that a token becomes, the one whose id ends so; `""` where there is one. */
  readonly to: string;
  /** In the cloud's own words. */
  readonly action: string;
  /** ARN, id, resource name, `NAMESPACE/NAME`, URN or its end. */
  readonly resource: string;
  /** Parameters of the call. */
  readonly with: JsonObject;
  /** Facts of the request: `ip`, `region`, and condition keys by their names. */
  readonly context: JsonObject;
}

/** What came of it. `failed`: it was allowed, and the service refused it all the same. */
export type Outcome = "allowed" | "denied" | "failed" | "cannot tell";

/** The answer. */
export interface Answer {
  readonly cloud: LogCloud;
  /** Who acted, as the cloud writes it. */
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: Outcome;
  /** What decided. */
  readonly reason: Reason;
  /** What the call gave or changed. */
  readonly result: Json;
  /** Where records of it lie: destination and place. */
  readonly records: readonly string[];
}

/** The outcome of a decision. */
export function outcomeOf(check: Check): Outcome {
  return check.says === "yes" ? "allowed" : check.says === "no" ? "denied" : "cannot tell";
}
