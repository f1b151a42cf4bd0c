/**
 * The rules that a custom kind's schema carries (`x-kubernetes-validations`), in the words of the API
 * server (kubernetes/apiextensions-apiserver, `pkg/apiserver/schema/cel`). Rules that compare with the
 * object before hold for updates only, and only where the server can tell which old value is meant.
 */

import { type CelInput, celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { equal, isList, type Json, type JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { isRecord } from "../api/read.ts";
import type { CelRule, Schema } from "../schema/schema.ts";
import { valuesOf } from "../schema/schema.ts";
import { keyFunction } from "../schema/values.ts";
import { kubernetesFunctions } from "./library.ts";
import { toCel } from "./values.ts";
import { inServersWords } from "./words.ts";

/** The part of metadata that rules at an object's root see. */
const rootSchema: Schema = {
  properties: {
    apiVersion: { type: "string" },
    kind: { type: "string" },
    metadata: {
      type: "object",
      properties: { name: { type: "string" }, generateName: { type: "string" } },
    },
  },
};

/** Judges an object by all rules of its schema. */
export function checkRules(
  faults: Faults,
  object: JsonObject,
  schema: Schema,
  before: JsonObject | undefined,
): void {
  const whole = { ...schema, properties: { ...schema.properties, ...rootSchema.properties } };
  judge(faults, object, whole, before, "");
}

function judge(
  faults: Faults,
  value: Json,
  schema: Schema,
  before: Json | undefined,
  field: string,
): void {
  if (value === null) return;
  for (const rule of schema["x-kubernetes-validations"] ?? []) {
    checkRule(faults, rule, value, schema, before, field);
  }
  if (isList(value)) {
    const { items } = schema;
    if (items === undefined) return;
    for (const [i, item] of (value as readonly Json[]).entries()) {
      judge(faults, item, items, oldItem(item, schema, before), `${field}[${i}]`);
    }
  } else if (isRecord(value)) judgeObject(faults, value, schema, before, field);
}

function judgeObject(
  faults: Faults,
  value: JsonObject,
  schema: Schema,
  before: Json | undefined,
  field: string,
): void {
  const values = valuesOf(schema);
  for (const [key, item] of Object.entries(value)) {
    const old = isRecord(before) ? before[key] : undefined;
    const property = schema.properties?.[key];
    const below = field === "" ? key : `${field}.${key}`;
    if (property !== undefined) judge(faults, item, property, old, below);
    else if (values !== undefined) judge(faults, item, values, old, `${field}[${key}]`);
  }
}

/** Items of lists by key have an old self, others are only ever replaced. */
function oldItem(item: Json, schema: Schema, before: Json | undefined): Json | undefined {
  const keyOf = schema["x-kubernetes-list-type"] === "map" ? keyFunction(schema) : undefined;
  if (keyOf === undefined || !isList(before)) return undefined;
  return (before as readonly Json[]).find((old) => equal(keyOf(old), keyOf(item)));
}

function checkRule(
  faults: Faults,
  rule: CelRule,
  value: Json,
  schema: Schema,
  before: Json | undefined,
  field: string,
): void {
  const program = compiled(rule.rule);
  const type = schema.type ?? "";
  const place = field === "" ? "<nil>" : field;
  if (typeof program === "string") {
    faults.invalid(place, type, `rule compile error: ${program}`);
    return;
  }
  if (comparesWithOld(rule.rule) && before === undefined) return;
  const bindings: Record<string, CelInput> = { self: toCel(value, schema) };
  if (before !== undefined) bindings["oldSelf"] = toCel(before, schema);
  const result = evaluated(program, bindings);
  if (result.error !== undefined) {
    faults.invalid(place, type, `${result.error} evaluating rule: ${sentenceOf(rule)}`);
  } else if (result.value !== true) {
    const message = expressedMessage(rule, bindings) ?? messageOf(rule);
    tell(
      faults,
      rule,
      `${place === "<nil>" ? "" : place}${rule.fieldPath ?? ""}` || place,
      type,
      message,
    );
  }
}

function tell(faults: Faults, rule: CelRule, field: string, type: string, message: string): void {
  if (rule.reason === "FieldValueForbidden") faults.forbidden(field, message);
  else if (rule.reason === "FieldValueRequired") faults.required(field, message);
  else if (rule.reason === "FieldValueDuplicate") faults.duplicate(field, type);
  else faults.invalid(field, type, message);
}

function messageOf(rule: CelRule): string {
  return rule.message === undefined ? `failed rule: ${rule.rule.trim()}` : rule.message.trim();
}

function sentenceOf(rule: CelRule): string {
  return (rule.message ?? rule.rule).trim();
}

/** The message that the rule computes, if it does and can. */
function expressedMessage(rule: CelRule, bindings: Record<string, CelInput>): string | undefined {
  if (rule.messageExpression === undefined) return undefined;
  const program = compiled(rule.messageExpression);
  if (typeof program === "string") return undefined;
  const { value } = evaluated(program, bindings);
  return typeof value === "string" && value.trim() !== "" && !value.includes("\n")
    ? value
    : undefined;
}

/** Whether a rule reads the old value. */
export function comparesWithOld(rule: string): boolean {
  return /\boldSelf\b/.test(rule.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, ""));
}

const environment = celEnv({ funcs: [...strings, ...kubernetesFunctions] });
type Program = ReturnType<typeof plan>;

const programs = new Map<string, Program | string>();
/** Programs kept; there are as many as the definitions in use have rules. */
const programsMax = 5000;

/** The runnable expression, or why it cannot be run. */
export function compiled(expression: string): Program | string {
  const known = programs.get(expression);
  if (known !== undefined) return known;
  const made = tryPlan(expression);
  if (programs.size < programsMax) programs.set(expression, made);
  return made;
}

function tryPlan(expression: string): Program | string {
  try {
    return plan(environment, parse(expression));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function evaluated(
  program: Program,
  bindings: Record<string, CelInput>,
): { readonly value?: unknown; readonly error?: string } {
  const result = program(bindings);
  return isCelError(result) ? { error: inServersWords(result.message) } : { value: result };
}
