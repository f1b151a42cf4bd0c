/**
 * Evaluating an expression (Common Expression Language specification, "Evaluation"): a missing key is
 * an error, and `&&` and `||` do not mind an error on one side when the other decides.
 */

import { isDeepStrictEqual } from "node:util";
import { call } from "./functions.ts";
import { parseCel } from "./parse.ts";
import { error, open, type Result, Timestamp, typeOf, type Value, value } from "./result.ts";
import { type Expression, NotInSubset } from "./syntax.ts";

/** What names stand for; a name that is missing cannot be told. */
export type Scope = Readonly<Record<string, Value>>;

/** Evaluates a text. What the subset does not cover is open. */
export function evaluateCel(text: string, scope: Scope): Result {
  try {
    return evaluate(parseCel(text), scope);
  } catch (thrown) {
    if (thrown instanceof NotInSubset) return open(thrown.message);
    throw thrown;
  }
}

function evaluate(expression: Expression, scope: Scope): Result {
  switch (expression.kind) {
    case "literal":
      return value(expression.value);
    case "list":
      return all(expression.items, scope, (items) => value(items as never));
    case "name": {
      const found = scope[expression.name];
      return found === undefined ? open(`the name ${expression.name}`) : value(found);
    }
    case "member":
      return then(evaluate(expression.of, scope), (of) => memberOf(of, expression.name));
    case "index":
      return all([expression.of, expression.at], scope, ([of = null, at = null]) => itemOf(of, at));
    case "not":
      return then(evaluate(expression.of, scope), (of) =>
        typeof of === "boolean" ? value(!of) : error(`! of a ${typeOf(of)}`),
      );
    case "choice":
      return then(evaluate(expression.test, scope), (test) => {
        if (typeof test !== "boolean") return error(`a ${typeOf(test)} before ?`);
        return evaluate(test ? expression.yes : expression.no, scope);
      });
    case "binary":
      return binary(expression, scope);
    case "call":
      return called(expression, scope);
  }
}

function then(result: Result, next: (of: Value) => Result): Result {
  return result.kind === "value" ? next(result.value) : result;
}

function all(
  parts: readonly Expression[],
  scope: Scope,
  next: (values: readonly Value[]) => Result,
): Result {
  const values: Value[] = [];
  for (const part of parts) {
    const result = evaluate(part, scope);
    if (result.kind !== "value") return result;
    values.push(result.value);
  }
  return next(values);
}

function memberOf(of: Value, name: string): Result {
  if (of === null || typeof of !== "object" || Array.isArray(of) || of instanceof Timestamp) {
    return error(`a ${typeOf(of)} has no member ${name}`);
  }
  const found = (of as { readonly [key: string]: Value })[name];
  return found === undefined ? error(`no such key: ${name}`) : value(found);
}

function itemOf(of: Value, at: Value): Result {
  if (typeof at === "string") return memberOf(of, at);
  if (!Array.isArray(of) || typeof at !== "number")
    return error(`${typeOf(at)} of a ${typeOf(of)}`);
  const found = of[at] as Value | undefined;
  return found === undefined ? error(`index ${at} is out of range`) : value(found);
}

function binary(
  expression: Extract<Expression, { readonly kind: "binary" }>,
  scope: Scope,
): Result {
  const { operator, left, right } = expression;
  if (operator === "&&" || operator === "||") {
    return logic(evaluate(left, scope), evaluate(right, scope), operator === "||");
  }
  return all([left, right], scope, ([a = null, b = null]) => compared(operator, a, b));
}

/** `decides` is the value that decides whatever the other side is: false for `&&`, true for `||`. */
function logic(left: Result, right: Result, decides: boolean): Result {
  const sides = [left, right].map((side) =>
    side.kind === "value" && typeof side.value !== "boolean"
      ? error(`a ${typeOf(side.value)} where a bool should be`)
      : side,
  );
  const deciding = sides.find((side) => side.kind === "value" && side.value === decides);
  return (
    deciding ??
    sides.find((side) => side.kind === "open") ??
    sides.find((side) => side.kind === "error") ??
    value(!decides)
  );
}

