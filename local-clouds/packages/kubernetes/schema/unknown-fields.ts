/** Fields that a custom kind's schema does not have: the server prunes them, or refuses if asked to. */

import { isList, type Json, type JsonObject } from "../../../protocol/value.ts";
import { isRecord } from "../api/read.ts";
import { preserves, type Schema, valuesOf } from "./schema.ts";

/** Fields that every object has, whatever its schema says. */
const ofObjects: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata"]);

/** The paths of all unknown fields of an object. */
export function unknownFields(object: JsonObject, schema: Schema): readonly string[] {
  return unknownIn(object, schema, "", true);
}

function unknownIn(value: Json, schema: Schema, field: string, isObject: boolean): string[] {
  if (isList(value)) {
    const { items } = schema;
    if (items === undefined) return [];
    return value.flatMap((item, i) =>
      unknownIn(item as Json, items, `${field}[${i}]`, embeds(items)),
    );
  }
  if (!isRecord(value)) return [];
  const values = valuesOf(schema);
  return Object.entries(value).flatMap(([key, item]) => {
    const path = field === "" ? key : `${field}.${key}`;
    if (isObject && ofObjects.has(key)) return [];
    const property = schema.properties?.[key] ?? values;
    if (property !== undefined) return unknownIn(item, property, path, embeds(property));
    return preserves(schema) ? [] : [path];
  });
}

function embeds(schema: Schema): boolean {
  return schema["x-kubernetes-embedded-resource"] === true;
}
