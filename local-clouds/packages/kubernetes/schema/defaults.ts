/** What a custom kind's schema fills in (kubernetes/apiextensions, `pkg/apiserver/schema/defaulting`). */

import { isList, isObject, type Value } from "../../../protocol/value.ts";
import { type Schema, valuesOf } from "./schema.ts";

/** A value with its defaults; nulls that may not be are replaced by theirs or left out. */
export function withDefaults(value: Value, schema: Schema): Value {
  if (isList(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => withDefaults(item, items));
  }
  if (!isObject(value)) return value;
  const values = valuesOf(schema);
  const out: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) {
    const property = schema.properties?.[key] ?? values;
    if (property === undefined) out[key] = item;
    else if (item !== null || property.nullable === true) out[key] = withDefaults(item, property);
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (out[key] === undefined && property.default !== undefined) {
      out[key] = withDefaults(property.default, property);
    }
  }
  return out;
}
