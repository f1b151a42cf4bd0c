/** Somebody who issues tokens in the world. */

import type { JsonObject } from "../../../protocol/value.ts";

/** One issuer. */
export interface Issuer {
  /** How `--issuer` names it, e.g. `github`, `eks/shop`. */
  readonly name: string;
  /** The `iss` claim, exactly as it is written into tokens. */
  readonly url: string;
  /** The `aud` claim of a token that asks for none. */
  readonly audience: string;
  /** How long its tokens last, in seconds. */
  readonly lifetimeSeconds: number;
  /** Its usual claims, given those that were asked for; the latter win. */
  readonly claims: (given: JsonObject) => JsonObject;
}

/** A text claim that was asked for, or a usual one. */
export function claim(given: JsonObject, name: string, usual: string): string {
  const value = given[name];
  return typeof value === "string" ? value : usual;
}
