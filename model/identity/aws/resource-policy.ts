/** Whether a policy on a resource, or a role's trust policy, lets in somebody of no relation to it. */
import type { Admission } from "../admission.ts";
import { admitted, refused, undecided } from "../admission.ts";
import type { Truth } from "./condition.ts";
import type { Statement } from "./document.ts";
import { cannotAvoid, canSatisfy } from "./stranger-context.ts";
import { describe } from "./trust-policy.ts";
import { matchesPattern, parsePattern } from "./wildcard.ts";

/**
 * Whether a stranger, with an account of his own or none at all, is allowed any action. IAM User
 * Guide, "Policy evaluation logic": some Allow applies, and no Deny to the same action.
 */
export function admitStranger(statements: readonly Statement[]): Admission {
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const grants = statements
    .filter((one) => one.effect === "Allow" && isAboutStrangers(one))
    .map((grant) => judgeGrant(grant, denials));
  return (
    grants.find(({ outcome }) => outcome === "admitted") ??
    grants.find(({ outcome }) => outcome === "undecided") ??
    grants[0] ??
    refused("nothing is allowed to everybody")
  );
}

function judgeGrant(grant: Statement, denials: readonly Statement[]): Admission {
  const truths = grant.conditions.map(canSatisfy);
  const stopping = grant.conditions.find((_, index) => truths[index] === false);
  if (stopping !== undefined) return refused(`${grant.label}: ${describe(stopping)} is false`);
  const denied = everyAction(grant).map((action) =>
    anyOf(denials.map((one) => denies(one, action))),
  );
  if (denied.every((truth) => truth === true)) return refused(`${grant.label}: denied again`);
  const open = grant.conditions.find((_, index) => truths[index] === "undecided");
  if (open !== undefined) return undecided(`${grant.label}: ${describe(open)}`);
  if (!denied.includes(false)) return undecided(`${grant.label}: perhaps denied again`);
  const reasons = grant.conditions.map(describe);
  return admitted(
    `${grant.label}: ${reasons.length === 0 ? "no condition" : reasons.join(" and ")}`,
  );
}

/** Whether the Deny takes the action from every stranger. */
function denies(denial: Statement, action: string): Truth {
  if (!isAboutStrangers(denial)) return false;
  if (!denial.foreign.includes("NotAction") && !denial.actions.some((one) => covers(one, action))) {
    return false;
  }
  const truths = denial.conditions.map(cannotAvoid);
  if (truths.includes(false)) return false;
  const sure = !denial.foreign.includes("NotAction") && !truths.includes("undecided");
  return sure ? true : "undecided";
}

/** Everybody is `*`, alone or as AWS's, and all whom NotPrincipal does not name. */
function isAboutStrangers({ principals, foreign }: Statement): boolean {
  if (foreign.includes("NotPrincipal")) return true;
  return principals.some(({ kind, value }) => value === "*" && (kind === "*" || kind === "AWS"));
}

function everyAction({ actions, foreign }: Statement): readonly string[] {
  return foreign.includes("NotAction") ? ["*"] : actions;
}

/** Whether one pattern of actions covers all of another. */
function covers(wide: string, narrow: string): boolean {
  const parts = parsePattern(wide.toLowerCase());
  return parts !== undefined && matchesPattern(parts, narrow.toLowerCase());
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes("undecided") ? "undecided" : false;
}
