/** Between protobuf's Struct and decoded property values. */

import type { Struct, Value as StructValue } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { structBytes } from "./struct-bytes.ts";
import type { Json, ValueObject } from "./value.ts";
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
  return new WrittenStruct(structBytes(encodeObject(properties, true)));
}

/** The fields of a message as the library writes them. */
type Fields = ReturnType<Struct["getFieldsMap"]>;

/** A Struct whose bytes are ready: the library asks its fields to write themselves. */
class WrittenStruct extends struct.Struct {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  /** The library sets `forWriting` where it serializes. */
  override getFieldsMap(forWriting = false): Fields {
    const { bytes } = this;
    if (!forWriting) return struct.Struct.deserializeBinary(bytes).getFieldsMap();
    const fields: Pick<Fields, "getLength" | "serializeBinary"> = {
      getLength: () => bytes.length,
      serializeBinary: (_field, writer) => writer.writeSerializedMessage(bytes, 0, bytes.length),
    };
    return fields as Fields;
  }
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
