/** What evaluating comes to. */

import type { Json } from "../../../../protocol/value.ts";

/** A moment, as `request.time` and `timestamp()` give it. */
export class Timestamp {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** A value: JSON, or a moment. */
export type Value = Json | Timestamp;

/** A value, an error as the language defines it, or what the documented subset does not cover. */
export type Result =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "error"; readonly why: string }
  | { readonly kind: "open"; readonly why: string };

/** A value. */
export function value(of: Value): Result {
  return { kind: "value", value: of };
}

/** An error: the expression has no value. */
export function error(why: string): Result {
  return { kind: "error", why };
}

/** Nothing that could be told. */
export function open(why: string): Result {
  return { kind: "open", why };
}

/** The name of a value's type, for errors. */
export function typeOf(of: Value): string {
  if (of === null) return "null";
  if (of instanceof Timestamp) return "timestamp";
  if (Array.isArray(of)) return "list";
  if (typeof of === "boolean") return "bool";
  return typeof of === "object" ? "map" : typeof of;
}
