/** AWS's condition operators on strings, three-valued (IAM guide, "Condition operators"). */
import type { Token } from "../token.ts";
import type { KeyValue } from "./context-keys.ts";
import { readKey } from "./context-keys.ts";
import { matchesPattern, parsePattern } from "./wildcard.ts";

/** True, false, or not derivable from a token. */
export type Truth = boolean | "undecided";

/** One line of a Condition block. */
export interface Condition {
  /** As written, e.g. `ForAnyValue:StringLike`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The parts of an operator's name. */
export interface Operator {
  readonly base: string;
  readonly quantifier: "all" | "any" | "none";
  readonly ifExists: boolean;
}

/** Takes an operator's name apart; the base keeps its spelling. */
export function parseOperator(name: string): Operator {
  const [, set, base, ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/i.exec(name) ?? [];
  const quantifier = set === undefined ? "none" : /all/i.test(set) ? "all" : "any";
  return { base: base ?? name, quantifier, ifExists: ifExists !== undefined };
}

type Comparison = (pattern: string, value: string) => Truth;

const equal: Comparison = (pattern, value) => withoutVariables(pattern, (text) => text === value);
const equalIgnoringCase: Comparison = (pattern, value) =>
  withoutVariables(pattern, (text) => text.toLowerCase() === value.toLowerCase());
const like: Comparison = (pattern, value) => {
  const parts = parsePattern(pattern);
  return parts === undefined ? "undecided" : matchesPattern(parts, value);
};

/** Operators by lower-case name; one that is not here leaves the trust undecided. */
const comparisons: Readonly<Record<string, { compare: Comparison; negated: boolean }>> = {
  stringequals: { compare: equal, negated: false },
  stringnotequals: { compare: equal, negated: true },
  stringequalsignorecase: { compare: equalIgnoringCase, negated: false },
  stringnotequalsignorecase: { compare: equalIgnoringCase, negated: true },
  stringlike: { compare: like, negated: false },
  stringnotlike: { compare: like, negated: true },
};

function withoutVariables(pattern: string, test: (text: string) => boolean): Truth {
  if (/\$\{(?![*?$]\})/.test(pattern)) return "undecided";
  return test(pattern.replaceAll(/\$\{([*?$])\}/g, "$1"));
}

/** Whether the condition holds for the token. */
export function holds(condition: Condition, token: Token): Truth {
  const operator = parseOperator(condition.operator);
  const context = readKey(condition.key, token);
  if (operator.base.toLowerCase() === "null") return holdsNull(condition, context);
  const comparison = comparisons[operator.base.toLowerCase()];
  if (comparison === undefined || context.kind === "unknown") return "undecided";
  if (context.kind === "absent" || context.values.length === 0) {
    return whenAbsent(operator, comparison.negated);
  }
  const matched = context.values.map((value) =>
    anyTruth(condition.values.map((pattern) => comparison.compare(pattern, value))),
  );
  const perValue = comparison.negated ? matched.map(not) : matched;
  // ForAllValues asks it of every value in the request; ForAnyValue and a plain operator of one;
  // a plain negated operator is false as soon as one value is listed.
  const every =
    operator.quantifier === "all" || (operator.quantifier === "none" && comparison.negated);
  return every ? everyTruth(perValue) : anyTruth(perValue);
}

/**
 * Without the key, `…IfExists` and `ForAllValues` are true, and so is a negated operator;
 * everything else is false. That is what makes a misspelt key an open door.
 */
function whenAbsent(operator: Operator, negated: boolean): Truth {
  if (operator.ifExists || operator.quantifier === "all") return true;
  return negated && operator.quantifier === "none";
}

function holdsNull(condition: Condition, context: KeyValue): Truth {
  if (context.kind === "unknown") return "undecided";
  const isAbsent = context.kind === "absent";
  return condition.values.some((value) => value.toLowerCase() === String(isAbsent));
}

function not(truth: Truth): Truth {
  return truth === "undecided" ? truth : !truth;
}

function anyTruth(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes("undecided") ? "undecided" : false;
}

function everyTruth(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes("undecided") ? "undecided" : true;
}
