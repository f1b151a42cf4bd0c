/** Reads a trust policy document: JSON as IAM takes it, singletons or lists. */
import type { Condition } from "./condition.ts";

export interface Statement {
  /** `Sid`, or its position, to name it in a report. */
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  /** Principals by kind; the bare `"*"` reads as kind `*`. */
  readonly principals: readonly { readonly kind: string; readonly value: string }[];
  readonly actions: readonly string[];
  readonly conditions: readonly Condition[];
  /** Elements of which this model knows no meaning in a trust policy. */
  readonly foreign: readonly string[];
}

const knownElements = ["Sid", "Effect", "Principal", "Action", "Condition"];

/** The document's statements; undefined if it is not a policy document. */
export function parseDocument(document: unknown): readonly Statement[] | undefined {
  if (!isRecord(document)) return undefined;
  const list = listOf(document.Statement);
  const statements = list.map(parseStatement);
  const complete = statements.filter((statement) => statement !== undefined);
  return list.length > 0 && complete.length === list.length ? complete : undefined;
}

function parseStatement(value: unknown, index: number): Statement | undefined {
  if (!isRecord(value)) return undefined;
  const effect = value.Effect;
  if (effect !== "Allow" && effect !== "Deny") return undefined;
  const sid = value.Sid;
  return {
    label: typeof sid === "string" && sid !== "" ? sid : `Statement[${index}]`,
    effect,
    principals: parsePrincipals(value.Principal),
    actions: textsOf(value.Action),
    conditions: parseConditions(value.Condition),
    foreign: Object.keys(value).filter((element) => !knownElements.includes(element)),
  };
}

function parsePrincipals(value: unknown): Statement["principals"] {
  if (typeof value === "string") return [{ kind: "*", value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([kind, names]) =>
    textsOf(names).map((name) => ({ kind, value: name })),
  );
}

function parseConditions(value: unknown): readonly Condition[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: textsOf(values) }))
      : [{ operator, key: "", values: [] }],
  );
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** IAM takes `true` and `"true"` for the same. */
function textsOf(value: unknown): readonly string[] {
  return listOf(value).map((item) => (typeof item === "string" ? item : JSON.stringify(item)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
