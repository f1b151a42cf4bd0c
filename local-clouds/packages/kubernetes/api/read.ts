/** Reading an object whose form is known: what is absent reads as empty, as it does in the API server. */

import type { Json, JsonObject } from "../../../protocol/value.ts";

/** Whether a value is an object. */
export function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value below several keys; `undefined` where something on the way is missing. */
export function at(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of keys) found = isRecord(found) ? found[key] : undefined;
  return found ?? undefined;
}

/** An object below several keys, empty when absent. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
  const found = at(value, ...keys);
  return isRecord(found) ? found : {};
}

/** A list below several keys, empty when absent. */
export function listAt(value: Json | undefined, ...keys: readonly string[]): readonly Json[] {
  const found = at(value, ...keys);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** A text below several keys, `""` when absent. */
export function textAt(value: Json | undefined, ...keys: readonly string[]): string {
  const found = at(value, ...keys);
  return typeof found === "string" ? found : "";
}

/** The texts of a map of texts. */
export function textsAt(
  value: Json | undefined,
  ...keys: readonly string[]
): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, ...keys));
  return Object.fromEntries(entries.map(([key, item]) => [key, String(item)]));
}

/** Visits the items of a list, each with the name of its field. */
export function forItems(
  list: readonly Json[],
  field: string,
  visit: (item: Json, field: string) => void,
): void {
  for (const [i, item] of list.entries()) visit(item, `${field}[${i}]`);
}
