/**
 * Values of custom kinds against their structural schema, in the words of the API server's validator
 * (kubernetes/kube-openapi, `pkg/validation`; kubernetes/apiextensions-apiserver).
 */

import { tryParseAddress, tryParseCidr } from "../../../../model/base/address.ts";
import { equal, isList, type Json, type JsonObject } from "../../../protocol/value.ts";
import { Faults } from "../api/faults.ts";
import { isRecord } from "../api/read.ts";
import { type Schema, valuesOf } from "./schema.ts";

/** Judges a value; `field` is empty at the object's root. */
export function checkValue(faults: Faults, value: Json, schema: Schema, field = ""): void {
  if (value === null) {
    if (schema.nullable !== true && schema.type !== undefined) {
      faults.wrongType(field, "null", schema.type);
    }
    return;
  }
  if (!hasType(value, schema)) {
    const either = schema["x-kubernetes-int-or-string"] === true;
    faults.wrongType(field, typeOf(value), either ? "integer,string" : (schema.type ?? ""));
  }
  checkEnum(faults, value, schema, field);
  if (typeof value === "string") checkText(faults, value, schema, field);
  else if (typeof value === "number") checkNumber(faults, value, schema, field);
  else if (isList(value)) checkList(faults, value as readonly Json[], schema, field);
  else if (isRecord(value)) checkObject(faults, value, schema, field);
  checkAlternatives(faults, value, schema, field);
}

function hasType(value: Json, schema: Schema): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) {
    return typeof value === "string" || Number.isInteger(value);
  }
  switch (schema.type) {
    case undefined:
      return true;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return isList(value);
    case "object":
      return isRecord(value);
    default:
      return typeof value === schema.type;
  }
}

function typeOf(value: Json): string {
  if (isList(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function checkEnum(faults: Faults, value: Json, schema: Schema, field: string): void {
  const allowed = schema.enum;
  if (allowed === undefined || allowed.some((one) => equal(one, value))) return;
  faults.unsupported(
    field,
    value,
    allowed.map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
  );
}

function checkText(faults: Faults, value: string, schema: Schema, field: string): void {
  const { maxLength, minLength, pattern, format } = schema;
  const characters = [...value].length;
  if (maxLength !== undefined && characters > maxLength) faults.tooLong(field, maxLength);
  if (minLength !== undefined && characters < minLength) {
    faults.invalid(field, value, `${field} in body should be at least ${minLength} chars long`);
  }
  if (pattern !== undefined && !expression(pattern).test(value)) {
    faults.invalid(field, value, `${field} in body should match '${pattern}'`);
  }
  if (format !== undefined && formats[format]?.(value) === false) {
    faults.wrongFormat(field, value, format);
  }
}

/** Formats that are checked; others are remarks (kubernetes/apiextensions, `supportedFormats`). */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  "date-time": (text) => /^\d{4}-\d\d-\d\dT/i.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  ipv4: (text) => tryParseAddress(text)?.family === 4,
  ipv6: (text) => tryParseAddress(text)?.family === 6,
  cidr: (text) => tryParseCidr(text) !== undefined,
  uuid: (text) => /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text),
  byte: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0,
  uri: (text) => URL.canParse(text) || text.startsWith("/"),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
};

function checkNumber(faults: Faults, value: number, schema: Schema, field: string): void {
  const { minimum, maximum, multipleOf } = schema;
  const say = (detail: string) =>
    faults.invalid(field, value, `${field} in body should be ${detail}`);
  if (minimum !== undefined) {
    if (schema.exclusiveMinimum === true && value <= minimum) say(`greater than ${minimum}`);
    else if (value < minimum) say(`greater than or equal to ${minimum}`);
  }
  if (maximum !== undefined) {
    if (schema.exclusiveMaximum === true && value >= maximum) say(`less than ${maximum}`);
    else if (value > maximum) say(`less than or equal to ${maximum}`);
  }
  if (multipleOf !== undefined && value % multipleOf !== 0) say(`a multiple of ${multipleOf}`);
}

function checkList(faults: Faults, value: readonly Json[], schema: Schema, field: string): void {
  const { items, minItems, maxItems } = schema;
  if (minItems !== undefined && value.length < minItems) {
    faults.invalid(field, value.length, `${field} in body should have at least ${minItems} items`);
  }
  if (maxItems !== undefined && value.length > maxItems)
    faults.tooMany(field, value.length, maxItems);
  if (schema.uniqueItems === true && value.some((one, i) => firstOf(value, one) < i)) {
    faults.invalid(field, "", `${field} in body shouldn't contain duplicates`);
  }
  if (items !== undefined) {
    for (const [i, item] of value.entries()) checkValue(faults, item, items, `${field}[${i}]`);
  }
  checkDuplicates(faults, value, schema, field);
}

function firstOf(list: readonly Json[], item: Json): number {
  return list.findIndex((one) => equal(one, item));
}

/** Sets hold each value once, map-like lists each key once (`x-kubernetes-list-type`). */
function checkDuplicates(
  faults: Faults,
  value: readonly Json[],
  schema: Schema,
  field: string,
): void {
  const keyOf = keyFunction(schema);
  if (keyOf === undefined) return;
  const seen = new Set<string>();
  value.forEach((item, i) => {
    const key = keyOf(item);
    const text = JSON.stringify(key);
    if (seen.has(text)) faults.duplicate(`${field}[${i}]`, key);
    seen.add(text);
  });
}

/** What tells the items of a list apart; `undefined` for lists that are one value. */
export function keyFunction(schema: Schema): ((item: Json) => Json) | undefined {
  if (schema["x-kubernetes-list-type"] === "set") return (item) => item;
  if (schema["x-kubernetes-list-type"] !== "map") return undefined;
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  return (item) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const value = isRecord(item)
          ? (item[key] ?? schema.items?.properties?.[key]?.default)
          : null;
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
}

function checkObject(faults: Faults, value: JsonObject, schema: Schema, field: string): void {
  const { minProperties, maxProperties } = schema;
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) {
    const detail = `${field} in body should have at least ${minProperties} properties`;
    faults.invalid(field, count, detail);
  }
  if (maxProperties !== undefined && count > maxProperties)
    faults.tooMany(field, count, maxProperties);
  const below = (key: string) => (field === "" ? key : `${field}.${key}`);
  for (const key of schema.required ?? []) {
    const filled = schema.properties?.[key]?.default;
    if (value[key] === undefined && filled === undefined) faults.required(below(key));
  }
  const values = valuesOf(schema);
  for (const [key, item] of Object.entries(value)) {
    const property = schema.properties?.[key] ?? values;
    if (property !== undefined) checkValue(faults, item, property, below(key));
  }
}

