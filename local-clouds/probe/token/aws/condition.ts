/**
 * One condition of a statement against the context of a request (IAM user guide, "IAM JSON policy
 * elements: Condition operators" and "Multivalued context keys").
 */

import { type Check, no, type Reason, unclear, yes } from "../verdict.ts";
import { type Pattern, patternOf } from "../wildcard.ts";
import { type Operator, operatorOf } from "./operators.ts";
import type { Condition } from "./policy.ts";
import type { Known, RequestContext } from "./request.ts";
import { withVariables } from "./variables.ts";

const operators = "IAM user guide, IAM JSON policy elements: Condition operators";
const multivalued = "IAM user guide, Multivalued context keys";

/** Whether a condition holds; all conditions of a statement must ("Condition with multiple context keys"). */
export function conditionHolds(
  condition: Condition,
  context: RequestContext,
  variables: boolean,
): Check {
  const [, set, name = "", suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(condition.operator) ?? [];
  const ifExists = suffix !== undefined;
  const known = context.of(condition.key);
  const reason = reasonOf(condition, known);
  if (name === "Null") return nullHolds(condition, known, reason);
  const operator = operatorOf(name);
  if (operator === undefined) {
    return unclear({ ...reason, got: "an operator that no document names" });
  }
  if (known.kind === "open") return unclear({ ...reason, got: known.why });
  const values = known.kind === "absent" ? [] : known.values;
  const holds = (got: string) =>
    valueHolds(operator, got, condition, variables ? context : undefined, reason);
  if (set === "ForAllValues") return forAllValues(values, holds);
  if (set === "ForAnyValue") return forAnyValue(values, holds, ifExists, reason);
  // Nothing matches a key that is absent; so negated operators hold then, and IfExists does.
  if (known.kind === "absent") return ifExists || operator.negated ? yes : no(reason);
  // Several values want a set operator; what happens without one is not said.
  return values.length > 1
    ? unclear({ ...reason, source: multivalued, got: `several values: ${reason.got}` })
    : holds(values[0] ?? "");
}

/** It holds for a key that is absent, and for one whose only value is empty. */
function forAllValues(values: readonly string[], holds: (got: string) => Check): Check {
  return firstOf(values.filter((one) => one !== "").map(holds), "no") ?? yes;
}

/** It does not hold for a key that is absent or empty. What IfExists adds is not said. */
function forAnyValue(
  values: readonly string[],
  holds: (got: string) => Check,
  ifExists: boolean,
  reason: Reason,
): Check {
  const given = values.filter((one) => one !== "");
  if (given.length === 0 && ifExists) {
    return unclear({ ...reason, source: multivalued, got: "no key, and IfExists" });
  }
  return firstOf(given.map(holds), "yes") ?? no({ ...reason, source: multivalued });
}

/** The first answer that decides, else the first that is open. */
function firstOf(answers: readonly Check[], deciding: "yes" | "no"): Check | undefined {
  return (
    answers.find(({ says }) => says === deciding) ?? answers.find(({ says }) => says === "unclear")
  );
}

/** "Null": `true` wants the key absent, `false` wants it there with a value. */
function nullHolds(condition: Condition, known: Known, reason: Reason): Check {
  if (known.kind === "open") return unclear({ ...reason, got: known.why });
  const absent = known.kind === "absent" || known.values.length === 0;
  const wanted = condition.values.map((text) => text.toLowerCase());
  return wanted.includes(String(absent)) ? yes : no(reason);
}

/** One value against those of the policy; without a context there are no policy variables. */
function valueHolds(
  operator: Operator,
  got: string,
  condition: Condition,
  context: RequestContext | undefined,
  reason: Reason,
): Check {
  const patterns = condition.values.map((text) =>
    operator.variables && context !== undefined ? withVariables(text, context) : patternOf(text),
  );
  const open = patterns.find((pattern) => typeof pattern === "string");
  const known = patterns.filter((pattern): pattern is Pattern => typeof pattern === "object");
  const matched = known.some((pattern) => operator.matches(got, pattern));
  if (matched) return operator.negated ? no(reason) : yes;
  if (open !== undefined) return unclear({ ...reason, got: open });
  if (!operator.negated) return no(reason);
  // A value whose variable is absent matches nothing; whether its negation then holds is not said.
  return known.length < patterns.length
    ? unclear({ ...reason, got: "a variable without value" })
    : yes;
}

function reasonOf(condition: Condition, known: Known): Reason {
  const got =
    known.kind === "values"
      ? known.values.join(", ")
      : known.kind === "absent"
        ? "no such key"
        : "";
  return {
    stage: "condition",
    rule: `${condition.operator} ${condition.key}`,
    got,
    wanted: condition.values.join(" or "),
    source: operators,
  };
}
