/**
 * Whether the condition of a role assignment holds for a request (Azure RBAC, "What is Azure attribute-based access control (Azure
 * ABAC)?"; Azure Storage, "Actions and attributes for Azure role assignment conditions for Azure Blob Storage"). What is not known is
 * not guessed: neither an operator nor an attribute.
 */

import { objectAt, textAt, textsOf } from "../../../probe/token/live.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import { compareBy } from "./operators.ts";
import { type Attribute, type Condition, parseCondition } from "./parse.ts";

/** A request as conditions see it. */
export interface Requested {
  readonly action: string;
  /** ARM id. */
  readonly id: string;
  /** Parameters of the call. */
  readonly with: JsonObject;
  /** Facts: `subOperation`, `prefix`, and any attribute by its name between the brackets. */
  readonly context: JsonObject;
  readonly now: Date;
}

/** Whether it holds; `undefined` where that cannot be told. */
export function conditionHolds(text: string, requested: Requested): boolean | undefined {
  const condition = parseCondition(text);
  return condition === undefined ? undefined : holds(condition, requested);
}

function holds(condition: Condition, requested: Requested): boolean | undefined {
  switch (condition.kind) {
    case "and":
      return all(condition.of.map((one) => holds(one, requested)));
    case "or":
      return not(all(condition.of.map((one) => not(holds(one, requested)))));
    case "not":
      return not(holds(condition.of, requested));
    case "action":
      return compareBy("StringLikeIgnoreCase", [requested.action], [condition.text]);
    case "sub-operation":
      return (
        textAt(requested.context, "subOperation").toLowerCase() === condition.text.toLowerCase()
      );
    case "exists": {
      const values = valuesOf(condition.attribute, requested);
      return values === undefined ? undefined : values.length > 0;
    }
    case "compare":
      return compared(condition, requested);
  }
}

function compared(
  { attribute, operator, values }: Condition & { readonly kind: "compare" },
  requested: Requested,
): boolean | undefined {
  const got = valuesOf(attribute, requested);
  const wanted = isAttribute(values) ? valuesOf(values, requested) : values;
  if (got === undefined || wanted === undefined) return undefined;
  // "If the attribute does not exist, the comparison is false".
  return got.length === 0 ? false : compareBy(operator, got, wanted);
}

function isAttribute(values: readonly string[] | Attribute): values is Attribute {
  return !Array.isArray(values);
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function not(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

const blobs = "microsoft.storage/storageaccounts/blobservices/containers";
const assignments = "microsoft.authorization/roleassignments";

/** Attributes that the id and the call tell, by their folded names. */
const told: Readonly<Record<string, (requested: Requested) => string | undefined>> = {
  "Resource microsoft.storage/storageaccounts:name": ({ id }) => part(id, "storageAccounts"),
  [`Resource ${blobs}:name`]: ({ id }) => part(id, "containers"),
  [`Resource ${blobs}/blobs:path`]: ({ id }) => /\/blobs\/(.+)$/i.exec(id)?.[1],
  [`Request ${blobs}/blobs:prefix`]: ({ context }) => textAt(context, "prefix") || undefined,
  [`Request ${assignments}:roledefinitionid`]: (requested) =>
    parameter(requested, "roleDefinitionId")?.replace(/^.*\//, ""),
  [`Request ${assignments}:principalid`]: (requested) => parameter(requested, "principalId"),
  [`Request ${assignments}:principaltype`]: (requested) => parameter(requested, "principalType"),
  "Environment utcnow": ({ now }) => now.toISOString(),
};

function part(id: string, type: string): string | undefined {
  return new RegExp(`/${type}/([^/]+)`, "i").exec(id)?.[1];
}

function parameter({ with: given }: Requested, key: string): string | undefined {
  return textAt(given, key) || textAt(objectAt(given, "properties"), key) || undefined;
}

/** What somebody told by name comes first; an attribute that nobody tells is not known. */
function valuesOf(
  { source, name }: Attribute,
  requested: Requested,
): readonly string[] | undefined {
  const key = Object.keys(requested.context).find(
    (one) => one.toLowerCase() === name.toLowerCase(),
  );
  if (key !== undefined) return textsOf(requested.context[key]);
  const tell = told[`${source} ${name.toLowerCase()}`];
  const value = tell?.(requested);
  return value === undefined ? undefined : [value];
}
