/** What a provider function (invoke, data source) is to the local clouds. */

import type { JsonObject } from "../protocol/value.ts";
import type { Neighbour, Scope } from "./resource.ts";
import type { ServiceError } from "./type.ts";

/** One call of a provider function. */
export interface InvokeCall {
  readonly args: JsonObject;
  readonly scope: Scope;
  /** A resource of this package's account by token and id (or another key of its type). */
  find(token: string, key: string): Neighbour | undefined;
  /** All resources of a token in this account and region. */
  all(token: string): readonly Neighbour[];
  /** Refuses the call as the service would. */
  refuse(error: ServiceError): never;
}

/** One provider function. */
export interface InvokeEntry {
  /** The function token, e.g. `aws:index/getRegion:getRegion`. */
  readonly token: string;
  readonly run: (call: InvokeCall) => JsonObject;
}
