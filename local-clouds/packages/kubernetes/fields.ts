/**
 * The fields that a manager of an object owns: the leaves of what it applied (Kubernetes, "Server-Side
 * Apply"). Lists are one leaf, unless their schema tells their items apart by keys.
 */

import {
  equal,
  isList,
  isObject,
  Secret,
  type Value,
  type ValueObject,
} from "../../protocol/value.ts";
import { resolved } from "./schema/built-in.ts";
import { type Schema, valuesOf } from "./schema/schema.ts";

/** One leaf. */
export interface Field {
  /** As the server prints it: `.spec.containers[name="main"].image`. */
  readonly path: string;
  readonly steps: readonly Step[];
  readonly value: Value;
}

/** A key of an object, or the keys of an item of a list. */
type Step = string | ValueObject;

/** What says whose object it is, and what Pulumi tells itself: nobody owns that. */
const unowned =
  /^\.(apiVersion|kind|metadata\.(name|namespace|generateName)|metadata\.annotations\.pulumi\.com\/.*)$/;

/** The leaves of an object. */
export function fieldsOf(object: ValueObject, schema: Schema | undefined): readonly Field[] {
  return leaves(object, schema, "", []).filter(({ path }) => !unowned.test(path));
}

function leaves(
  value: Value,
  schema: Schema | undefined,
  path: string,
  steps: readonly Step[],
): Field[] {
  const own = schema === undefined ? undefined : resolved(schema);
  const bare = value instanceof Secret ? value.value : value;
  if (isList(bare) && own?.["x-kubernetes-list-type"] === "map") {
    const keys = own["x-kubernetes-list-map-keys"] ?? [];
    return bare.flatMap((item) => {
      const named = isObject(item)
        ? Object.fromEntries(
            keys.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
          )
        : {};
      const text = Object.entries(named).map(([key, one]) => `${key}=${JSON.stringify(one)}`);
      return leaves(item, own.items, `${path}[${text.join(",")}]`, [...steps, named]);
    });
  }
  if (!isObject(bare) || Object.keys(bare).length === 0) return [{ path, steps, value: bare }];
  return Object.entries(bare).flatMap(([key, item]) =>
    leaves(item, own?.properties?.[key] ?? (own && valuesOf(own)), `${path}.${key}`, [
      ...steps,
      key,
    ]),
  );
}

/** A value with some leaves set, or without them (`undefined`). */
export function withFields(
  object: ValueObject,
  fields: readonly { readonly steps: readonly Step[]; readonly value: Value | undefined }[],
): ValueObject {
  return fields.reduce<ValueObject>(
    (whole, { steps, value }) => placed(whole, steps, value) as ValueObject,
    object,
  );
}

function placed(
  node: Value | undefined,
  steps: readonly Step[],
  value: Value | undefined,
): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (node instanceof Secret) return new Secret(placed(node.value, steps, value) ?? null);
  if (typeof step !== "string") return placedInList(isList(node) ? node : [], step, rest, value);
  const object = isObject(node) ? node : {};
  const next = placed(object[step], rest, value);
  if (next !== undefined) return { ...object, [step]: next };
  const { [step]: _gone, ...others } = object;
  return others;
}

function placedInList(
  list: readonly Value[],
  keys: ValueObject,
  rest: readonly Step[],
  value: Value | undefined,
): Value {
  const is = (item: Value) =>
    isObject(item) && Object.entries(keys).every(([key, one]) => equal(item[key], one));
  const found = list.find(is);
  const next = placed(found ?? keys, rest, value);
  if (found === undefined)
    return value === undefined || next === undefined ? list : [...list, next];
  return list.map((item) => (item === found ? (next ?? item) : item));
}
