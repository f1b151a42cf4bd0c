/** Whether a role's trust policy lets a web identity token assume it. */
import type { Admission } from "../admission.ts";
import { admitted, refused, undecided } from "../admission.ts";
import type { Token } from "../token.ts";
import { describeToken } from "../token.ts";
import type { AwsTrust } from "../trust.ts";
import type { Condition } from "./condition.ts";
import { holds } from "./condition.ts";
import { issuerPrefix } from "./context-keys.ts";
import type { Statement } from "./document.ts";
import { parseDocument } from "./document.ts";
import { matchesPattern, parsePattern } from "./wildcard.ts";

/** The audience that AWS's own action asks for. */
export const awsAudience = "sts.amazonaws.com";

const webIdentityAction = "sts:assumerolewithwebidentity";

/** Whether the trust policy admits the token: some Allow applies and no Deny does. */
export function admitToAws(trust: AwsTrust, token: Token): Admission {
  if (trust.clientIds !== undefined && !trust.clientIds.includes(token.audience)) {
    return refused(`audience is not a client id of the provider (${trust.clientIds.join(", ")})`);
  }
  const statements = parseDocument(trust.document);
  if (statements === undefined) return undecided("the trust policy is not a policy document");
  const denials = apply(statements, "Deny", token);
  const denied = denials.find((one) => one.outcome === "admitted");
  if (denied !== undefined) return refused(`denied: ${denied.because}`);
  const grants = apply(statements, "Allow", token);
  const granted = grants.find((one) => one.outcome === "admitted");
  const doubt =
    (granted === undefined ? grants : denials).find((one) => one.outcome === "undecided") ??
    granted;
  return doubt ?? refused(grants[0]?.because ?? `no Allow for ${describeToken(token)}`);
}

function apply(
  statements: readonly Statement[],
  effect: Statement["effect"],
  token: Token,
): readonly Admission[] {
  return statements
    .filter((statement) => statement.effect === effect)
    .map((statement) => applies(statement, token));
}

function applies(statement: Statement, token: Token): Admission {
  const at = statement.label;
  if (!statement.actions.some(coversWebIdentity) && !statement.foreign.includes("NotAction")) {
    return refused(`${at}: not about AssumeRoleWithWebIdentity`);
  }
  const principal = statement.principals.find((one) => names(one, token));
  if (principal === undefined && statement.foreign.length === 0) {
    return refused(`${at}: another principal`);
  }
  const judged = statement.conditions.map((condition) => ({
    condition,
    truth: holds(condition, token),
  }));
  const failing = judged.find((one) => one.truth === false);
  if (failing !== undefined) return refused(`${at}: ${describe(failing.condition)} is false`);
  if (statement.foreign.length > 0) {
    return undecided(
      `${at}: ${statement.foreign.join(", ")} has no known meaning in a trust policy`,
    );
  }
  const open = judged.find((one) => one.truth === "undecided");
  if (open !== undefined) {
    return undecided(`${at}: ${describe(open.condition)} cannot be decided from a token`);
  }
  const reasons = statement.conditions.map(describe);
  return admitted(`${at}: ${reasons.length === 0 ? "no condition" : reasons.join(" and ")}`);
}

/** Whether an action, wildcards included, is AssumeRoleWithWebIdentity. */
export function coversWebIdentity(action: string): boolean {
  const parts = parsePattern(action.toLowerCase());
  return parts !== undefined && matchesPattern(parts, webIdentityAction);
}

function names(principal: Statement["principals"][number], token: Token): boolean {
  if (principal.value === "*") return ["*", "AWS", "Federated"].includes(principal.kind);
  if (principal.kind !== "Federated") return false;
  const issuer = issuerPrefix(token.issuer).toLowerCase();
  const name = principal.value.toLowerCase();
  return name === issuer || name.endsWith(`:oidc-provider/${issuer}`);
}

/** A condition as a person writes it: `StringLike …:sub "repo:acme*"`. */
export function describe(condition: Condition): string {
  const values = condition.values.map((value) => JSON.stringify(value)).join(" or ");
  return `${condition.operator} ${condition.key} ${values}`;
}
