/**
 * What the Terraform SDK makes of outputs: a block that is there is there as a whole. What is not
 * set in it comes back as its type's zero: texts as "", numbers as 0, lists as [], blocks as null
 * (`hashicorp/terraform-plugin-sdk:helper/schema`, MapFieldWriter; the bridge passes it on).
 */

import { covers, parsePath } from "../protocol/path.ts";
import { isList, isObject, Secret, type Value, type ValueObject } from "../protocol/value.ts";
import { signatureKey } from "../protocol/wire.ts";
import { shapeOf } from "../shapes/load.ts";
import { type Module, outputOf, type Properties, type Shape } from "../shapes/shape.ts";
import type { Type } from "../shapes/spelling.ts";
import type { TypeEntry } from "./type.ts";

/** Outputs of a type with its blocks made whole; at preview without what the service fills in. */
export function withWholeBlocks(
  entry: TypeEntry,
  outputs: ValueObject,
  preview: boolean,
): ValueObject {
  const shape = shapeOf(entry.token);
  if (shape === undefined || (preview && entry.complete !== undefined)) return outputs;
  const work: Work = {
    module: shape.module,
    open: preview ? openPaths(entry) : [],
    filled: preview ? Object.keys(entry.outputs ?? {}).map((path) => parsePath(path)) : [],
  };
  const out: Record<string, Value> = preview ? {} : zeros(entry, shape);
  for (const [key, value] of Object.entries(outputs)) {
    const type = outputOf(shape, key);
    out[key] = type === undefined ? value : made(value, type, [key], work);
  }
  return out;
}

/** Write-only arguments are never kept in the state (Terraform 1.11, "Use write-only arguments"). */
const writeOnly = /Wo(Version)?$/;

/** A type's properties where nothing is set: as the provider reads them, null where it does not ask. */
function zeros(entry: TypeEntry, shape: Shape): Record<string, Value> {
  const out: Record<string, Value> = {};
  for (const name of [...shape.inputs.names(), ...shape.outputs.names()]) {
    const type = outputOf(shape, name);
    const unread = writeOnly.test(name) || entry.unread?.includes(name) === true;
    const zero = unread || type === undefined ? null : zeroOf(type);
    if (zero !== undefined) out[name] = zero;
  }
  return out;
}

/** What is inside of blocks and told by the service: computed parts, and blocks of another form. */
function openPaths(entry: TypeEntry): Work["open"] {
  const computed = Object.entries(entry.outputs ?? {})
    .filter(([, value]) => typeof value === "function" || !isZero(value))
    .map(([path]) => parsePath(path));
  const changed = Object.keys(entry.normalised ?? {}).map((key) => parsePath(`${key}.*`));
  return [...computed.filter(({ length }) => length > 1), ...changed];
}

/** Outputs of a type with those marked that its schema calls sensitive: the bridge does so itself. */
export function withSecrets(token: string, outputs: ValueObject): ValueObject {
  const sensitive = shapeOf(token)?.secretOutputs ?? [];
  const out: Record<string, Value> = { ...outputs };
  for (const key of sensitive) {
    const value = out[key];
    if (value !== undefined && value !== null && !(value instanceof Secret))
      out[key] = new Secret(value);
  }
  return out;
}

type At = readonly (string | number)[];

interface Work {
  readonly module: Module;
  /** Paths that stay open: only the service can tell them. */
  readonly open: readonly ReturnType<typeof parsePath>[];
  /** Paths that the service will fill. */
  readonly filled: readonly ReturnType<typeof parsePath>[];
}

function made(value: Value, type: Type, at: At, work: Work): Value {
  // The state holds what the schema says: a number given for a text comes back as a text.
  if (type.kind === "string" && typeof value === "number") return String(value);
  if (type.kind === "list" && isList(value))
    return value.map((item, i) => made(item, type.item, [...at, i], work));
  if (type.kind !== "shape" || !isObject(value) || signatureKey in value) return value;
  // A block with nothing in it is none (recorded exchanges: `monitoring {}` of a launch template).
  if (Object.keys(value).length === 0 && !reaches(work.filled, at)) return null;
  return whole(value, work.module.nested(type.name), at, work);
}

function whole(value: ValueObject, properties: Properties, at: At, work: Work): ValueObject {
  const out: Record<string, Value> = {};
  for (const name of properties.names()) {
    const type = properties.get(name)?.type;
    const zero = type === undefined ? undefined : zeroOf(type);
    if (zero !== undefined && !isOpen([...at, name], work)) out[name] = zero;
  }
  for (const [key, item] of Object.entries(value)) {
    const type = properties.get(key)?.type;
    out[key] = type === undefined ? item : made(item, type, [...at, key], work);
  }
  return out;
}

/** Whether a place is one that stays open, or has one inside. */
function isOpen(at: At, { open }: Work): boolean {
  return open.some((path) => covers(path, at)) || reaches(open, at);
}

/** Whether one of the paths leads to something inside of a place. */
function reaches(paths: Work["open"], at: At): boolean {
  return paths.some((path) => path.length > at.length && covers(path.slice(0, at.length), at));
}

function isZero(value: Value): boolean {
  return isList(value)
    ? value.length === 0
    : value === null || ["", 0, false].includes(value as never);
}

/** What an absent property reads as; `undefined` where it stays absent. */
function zeroOf(type: Type): Value | undefined {
  switch (type.kind) {
    case "string":
    case "open":
    case "closed":
    case "text":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
    case "list":
      return [];
    case "map":
      return {};
    case "shape":
      return null;
    case "oneOf":
      return type.types.some(({ kind }) => kind === "string") ? "" : undefined;
    default:
      return undefined;
  }
}
