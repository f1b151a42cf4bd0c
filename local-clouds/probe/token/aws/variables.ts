/** Policy variables in condition values (IAM user guide, "IAM policy elements: Variables and tags"). */

import { type Pattern, patternOf } from "../wildcard.ts";
import type { RequestContext } from "./request.ts";

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const literals: ReadonlySet<string> = new Set(["*", "?", "$"]);

/**
 * A condition value as a pattern with its variables put in; what a variable stands for is taken
 * literally. `undefined` where a variable's key is absent, a text where it cannot be told.
 */
export function withVariables(text: string, context: RequestContext): Pattern | undefined | string {
  const out: Pattern[number][] = [];
  let rest = text;
  for (;;) {
    const found = /\$\{([^}]*)\}/.exec(rest);
    if (found === null) return [...out, ...patternOf(rest)];
    out.push(...patternOf(rest.slice(0, found.index)));
    const put = resolved(found[1] ?? "", context);
    if (put === undefined || put.told === undefined) return put?.why;
    out.push(...[...put.told].map((char) => ({ char, wild: false })));
    rest = rest.slice(found.index + found[0].length);
  }
}

function resolved(
  inside: string,
  context: RequestContext,
): { readonly told?: string; readonly why?: string } | undefined {
  if (literals.has(inside)) return { told: inside };
  const [key = "", usual] = inside.split(/\s*,\s*(?=')/);
  const known = context.of(key.trim());
  if (known.kind === "open") return { why: known.why };
  if (known.kind === "values") {
    // Keys with several values cannot be variables.
    if (known.values.length !== 1) return { why: `${key} has several values` };
    return { told: known.values[0] ?? "" };
  }
  return usual === undefined ? undefined : { told: usual.replace(/^'|'$/g, "") };
}
