/**
 * The function `aws.iam.getPolicyDocument`: a policy document from its parts.
 *
 * It calls no service; forms and orders are those of the Terraform AWS provider's data source
 * (documentation of `aws_iam_policy_document`).
 */

import { crc32 } from "node:zlib";
import type { Json, JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import { isJsonObject, objectsIn, textsIn } from "./types/common.ts";

const usualVersion = "2012-10-17";

/** A document as its JSON reads. */
interface Document {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly JsonObject[];
}

/** The provider function. */
export const getPolicyDocument: InvokeEntry = {
  token: "aws:iam/getPolicyDocument:getPolicyDocument",
  run: (call) => {
    const document = assemble(call);
    const json = JSON.stringify(document, null, 2);
    return {
      version: usualVersion,
      ...call.args,
      ...(call.args["statements"] === undefined
        ? {}
        : { statements: objectsIn(call.args["statements"]).map(completed) }),
      id: String(crc32(json)),
      json,
      minifiedJson: JSON.stringify(document),
    };
  },
};

/** A statement as the data source gives it back: with every part. */
function completed(statement: JsonObject): JsonObject {
  return { ...emptyStatement, ...statement };
}

const emptyStatement: JsonObject = {
  actions: [],
  conditions: [],
  effect: "Allow",
  notActions: [],
  notPrincipals: [],
  notResources: [],
  principals: [],
  resources: [],
  sid: "",
};

/** Sources first, then the call's own statements, then overrides by statement id. */
function assemble(call: InvokeCall): Document {
  const { args } = call;
  const version = typeof args["version"] === "string" ? args["version"] : usualVersion;
  let statements: readonly JsonObject[] = [];
  for (const source of documentsIn(call, "sourceJson", "sourcePolicyDocuments")) {
    statements = joined(call, statements, source);
  }
  const own = objectsIn(args["statements"]).map((statement) => statementOf(statement, version));
  statements = overridden(statements, unique(call, own));
  for (const override of documentsIn(call, "overrideJson", "overridePolicyDocuments")) {
    statements = overridden(statements, override);
  }
  const id = args["policyId"];
  return {
    Version: version,
    ...(typeof id === "string" ? { Id: id } : {}),
    Statement: statements,
  };
}

function documentsIn(
  call: InvokeCall,
  single: string,
  several: string,
): readonly (readonly JsonObject[])[] {
  const one = call.args[single];
  const texts = [...(typeof one === "string" ? [one] : []), ...textsIn(call.args[several])];
  return texts.filter((text) => text !== "").map((text) => statementsIn(call, text));
}

function statementsIn(call: InvokeCall, text: string): readonly JsonObject[] {
  try {
    const document = JSON.parse(text) as Json;
    const statement = isJsonObject(document) ? document["Statement"] : undefined;
    return isJsonObject(statement) ? [statement] : objectsIn(statement);
  } catch (error) {
    return call.refuse({ code: "InvalidJson", says: `merging source document: ${String(error)}` });
  }
}

function unique(call: InvokeCall, statements: readonly JsonObject[]): readonly JsonObject[] {
  return joined(call, [], statements);
}

/** Statements in a row; two of the same id are an error. */
function joined(
  call: InvokeCall,
  first: readonly JsonObject[],
  next: readonly JsonObject[],
): readonly JsonObject[] {
  const all = [...first, ...next];
  const ids = all.flatMap(({ Sid }) => (typeof Sid === "string" && Sid !== "" ? [Sid] : []));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    call.refuse({
      code: "DuplicateSid",
      says: `duplicate Sid (${twice}). Remove the Sid or ensure the Sid is unique.`,
    });
  }
  return all;
}

/** A later statement takes the place of an earlier one with its id. */
function overridden(
  first: readonly JsonObject[],
  next: readonly JsonObject[],
): readonly JsonObject[] {
  const result = [...first];
  for (const statement of next) {
    const sid = statement["Sid"];
    const at =
      typeof sid === "string" && sid !== "" ? result.findIndex((one) => one["Sid"] === sid) : -1;
    if (at < 0) result.push(statement);
    else result[at] = statement;
  }
  return result;
}

function statementOf(statement: JsonObject, version: string): JsonObject {
  const list = (key: string) =>
    shortest(descending(textsIn(statement[key]).map((text) => withVariables(text, version))));
  const parts: Record<string, Json | undefined> = {
    Sid:
      typeof statement["sid"] === "string" && statement["sid"] !== ""
        ? statement["sid"]
        : undefined,
    Effect: statement["effect"] ?? "Allow",
    Action: list("actions"),
    NotAction: list("notActions"),
    Resource: list("resources"),
    NotResource: list("notResources"),
    Principal: principalsOf(statement["principals"], version),
    NotPrincipal: principalsOf(statement["notPrincipals"], version),
    Condition: conditionsOf(statement["conditions"], version),
  };
  return defined(parts);
}

function defined(parts: Record<string, Json | undefined>): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(parts)) if (value !== undefined) out[key] = value;
  return out;
}

/** One text stands alone, several are a list, none is nothing. */
function shortest(texts: readonly string[]): Json | undefined {
  if (texts.length === 0) return undefined;
  return texts.length === 1 ? (texts[0] ?? "") : texts;
}

function descending(texts: readonly string[]): readonly string[] {
  return [...texts].sort().reverse();
}

/** `&{aws:username}` stands for `${aws:username}`, which programs cannot write everywhere. */
function withVariables(text: string, version: string): string {
  return version === usualVersion ? text.replaceAll("&{", "${") : text;
}

function principalsOf(given: Json | undefined, version: string): Json | undefined {
  const byType = new Map<string, string[]>();
  for (const principal of objectsIn(given)) {
    const type = String(principal["type"]);
    const names = descending(
      textsIn(principal["identifiers"]).map((text) => withVariables(text, version)),
    );
    byType.set(type, [...(byType.get(type) ?? []), ...names]);
  }
  if (byType.size === 0) return undefined;
  const everybody = byType.get("*");
  if (byType.size === 1 && everybody?.length === 1 && everybody[0] === "*") return "*";
  return sortedObject([...byType].map(([type, names]) => [type, shortest(names) ?? []] as const));
}

function conditionsOf(given: Json | undefined, version: string): JsonObject | undefined {
  const tests = new Map<string, Map<string, string[]>>();
  for (const condition of objectsIn(given)) {
    const test = String(condition["test"]);
    const variable = String(condition["variable"]);
    const values = textsIn(condition["values"]).map((text) => withVariables(text, version));
    const variables = tests.get(test) ?? new Map<string, string[]>();
    variables.set(variable, [...(variables.get(variable) ?? []), ...values]);
    tests.set(test, variables);
  }
  if (tests.size === 0) return undefined;
  return sortedObject(
    [...tests].map(
      ([test, variables]) =>
        [
          test,
          sortedObject(
            [...variables].map(([name, values]) => [name, shortest(values) ?? []] as const),
          ),
        ] as const,
    ),
  );
}

/** Keys in order, as the provider's JSON has them. */
function sortedObject(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
