/** Forms of records as vendors' documents state them, and whether a record has its form. */

import assert from "node:assert/strict";

/** A type, a pattern of a text, a list of one form, or an object with fields. */
export type Form =
  | "any"
  | "boolean"
  | "null"
  | "number"
  | "text"
  | RegExp
  | readonly [Form]
  | { readonly [field: string]: Form };

/** Fails where a record has a field too many, one too few, or one of another type; a field that ends in `?` may be missing. */
export function hasForm(record: unknown, form: Form, at = "record"): void {
  if (form === "any") return;
  if (form instanceof RegExp) {
    assert.match(String(record), form, at);
    return;
  }
  if (form === "null") {
    assert.equal(record, null, at);
    return;
  }
  if (typeof form === "string") {
    assert.equal(
      typeof record,
      form === "text" ? "string" : form,
      `${at}: ${JSON.stringify(record)}`,
    );
    return;
  }
  if (isListForm(form)) {
    assert.ok(Array.isArray(record), `${at}: ${JSON.stringify(record)}`);
    for (const [i, one] of record.entries()) hasForm(one, form[0], `${at}[${i}]`);
    return;
  }
  assert.ok(typeof record === "object" && record !== null && !Array.isArray(record), at);
  const got = record as Readonly<Record<string, unknown>>;
  const fields = Object.entries(form).map(([key, of]) => ({
    key: key.replace(/\?$/, ""),
    of,
    needed: !key.endsWith("?"),
  }));
  const known = new Set(fields.map(({ key }) => key));
  assert.deepEqual(
    Object.keys(got).filter((key) => !known.has(key)),
    [],
    `${at} has fields of no document`,
  );
  for (const { key, of, needed } of fields) {
    if (got[key] === undefined) assert.ok(!needed, `${at} lacks ${key}`);
    else hasForm(got[key], of, `${at}.${key}`);
  }
}

function isListForm(form: Form): form is readonly [Form] {
  return Array.isArray(form);
}

/** Usual patterns. */
export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
export const millis = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const micros = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
export const ticks = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/;
export const offset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}\+00:00$/;
export const address = /^\d+(\.\d+){3}$/;