function compared(operator: string, a: Value, b: Value): Result {
  switch (operator) {
    case "==":
      return value(isDeepStrictEqual(a, b));
    case "!=":
      return value(!isDeepStrictEqual(a, b));
    case "in":
      return isIn(a, b);
    case "+":
      return added(a, b);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return ordered(operator, a, b);
    default:
      return open(`arithmetic by ${operator}`);
  }
}

function isIn(a: Value, b: Value): Result {
  if (Array.isArray(b)) return value(b.some((item) => isDeepStrictEqual(item, a)));
  if (typeOf(b) === "map" && typeof a === "string") return value(a in (b as object));
  return error(`in of a ${typeOf(b)}`);
}

/** Of numbers nothing is told: which of them are whole is not seen in JSON. */
function added(a: Value, b: Value): Result {
  if (typeof a === "string" && typeof b === "string") return value(a + b);
  if (Array.isArray(a) && Array.isArray(b)) return value([...a, ...b] as never);
  if (typeof a === "number" && typeof b === "number") return open("arithmetic by +");
  return error(`${typeOf(a)} + ${typeOf(b)}`);
}

/** Texts, numbers, bools (false is less than true) and moments have an order. */
function ordered(operator: string, a: Value, b: Value): Result {
  const [left, right] = [a instanceof Timestamp ? a.ms : a, b instanceof Timestamp ? b.ms : b];
  if (typeOf(a) !== typeOf(b) || left === null || typeof left === "object") {
    return error(`${typeOf(a)} ${operator} ${typeOf(b)}`);
  }
  const other = right as typeof left;
  const less = left < other;
  const same = left === other;
  if (operator === "<") return value(less);
  if (operator === "<=") return value(less || same);
  return value(operator === ">" ? !less && !same : !less);
}

const macros: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

function called(
  { name, on, args }: Extract<Expression, { readonly kind: "call" }>,
  scope: Scope,
): Result {
  if (on === undefined && name === "has") return has(args, scope);
  if (on !== undefined && macros.has(name) && args.length === 2)
    return macro(name, on, args, scope);
  return all(on === undefined ? args : [on, ...args], scope, (values) => call(name, values));
}

/** `has(a.b)`: whether a key is there; nothing else may stand in it. */
function has(args: readonly Expression[], scope: Scope): Result {
  const [selected] = args;
  if (args.length !== 1 || selected?.kind !== "member") return error("has() of what is no member");
  return then(evaluate(selected.of, scope), (of) =>
    typeOf(of) === "map"
      ? value(selected.name in (of as object))
      : error(`has() on a ${typeOf(of)}`),
  );
}

/** Macros over lists: `list.exists(name, test)` and its likes ("Macros"). */
function macro(
  name: string,
  on: Expression,
  [variable, body]: readonly Expression[],
  scope: Scope,
): Result {
  if (variable?.kind !== "name" || body === undefined) return error(`${name} without a name`);
  return then(evaluate(on, scope), (list) => {
    if (typeOf(list) === "map") return open(`${name} over a map`);
    if (!Array.isArray(list)) return error(`${name} over a ${typeOf(list)}`);
    const results = list.map((item) =>
      evaluate(body, { ...scope, [variable.name]: item as Value }),
    );
    return folded(name, list as readonly Value[], results);
  });
}

function folded(name: string, list: readonly Value[], results: readonly Result[]): Result {
  if (name === "exists") return results.reduce((a, b) => logic(a, b, true), value(false));
  if (name === "all") return results.reduce((a, b) => logic(a, b, false), value(true));
  const failed =
    results.find(({ kind }) => kind === "open") ?? results.find(({ kind }) => kind === "error");
  if (failed !== undefined) return failed;
  const values = results.map((result) => (result.kind === "value" ? result.value : null));
  if (name === "map") return value(values as never);
  if (values.some((one) => typeof one !== "boolean")) return error(`${name} by what is no bool`);
  const kept = list.filter((_, i) => values[i] === true);
  return name === "filter" ? value(kept as never) : value(kept.length === 1);
}
