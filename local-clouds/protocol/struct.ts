/** Between protobuf's Struct and decoded property values. */

import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { isList, type Json, type ValueObject } from "./value.ts";
import { decodeObject, encodeObject } from "./wire.ts";

/** Properties of a message; an absent Struct is an empty object. */
export function fromStruct(message: Struct | undefined): ValueObject {
  if (message === undefined) return {};
  return decodeObject(message.toJavaScript() as { readonly [key: string]: Json });
}

/**
 * Properties for a message. Secret marks stay: only packages that take secrets have any, except for
 * azure-native's own notes, which the real provider marks as well.
 */
export function toStruct(properties: ValueObject): Struct {
  return new StructOf(fieldsOf(encodeObject(properties, true)));
}

/**
 * Messages are built from the form in which protobuf's JavaScript holds them: an array with one place
 * for each field number (`struct.proto`). `Struct.fromJavaScript` makes a message object and a map for
 * every value, which takes most of the time of a Check.
 */
const StructOf = struct.Struct as unknown as new (fields: readonly unknown[]) => Struct;

function fieldsOf(object: { readonly [key: string]: Json }): unknown[] {
  return [Object.keys(object).map((key) => [key, fieldsOfValue(object[key] ?? null)])];
}

/** `Value`: null is field 1, then number, text, boolean, object, list. */
function fieldsOfValue(value: Json): unknown[] {
  const fields: unknown[] = new Array(valueFieldsMax).fill(undefined);
  if (value === null) fields[0] = struct.NullValue.NULL_VALUE;
  else if (typeof value === "number") fields[1] = value;
  else if (typeof value === "string") fields[2] = value;
  else if (typeof value === "boolean") fields[3] = value;
  else if (isList(value)) fields[5] = [value.map((item) => fieldsOfValue(item as Json))];
  else fields[4] = fieldsOf(value as { readonly [key: string]: Json });
  return fields;
}

/** Fields of `Value`. */
const valueFieldsMax = 6;
