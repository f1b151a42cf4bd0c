/**
 * Attribute mapping and condition of a provider (IAM REST API, "projects.locations.workloadIdentityPools.providers",
 * fields `attributeMapping` and `attributeCondition`).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Check, no, type Reason, unclear, yes } from "../verdict.ts";
import { evaluateCel } from "./cel/evaluate.ts";
import { type Result, typeOf, type Value } from "./cel/result.ts";

const source =
  "IAM REST API, projects.locations.workloadIdentityPools.providers, attributeMapping and attributeCondition";

/** Longest subject, in bytes. */
const subjectBytesMax = 127;
/** All mapped attributes together, in bytes. */
const attributesBytesMax = 8192;
/** Longest condition, in characters. */
const conditionCharactersMax = 4096;
/** Longest mapping expression, in characters. */
const mappingCharactersMax = 2048;

/** What the provider makes of a token. */
export interface Attributes {
  readonly subject: string;
  readonly groups: readonly string[];
  /** Custom attributes without their prefix. */
  readonly custom: Readonly<Record<string, string>>;
}

/** The attributes, or why there are none. */
export function mapAttributes(
  mapping: JsonObject,
  claims: JsonObject,
): { readonly check: Check; readonly attributes: Attributes } {
  const none: Attributes = { subject: "", groups: [], custom: {} };
  let attributes = none;
  let open: Check | undefined;
  if (typeof mapping["google.subject"] !== "string") {
    return { check: no(reasonOf("google.subject", "no mapping for it", "one")), attributes };
  }
  for (const [key, expression] of Object.entries(mapping)) {
    const text = String(expression);
    const result = evaluateCel(text, { assertion: claims });
    const check = fits(key, text, result);
    if (check.says === "no") return { check, attributes: none };
    if (check.says === "unclear") open ??= check;
    else if (result.kind === "value") attributes = withValue(attributes, key, result.value);
  }
  const bytes = Buffer.byteLength(JSON.stringify(attributes));
  if (bytes > attributesBytesMax) {
    const reason = reasonOf("all attributes", `${bytes} bytes`, `at most ${attributesBytesMax}`);
    return { check: no(reason), attributes: none };
  }
  return { check: open ?? yes, attributes };
}

function withValue(attributes: Attributes, key: string, value: Value): Attributes {
  if (key === "google.subject") return { ...attributes, subject: String(value) };
  if (key === "google.groups") {
    return { ...attributes, groups: (Array.isArray(value) ? value : [value]).map(String) };
  }
  const name = /^attribute\.(.+)$/.exec(key)?.[1];
  if (name === undefined) return attributes;
  return { ...attributes, custom: { ...attributes.custom, [name]: String(value) } };
}

/** Subject and attributes are texts, groups a list of texts; a subject has at most 127 bytes. */
function fits(key: string, expression: string, result: Result): Check {
  if (expression.length > mappingCharactersMax) {
    return no(reasonOf(key, `${expression.length} characters`, `at most ${mappingCharactersMax}`));
  }
  const rule = `${key}=${expression}`;
  if (result.kind === "open")
    return unclear(reasonOf(rule, result.why, "the documented subset of CEL"));
  if (result.kind === "error") {
    // Whether a custom attribute without value only stays away is not documented.
    const reason = reasonOf(rule, result.why, "a value");
    return key === "google.subject" ? no(reason) : unclear(reason);
  }
  if (key === "google.groups") {
    const texts =
      Array.isArray(result.value) && result.value.every((one) => typeof one === "string");
    return texts ? yes : no(reasonOf(rule, typeOf(result.value), "a list of texts"));
  }
  if (typeof result.value !== "string") {
    return no(reasonOf(rule, typeOf(result.value), "of type STRING"));
  }
  if (key !== "google.subject") return yes;
  const bytes = Buffer.byteLength(result.value);
  if (bytes === 0) return no(reasonOf(rule, "an empty subject", "a subject"));
  return bytes > subjectBytesMax
    ? no(reasonOf(rule, `${bytes} bytes`, `at most ${subjectBytesMax} bytes`))
    : yes;
}

/** Whether the condition lets the token in. Without one every valid token is let in. */
export function conditionAdmits(
  condition: string,
  claims: JsonObject,
  { subject, groups, custom }: Attributes,
): Check {
  if (condition === "") return yes;
  const reason = (got: string, wanted: string): Reason => ({
    stage: "attribute condition",
    rule: condition,
    got,
    wanted,
    source,
  });
  if (condition.length > conditionCharactersMax) {
    return no(reason(`${condition.length} characters`, `at most ${conditionCharactersMax}`));
  }
  const result = evaluateCel(condition, {
    assertion: claims,
    google: { subject, groups },
    attribute: custom,
  });
  if (result.kind === "open") return unclear(reason(result.why, "the documented subset of CEL"));
  if (result.kind === "error") return no(reason(result.why, "true"));
  return result.value === true ? yes : no(reason(shown(result.value), "true"));
}

function shown(value: Value): string {
  return typeof value === "boolean" ? String(value) : `a ${typeOf(value)}`;
}

function reasonOf(rule: string, got: string, wanted: string): Reason {
  return { stage: "attribute mapping", rule, got, wanted, source };
}