/** `allOf`, `anyOf`, `oneOf` and `not`: here the server names no field but says it in the sentence. */
function checkAlternatives(faults: Faults, value: Json, schema: Schema, field: string): void {
  const say = (detail: string) => faults.invalid("<nil>", "", `"${field}" must ${detail}`);
  const judge = (one: Schema) => {
    const own = new Faults();
    checkValue(own, value, one, field);
    return own;
  };
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const any = anyOf.map(judge);
  if (any.length > 0 && !any.some(isClean)) {
    say("validate at least one schema (anyOf)");
    faults.take(best(any));
  }
  const one = oneOf.map(judge);
  const valid = one.filter(isClean).length;
  if (one.length > 0 && valid !== 1) {
    const found = valid === 0 ? "Found none valid" : `Found ${valid} valid alternatives`;
    say(`validate one and only one schema (oneOf). ${found}`);
    if (valid === 0) faults.take(best(one));
  }
  const all = allOf.map(judge);
  const failed = all.filter((own) => !isClean(own));
  for (const own of failed) faults.take(own);
  if (failed.length > 0) {
    say(
      `validate all the schemas (allOf)${failed.length === all.length ? ". None validated" : ""}`,
    );
  }
  if (not !== undefined && isClean(judge(not))) say("not validate the schema (not)");
}

function isClean(faults: Faults): boolean {
  return faults.all.length === 0;
}

/** The alternative that came nearest. */
function best(all: readonly Faults[]): Faults {
  return all.reduce((least, one) => (one.all.length < least.all.length ? one : least));
}

const expressions = new Map<string, RegExp>();
/** Patterns kept compiled; there are as many as the definitions in use have. */
const expressionsMax = 1000;

/** RE2's patterns are read by JavaScript's engine: they differ in what Kubernetes' patterns do not use. */
function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(pattern.replace(/^\(\?i\)/, ""), pattern.startsWith("(?i)") ? "iu" : "u");
  if (expressions.size < expressionsMax) expressions.set(pattern, made);
  return made;
}
