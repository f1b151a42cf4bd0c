/**
 * Flexible federated credentials: an expression over claims in place of the subject (Microsoft Entra
 * Workload ID, "Flexible federated identity credentials (preview)").
 */

import type { Json } from "../../../protocol/value.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { patternOf, wildcardMatches } from "../wildcard.ts";

const source = "Microsoft Entra Workload ID, Flexible federated identity credentials (preview)";

/** Issuers and their claims that the page names ("Issuer URLs, supported claims, and operators by platform"). */
const supported: readonly { readonly issuer: RegExp; readonly claims: readonly string[] }[] = [
  {
    issuer: /^https:\/\/token\.actions\.githubusercontent\.com$/,
    claims: ["sub", "job_workflow_ref", "repository_id", "repository_owner_id"],
  },
  {
    issuer: /^https:\/\/gitlab\.[^/]+$/,
    claims: ["sub", "project_id", "namespace_id", "user_id"],
  },
  { issuer: /^https:\/\/app\.(eu\.)?terraform\.io$/, claims: ["sub"] },
];

/** One comparison. */
interface Comparison {
  readonly claim: string;
  readonly operator: string;
  readonly comparand: string;
}

/** Whether an expression holds for a token. */
export function expressionHolds(name: string, expression: string, token: Presented): Check {
  const rule = `credential ${name}: ${expression}`;
  const reason = (got: string, wanted: string): Reason => ({
    stage: "claims matching expression",
    rule,
    got,
    wanted,
    source,
  });
  const platform = supported.find(({ issuer }) => issuer.test(token.issuer));
  if (platform === undefined) {
    return unclear(reason(token.issuer, "an issuer that flexible credentials support"));
  }
  const comparisons = parsed(expression);
  if (comparisons === undefined) {
    return unclear(
      reason(
        "an expression that the page does not describe",
        "claims['NAME'] eq|matches 'VALUE', joined by and",
      ),
    );
  }
  return every(
    comparisons.map((comparison) => () => {
      if (!platform.claims.includes(comparison.claim)) {
        return unclear(reason(`claim ${comparison.claim}`, platform.claims.join(" or ")));
      }
      return compares(comparison, token.claims[comparison.claim], reason);
    }),
  );
}

/** `eq` compares exactly; `matches` takes `*` for any characters and `?` for one. */
function compares(
  { claim, operator, comparand }: Comparison,
  value: Json | undefined,
  reason: (got: string, wanted: string) => Reason,
): Check {
  if (typeof value !== "string") return no(reason(`no claim ${claim}`, comparand));
  const holds =
    operator === "eq" ? value === comparand : wildcardMatches(patternOf(comparand), value);
  return holds ? yes : no(reason(value, `${operator} ${comparand}`));
}

const part = /^claims\['([A-Za-z0-9_]+)'\] (eq|matches) '((?:[^']|'')*)'/;

/** Comparisons joined by `and`; quotes inside a comparand are doubled. */
function parsed(expression: string): readonly Comparison[] | undefined {
  const out: Comparison[] = [];
  let rest = expression.trim();
  for (;;) {
    const found = part.exec(rest);
    if (found === null) return undefined;
    const [whole, claim = "", operator = "", comparand = ""] = found;
    out.push({ claim, operator, comparand: comparand.replaceAll("''", "'") });
    rest = rest.slice(whole.length);
    if (rest === "") return out;
    if (!rest.startsWith(" and ")) return undefined;
    rest = rest.slice(" and ".length);
  }
}
