/** One thing the control door answers. */

import { BadRequest, type Clouds } from "../lifecycle/session.ts";
import type { Json, JsonObject } from "../protocol/value.ts";

/** Answers a request's body; what it throws as `BadRequest`, `Refused` or `RangeError` is a 400. */
export type Handler = (body: JsonObject, clouds: Clouds) => Json | Promise<Json>;

/** Handlers by method and path, e.g. `POST /drift`. */
export type Routes = Readonly<Record<string, Handler>>;

/** A text that the body must have. */
export function textIn(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value === "string" && value !== "") return value;
  throw new BadRequest(`the body lacks the text "${key}"`);
}
