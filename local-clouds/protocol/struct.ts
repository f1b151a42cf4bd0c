/** Between protobuf's Struct and decoded property values. */

import type { Struct, Value as StructValue } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { isList, type Json, type ValueObject } from "./value.ts";
import { decodeObject, encodeObject, MalformedValue } from "./wire.ts";

/** Deepest nesting taken; no provider's schema comes near. */
const depthMax = 200;

/**
 * Properties of a message; an absent Struct is an empty object. Throws {@link MalformedValue} for
 * what no JSON can hold: a value of no kind, a number that is none.
 */
export function fromStruct(message: Struct | undefined): ValueObject {
  return message === undefined ? {} : decodeObject(plainObject(message, 0));
}

/**
 * Properties for a message. Secret marks stay: only packages that take secrets have any, except for
 * azure-native's own notes, which the real provider marks as well.
 */
export function toStruct(properties: ValueObject): Struct {
  return new StructOf(fieldsOf(encodeObject(properties, true)));
}

function plainObject(message: Struct, depth: number): { readonly [key: string]: Json } {
  if (depth > depthMax) throw new MalformedValue(`nested more than ${depthMax} deep`);
  const entries: [string, Json][] = [];
  message.getFieldsMap().forEach((value, key) => {
    entries.push([key, plain(value, depth)]);
  });
  return Object.fromEntries(entries);
}

function plain(value: StructValue, depth: number): Json {
  const { KindCase } = struct.Value;
  switch (value.getKindCase()) {
    case KindCase.NULL_VALUE:
      return null;
    case KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case KindCase.STRING_VALUE:
      return value.getStringValue();
    case KindCase.NUMBER_VALUE:
      return finite(value.getNumberValue());
    case KindCase.STRUCT_VALUE:
      return plainObject(value.getStructValue() ?? new struct.Struct(), depth + 1);
    case KindCase.LIST_VALUE:
      return plainList(value.getListValue()?.getValuesList() ?? [], depth + 1);
    default:
      throw new MalformedValue("a value of no kind");
  }
}

function plainList(values: readonly StructValue[], depth: number): Json {
  if (depth > depthMax) throw new MalformedValue(`nested more than ${depthMax} deep`);
  return values.map((value) => plain(value, depth));
}

function finite(number: number): number {
  if (Number.isFinite(number)) return number;
  throw new MalformedValue(`the number ${number}`);
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
