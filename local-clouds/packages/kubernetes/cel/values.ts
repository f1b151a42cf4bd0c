/** Values as CEL rules see them: typed by their schema (kubernetes, "Validation rules"). */

import { type CelInput, run } from "@bufbuild/cel";
import { isList, type Json } from "../../../protocol/value.ts";
import { isRecord } from "../api/read.ts";
import { preserves, type Schema, valuesOf } from "../schema/schema.ts";

/** CEL's own words: a property of such a name is read as `__name__`. */
const reserved: ReadonlySet<string> = new Set(
  (
    "true false null in as break const continue else for function if import let loop package " +
    "namespace return var void while"
  ).split(" "),
);

/** The value of a schema; whole numbers are integers unless the schema says `number`. */
export function toCel(value: Json, schema: Schema | undefined): CelInput {
  if (typeof value === "number") {
    return schema?.type === "number" || !Number.isInteger(value) ? value : BigInt(value);
  }
  if (typeof value === "string") return textOf(value, schema);
  if (isList(value)) return value.map((item) => toCel(item as Json, schema?.items));
  if (!isRecord(value)) return value;
  const values = schema === undefined ? undefined : valuesOf(schema);
  const entries: [string, CelInput][] = [];
  for (const [key, item] of Object.entries(value)) {
    const property = schema?.properties?.[key];
    if (property !== undefined) entries.push([escaped(key), toCel(item, property)]);
    else if (values !== undefined) entries.push([key, toCel(item, values)]);
    else if (schema === undefined || preserves(schema)) entries.push([key, toCel(item, undefined)]);
  }
  return new Map(entries);
}

/** Dates and durations are CEL's own types. */
function textOf(value: string, schema: Schema | undefined): CelInput {
  const cast = { "date-time": "timestamp", duration: "duration" }[schema?.format ?? ""];
  return cast === undefined ? value : (run(`${cast}(text)`, { text: value }) as CelInput);
}

/** The name by which rules read a property. */
export function escaped(name: string): string {
  if (reserved.has(name)) return `__${name}__`;
  return name
    .replaceAll("__", "__underscores__")
    .replaceAll(".", "__dot__")
    .replaceAll("-", "__dash__")
    .replaceAll("/", "__slash__");
}
