/** CEL as workload identity federation uses it: a condition or a mapping over a token. */

import type { CelInput } from "@bufbuild/cel";
import { CelScalar, celEnv, celMethod, isCelError, isCelList, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { Claim } from "../token.ts";

/** Longest attribute condition (IAM API reference, WorkloadIdentityPoolProvider.attributeCondition). */
export const conditionCharactersMax = 4096;

export type CelAnswer =
  | { readonly kind: "value"; readonly value: boolean | string | readonly string[] }
  /** The expression failed on this token, e.g. for want of a claim: Google refuses the token. */
  | { readonly kind: "failed"; readonly because: string }
  /** The expression uses something this evaluator does not know. */
  | { readonly kind: "unknown"; readonly because: string };

/** The variables of an expression: `assertion`, `google`, `attribute`. */
export type Bindings = Readonly<Record<string, ReadonlyMap<string, CelInput>>>;

/**
 * `'repo:o/r:x'.extract('repo:{name}/')` is `'o'`: what stands where the braces are, or the empty
 * string (Google Cloud, "IAM conditions: extract").
 */
const extract = celMethod(
  "extract",
  CelScalar.STRING,
  [CelScalar.STRING],
  CelScalar.STRING,
  function (this: string, template: string) {
    const [, before, after] = /^([^{]*)\{[^}]*\}(.*)$/.exec(template) ?? [];
    if (before === undefined || after === undefined) return "";
    const start = this.indexOf(before);
    if (start < 0) return "";
    const from = start + before.length;
    const end = after === "" ? this.length : this.indexOf(after, from);
    return end < 0 ? "" : this.slice(from, end);
  },
);

/** Evaluates an expression; never throws. */
export function evaluateCel(expression: string, bindings: Bindings): CelAnswer {
  const program = compile(expression);
  if (typeof program === "string") return { kind: "unknown", because: program };
  const result = program(bindings);
  if (isCelError(result)) {
    const because = result.message;
    // Only a claim that this token lacks is Google's refusal; any other failure may be ours.
    return { kind: /^field not found/.test(because) ? "failed" : "unknown", because };
  }
  if (typeof result === "boolean" || typeof result === "string") {
    return { kind: "value", value: result };
  }
  if (isCelList(result)) {
    const items = [...result];
    const texts = items.filter((item) => typeof item === "string");
    if (texts.length === items.length) return { kind: "value", value: texts };
  }
  return { kind: "unknown", because: "the value is neither a boolean, a string nor strings" };
}

/** The functions Google offers in these expressions beyond CEL's own. */
export const workloadFunctions = [...strings, extract];

const environment = celEnv({ funcs: workloadFunctions });
type Program = ReturnType<typeof plan>;

/** Planned expressions: evaluating one again costs a twentieth of planning it. */
const planned = new Map<string, Program | string>();
const plannedExpressionsMax = 256;

/** The runnable expression, or why there is none. */
function compile(expression: string): Program | string {
  const known = planned.get(expression);
  if (known !== undefined) return known;
  if (planned.size >= plannedExpressionsMax) planned.clear();
  const program = tryPlan(expression);
  planned.set(expression, program);
  return program;
}

function tryPlan(expression: string): Program | string {
  try {
    return plan(environment, parse(expression));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Claims as expressions read them. */
export function toBinding(claims: Iterable<[string, Claim]>): ReadonlyMap<string, CelInput> {
  return new Map<string, CelInput>(
    [...claims].map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

type Expression = NonNullable<ReturnType<typeof parse>["expr"]>;

/** The expression's syntax tree; undefined if it does not parse. */
export function tryParseCel(expression: string): Expression | undefined {
  try {
    return parse(expression).expr;
  } catch {
    return undefined;
  }
}

/** `subject op literals`, one conjunct of a condition that pins a claim. */
export interface CelPin {
  /** e.g. `assertion.repository_id` or `attribute.repository`. */
  readonly operand: string;
  readonly values: readonly string[];
}

/** The conjuncts at the top of an expression that say `x == 'a'` or `x in ['a', 'b']`. */
export function celPins(expression: string): readonly CelPin[] {
  const root = tryParseCel(expression);
  return root === undefined ? [] : pinsOf(root);
}

function pinsOf(node: Expression): readonly CelPin[] {
  const call = callOf(node);
  if (call === undefined) return [];
  if (call.name === "_&&_") return call.args.flatMap(pinsOf);
  const [left, right] = call.args;
  if (left === undefined || right === undefined) return [];
  if (call.name === "_==_") return [pin(left, [right]), pin(right, [left])].flat();
  const list = right.exprKind.case === "listExpr" ? right.exprKind.value.elements : undefined;
  return call.name === "@in" && list !== undefined ? pin(left, list) : [];
}

function pin(operand: Expression, literals: readonly Expression[]): readonly CelPin[] {
  const path = pathOf(operand);
  const values = literals.map(textOf).filter((text) => text !== undefined);
  return path !== undefined && values.length === literals.length ? [{ operand: path, values }] : [];
}

function callOf(node: Expression): { name: string; args: readonly Expression[] } | undefined {
  if (node.exprKind.case !== "callExpr") return undefined;
  return { name: node.exprKind.value.function, args: node.exprKind.value.args };
}

function textOf(node: Expression): string | undefined {
  if (node.exprKind.case !== "constExpr") return undefined;
  const constant = node.exprKind.value.constantKind;
  return constant.case === "stringValue" ? constant.value : undefined;
}

function pathOf(node: Expression): string | undefined {
  if (node.exprKind.case === "identExpr") return node.exprKind.value.name;
  if (node.exprKind.case !== "selectExpr" || node.exprKind.value.operand === undefined) {
    return undefined;
  }
  const parent = pathOf(node.exprKind.value.operand);
  return parent === undefined ? undefined : `${parent}.${node.exprKind.value.field}`;
}

/** Every string literal in the expression, wherever it stands. */
export function celLiterals(expression: string): readonly string[] {
  const root = tryParseCel(expression);
  return root === undefined ? [] : literalsOf(root);
}

function literalsOf(node: Expression): readonly string[] {
  const text = textOf(node);
  if (text !== undefined) return [text];
  switch (node.exprKind.case) {
    case "callExpr": {
      const { target, args } = node.exprKind.value;
      return [...(target === undefined ? [] : [target]), ...args].flatMap(literalsOf);
    }
    case "listExpr":
      return node.exprKind.value.elements.flatMap(literalsOf);
    case "selectExpr":
      return node.exprKind.value.operand === undefined
        ? []
        : literalsOf(node.exprKind.value.operand);
    default:
      return [];
  }
}
