/** Values outside of the lists that the schema gives, and quantities below zero, of any kind. */

import { isList, type Json } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { forItems, isRecord } from "../api/read.ts";
import { resolved } from "../schema/built-in.ts";
import { type Schema, valuesOf } from "../schema/schema.ts";

/** Judges every value of an object by its schema's `enum`; an empty text counts as not given. */
export function checkEnums(faults: Faults, value: Json, schema: Schema, field = ""): void {
  const own = resolved(schema);
  if (value === null || value === "") return;
  if (own.enum !== undefined && !own.enum.includes(value)) {
    faults.unsupported(field, value, own.enum.map(String));
  }
  if (isList(value)) {
    const { items } = own;
    if (items !== undefined) {
      forItems(value, field, (item, place) => checkEnums(faults, item as Json, items, place));
    }
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      const next = own.properties?.[key] ?? valuesOf(own);
      if (next !== undefined)
        checkEnums(faults, item, next, field === "" ? key : `${field}.${key}`);
    }
  }
}
