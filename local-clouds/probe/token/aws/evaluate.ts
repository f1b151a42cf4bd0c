/**
 * A policy against a request: an explicit deny wins, an allow is needed, nothing else counts (IAM
 * user guide, "Policy evaluation logic").
 */

import { because, type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { patternOf, wildcardMatches } from "../wildcard.ts";
import { conditionHolds } from "./condition.ts";
import type { Choice, Policy, Statement } from "./policy.ts";
import type { Principal, Request } from "./request.ts";

const logic = "IAM user guide, Policy evaluation logic";
const principalElement = "IAM user guide, AWS JSON policy elements: Principal";

/** Whether a policy lets a request through. `what` names it in reasons, e.g. `trust policy`. */
export function evaluatePolicy(policy: Policy, request: Request, what: string): Check {
  const judged = policy.statements.map((statement) => judge(policy, statement, request));
  const denies = judged.filter(({ statement }) => statement.effect === "Deny");
  const denied = denies.find(({ check }) => check.says === "yes");
  if (denied !== undefined) return no(denial(denied.statement, request, what));
  const allowed = allowance(
    judged.filter(({ statement }) => statement.effect === "Allow"),
    request,
    what,
  );
  if (allowed.says === "no") return allowed;
  return denies.map(({ check }) => check).find(({ says }) => says === "unclear") ?? allowed;
}

interface Judged {
  readonly statement: Statement;
  readonly check: Check;
  /** How many parts of the statement fitted: of several that fail, the one that came furthest is told. */
  readonly fitted: number;
}

function judge(policy: Policy, statement: Statement, request: Request): Judged {
  let fitted = 0;
  const counted = (check: Check) => {
    if (check.says === "yes") fitted++;
    return check;
  };
  const check = every([
    () => counted(principalFits(statement, request.principal)),
    () => counted(actionFits(statement, request.action)),
    () => counted(resourceFits(statement, request.resource)),
    ...statement.conditions.map(
      (condition) => () => counted(conditionHolds(condition, request.context, policy.variables)),
    ),
  ]);
  return { statement, check, fitted };
}

function allowance(judged: readonly Judged[], request: Request, what: string): Check {
  const won = judged.find(({ check }) => check.says === "yes");
  if (won !== undefined) return because(permission(won.statement, request, what));
  const open = judged.find(({ check }) => check.says === "unclear");
  if (open !== undefined && open.check.says === "unclear") {
    return unclear(placed(open.check.reason, open.statement, what));
  }
  const closest = [...judged].sort((a, b) => b.fitted - a.fitted)[0];
  if (closest === undefined || closest.check.says !== "no") {
    return no({
      stage: what,
      rule: "implicit deny",
      got: "no Allow statement",
      wanted: `one for ${request.action}`,
      source: logic,
    });
  }
  return no(placed(closest.check.reason, closest.statement, what));
}

function placed(reason: Reason, statement: Statement, what: string): Reason {
  return { ...reason, stage: what, rule: `${statement.name}: ${reason.rule}` };
}

function denial(statement: Statement, request: Request, what: string): Reason {
  const conditions = statement.conditions.map(
    ({ operator, key, values }) => `${operator} ${key} ${values.join(" or ")}`,
  );
  return {
    stage: what,
    rule: `explicit deny: ${statement.name}`,
    got: [request.action, ...conditions].join(", "),
    wanted: "no Deny statement that applies",
    source: logic,
  };
}

function permission(statement: Statement, request: Request, what: string): Reason {
  return {
    stage: what,
    rule: statement.name,
    got: `${request.action} by ${principalText(request.principal)}`,
    wanted: "an Allow statement that applies",
    source: logic,
  };
}

/** How a principal is written. */
export function principalText(principal: Principal): string {
  if (principal.kind === "Federated") return principal.provider;
  return principal.kind === "Service" ? principal.service : principal.arn;
}

/** Whether a statement names the principal; identity policies name none. */
function principalFits({ principals }: Statement, principal: Principal): Check {
  if (principals === undefined) return yes;
  const text = principalText(principal);
  const named = principals[principal.kind] ?? [];
  const reason: Reason = {
    stage: "principal",
    rule: "Principal",
    got: `${principal.kind} ${text}`,
    wanted: Object.entries(principals)
      .map(([kind, names]) => `${kind} ${names.join(" or ")}`)
      .join(", "),
    source: principalElement,
  };
  // `"*"` and `{ "AWS": "*" }` are everybody, the unauthenticated included ("All principals").
  if (principals["AWS"]?.includes("*") === true) return yes;
  if (named.includes(text)) return yes;
  if (principal.kind === "Federated" && named.includes("*")) {
    return unclear({ ...reason, got: "a wildcard for federated principals" });
  }
  if (principal.kind === "AWS" && named.some((name) => isAccount(name, principal.account))) {
    return yes;
  }
  // One session of a role may be named, and its name is the caller's choice ("Role session principals").
  const sessions = principal.kind === "AWS" ? sessionsOf(principal.arn, principal.account) : "";
  if (sessions !== "" && named.some((name) => name.startsWith(sessions))) {
    const session = principal.kind === "AWS" ? principal.session : undefined;
    if (session !== undefined) return named.includes(`${sessions}${session}`) ? yes : no(reason);
    return unclear({ ...reason, got: `a session of ${text}` });
  }
  return no(reason);
}

/** How sessions of a role are written, up to their name. */
export function sessionsOf(arn: string, account: string): string {
  return `arn:aws:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf("/") + 1)}/`;
}

/** An account as principal: its number, or the ARN of its root ("AWS account principals"). */
function isAccount(name: string, account: string): boolean {
  return name === account || /^arn:[\w-]+:iam::(\d+):root$/.exec(name)?.[1] === account;
}

/** Names of actions are not case-sensitive ("Action"). */
function actionFits({ actions }: Statement, action: string): Check {
  const lower = action.toLowerCase();
  return fits(actions, "Action", action, (pattern) =>
    wildcardMatches(patternOf(pattern.toLowerCase()), lower),
  );
}

/** Trust policies have no `Resource`: the role itself is meant. */
function resourceFits({ resources }: Statement, resource: string): Check {
  if (resources === undefined) return yes;
  return fits(resources, "Resource", resource, (pattern) =>
    wildcardMatches(patternOf(pattern), resource),
  );
}

function fits(
  choice: Choice,
  element: string,
  got: string,
  matches: (pattern: string) => boolean,
): Check {
  if (choice.patterns.some(matches) !== choice.not) return yes;
  const name = choice.not ? `Not${element}` : element;
  return no({
    stage: element.toLowerCase(),
    rule: name,
    got,
    wanted: `${choice.not ? "none of " : ""}${choice.patterns.join(" or ")}`,
    source: `IAM user guide, IAM JSON policy elements: ${name}`,
  });
}
