/**
 * Property values as the provider protocol carries them, decoded once at the edge.
 *
 * Assets, archives, byte strings and resource references stay the plain objects the wire shows
 * (they carry Pulumi's signature key): a simulated service only ever passes them on.
 */

/** Plain data: what a type table sees and returns. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A plain object of plain data. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value that will be known only after the operation it waits for. */
export class Unknown {
  /** The one instance; compare with `===`. */
  static readonly value = new Unknown();
  private readonly kind = "unknown";
  private constructor() {}
  /** Says what it is in messages. */
  toString(): string {
    return `<${this.kind}>`;
  }
}

/** A value that must not be shown. */
export class Secret {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** Any decoded property value: plain data with unknowns and secrets in it. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | ValueObject
  | Unknown
  | Secret;

/** An object of decoded property values, e.g. the inputs of a resource. */
export interface ValueObject {
  readonly [key: string]: Value;
}

/** Thrown by {@link reveal} when it meets an unknown: what asked for it cannot be told yet. */
export class NotYetKnown extends Error {
  constructor(place: string) {
    super(`${place} is not known yet`);
    this.name = "NotYetKnown";
  }
}

/** Whether a value is an object of properties (no list, no null, no unknown, no secret). */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret)
  );
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Plain data without secret marks; throws {@link NotYetKnown} if anything in it is unknown. */
export function reveal(value: Value, place: string): Json {
  if (value instanceof Secret) return reveal(value.value, place);
  if (value instanceof Unknown) throw new NotYetKnown(place);
  if (isList(value)) return value.map((item, i) => reveal(item, `${place}[${i}]`));
  if (!isObject(value)) return value;
  const out: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) out[key] = reveal(item, `${place}.${key}`);
  return out;
}

/** {@link reveal} of a whole property object. */
export function revealObject(value: ValueObject, place: string): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) out[key] = reveal(item, `${place}.${key}`);
  return out;
}

/** Whether anything in a value is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return hasUnknown(value.value);
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Deep equality of decoded values; a secret equals its plain value, an unknown equals nothing else. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  const left = a instanceof Secret ? a.value : a;
  const right = b instanceof Secret ? b.value : b;
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, i) => equal(item, right[i]));
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => key in right && equal(left[key], right[key]))
    );
  }
  return false;
}
