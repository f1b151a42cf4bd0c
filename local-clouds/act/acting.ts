/** An action looked at from all sides, before anything is done. */

import type { Check } from "../probe/token/verdict.ts";
import type { JsonObject } from "../protocol/value.ts";
import type { CallError, Caller, LogCloud } from "../records/call.ts";
import type { Change } from "./change.ts";

/** What one cloud says of an action. */
export interface Acting {
  readonly cloud: LogCloud;
  /** Who acts, as the cloud writes it. */
  readonly as: string;
  readonly caller: Caller;
  /** The resource as the cloud's policies and logs name it. */
  readonly resource: string;
  /** Account, subscription, project, tenant or API server of the resource. */
  readonly account: string;
  readonly region: string;
  readonly check: Check;
  /** What the action changes; `undefined` where that is not known. */
  readonly change: () => Change | undefined;
  /** Parameters as the cloud's log writes them. */
  readonly request: JsonObject;
  /** What the service answers to who may not. */
  readonly refusal: CallError;
  /** What the decision rested on, where the cloud's log tells it. */
  readonly grounds?: JsonObject;
}
