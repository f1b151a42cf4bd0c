/** Between protobuf's Struct and decoded property values. */

import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Json, ValueObject } from "./value.ts";
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
  return struct.Struct.fromJavaScript(encodeObject(properties, true));
}
