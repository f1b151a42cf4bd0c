/**
 * Plain data as the bytes of a `google.protobuf.Struct` (`google/protobuf/struct.proto`).
 *
 * The library builds an object for every value and then writes it piece by piece: most of the time
 * of a request went there.
 */

import type { Json } from "./value.ts";

/** First guess of a message's size. */
const bytesAtFirst = 4096;

/** Tags of the fields: number and wire type. */
const tags = {
  /** `Struct.fields`, and of an entry its key. */
  first: 0x0a,
  /** The value of an entry. */
  second: 0x12,
  nullValue: 0x08,
  numberValue: 0x11,
  stringValue: 0x1a,
  boolValue: 0x20,
  structValue: 0x2a,
  listValue: 0x32,
} as const;

/** The bytes of an object. */
export function structBytes(object: { readonly [key: string]: Json }): Uint8Array {
  const writer = new BackwardWriter();
  writeStruct(writer, object);
  return writer.written();
}

function writeStruct(writer: BackwardWriter, object: { readonly [key: string]: Json }): void {
  for (const [key, value] of Object.entries(object).reverse()) {
    const end = writer.length;
    writeValue(writer, value, tags.second);
    writer.text(key, tags.first);
    writer.head(tags.first, writer.length - end);
  }
}

/** A value with the tag and the length of the field it stands in. */
function writeValue(writer: BackwardWriter, value: Json, tag: number): void {
  const end = writer.length;
  if (value === null) writer.flag(tags.nullValue, false);
  else if (typeof value === "string") writer.text(value, tags.stringValue);
  else if (typeof value === "number") writer.number(tags.numberValue, value);
  else if (typeof value === "boolean") writer.flag(tags.boolValue, value);
  else if (Array.isArray(value)) {
    for (const item of (value as readonly Json[]).toReversed())
      writeValue(writer, item, tags.first);
    writer.head(tags.listValue, writer.length - end);
  } else {
    writeStruct(writer, value as { readonly [key: string]: Json });
    writer.head(tags.structValue, writer.length - end);
  }
  writer.head(tag, writer.length - end);
}

/** Writes from the end to the front: what a length counts is then there before the length. */
class BackwardWriter {
  private buffer = Buffer.allocUnsafe(bytesAtFirst);
  private start = bytesAtFirst;

  /** Bytes written so far. */
  get length(): number {
    return this.buffer.length - this.start;
  }

  written(): Uint8Array {
    return this.buffer.subarray(this.start);
  }

  head(tag: number, length: number): void {
    let rest = length;
    const bytes = [tag];
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
    const at = this.make(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.buffer[at + i] = bytes[i] ?? 0;
  }

  text(text: string, tag: number): void {
    const length = Buffer.byteLength(text);
    const at = this.make(length);
    this.buffer.write(text, at);
    this.head(tag, length);
  }

  number(tag: number, value: number): void {
    const at = this.make(9);
    this.buffer[at] = tag;
    this.buffer.writeDoubleLE(value, at + 1);
  }

  flag(tag: number, value: boolean): void {
    const at = this.make(2);
    this.buffer[at] = tag;
    this.buffer[at + 1] = value ? 1 : 0;
  }

  /** Makes room in front of what is written. */
  private make(count: number): number {
    if (count > this.start) this.grow(count);
    this.start -= count;
    return this.start;
  }

  private grow(count: number): void {
    const { length } = this;
    const larger = Buffer.allocUnsafe(2 * this.buffer.length + count);
    this.buffer.copy(larger, larger.length - length, this.start);
    this.start = larger.length - length;
    this.buffer = larger;
  }
}
