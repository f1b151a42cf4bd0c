/** Policy documents taken apart (IAM user guide, "IAM JSON policy elements reference"). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import { isList, isObject, textsOf } from "../live.ts";

/** A statement with its lists always as lists. */
export interface Statement {
  /** `Sid` or its place, as reasons name it. */
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  /** Which actions; `not` where they are excluded. */
  readonly actions: Choice;
  /** Absent in trust policies. */
  readonly resources: Choice | undefined;
  /** Principals by kind; `*` alone is `{ AWS: ["*"] }`. Absent in identity policies. */
  readonly principals: Readonly<Record<string, readonly string[]>> | undefined;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Choice {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/** One operator applied to one key. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A document. */
export interface Policy {
  /** Policy variables work only from this version on (IAM user guide, "Version"). */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

/** A document from its JSON; `undefined` for what IAM would not store. */
export function parsePolicy(document: Json | undefined): Policy | undefined {
  const whole = objectOf(document);
  const listed = whole?.["Statement"];
  const raw: readonly Json[] = isList(listed) ? listed : listed === undefined ? [] : [listed];
  const statements = raw.map((item, i) => (isObject(item) ? statementOf(item, i) : undefined));
  if (whole === undefined || statements.length === 0) return undefined;
  const sound = statements.filter((statement) => statement !== undefined);
  if (sound.length < statements.length) return undefined;
  return { variables: whole["Version"] === "2012-10-17", statements: sound };
}

function objectOf(document: Json | undefined): JsonObject | undefined {
  if (typeof document !== "string") return isObject(document) ? document : undefined;
  try {
    const value = JSON.parse(document) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function statementOf(raw: JsonObject, index: number): Statement | undefined {
  const { Sid: sid, Effect: effect } = raw;
  const actions = choiceOf(raw, "Action");
  // `NotPrincipal` is not allowed in trust policies ("IAM JSON policy elements: NotPrincipal").
  if ((effect !== "Allow" && effect !== "Deny") || actions === undefined) return undefined;
  if ("NotPrincipal" in raw) return undefined;
  return {
    name: typeof sid === "string" && sid !== "" ? sid : `statement ${index + 1}`,
    effect,
    actions,
    resources: choiceOf(raw, "Resource"),
    principals: principalsOf(raw["Principal"]),
    conditions: conditionsOf(raw["Condition"]),
  };
}

function choiceOf(raw: JsonObject, element: string): Choice | undefined {
  for (const not of [false, true]) {
    const value = raw[not ? `Not${element}` : element];
    if (value !== undefined) return { not, patterns: textsOf(value) };
  }
  return undefined;
}

function principalsOf(value: Json | undefined): Statement["principals"] {
  if (value === undefined) return undefined;
  if (value === "*") return { AWS: ["*"] };
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([kind, names]) => [kind, textsOf(names)]));
}

function conditionsOf(value: Json | undefined): readonly Condition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: valuesOf(values) }))
      : [],
  );
}

/** Values may be written as numbers and booleans, too. */
function valuesOf(value: Json): readonly string[] {
  return (isList(value) ? value : [value]).map((item) =>
    typeof item === "string" ? item : JSON.stringify(item),
  );
}
