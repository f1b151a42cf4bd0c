/**
 * AssumeRole from one role to another (IAM user guide, "Methods to assume a role" and "Cross-account
 * resource access in IAM": within an account the trust policy suffices when it names the role itself;
 * when it names the account, or across accounts, the role's own policies must allow it, too).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Live, LiveWorld } from "../live.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { evaluatePolicy, sessionsOf } from "./evaluate.ts";
import { globalKey } from "./global-keys.ts";
import type { Policy } from "./policy.ts";
import { type Request, RequestContext, value } from "./request.ts";
import { arnOf, boundaryOf, policiesOf, trustOf } from "./roles.ts";
import { type SessionTags, tagKey } from "./session-tags.ts";
import { unreadable } from "./web-identity.ts";

/** Who asks, when and with what. */
export interface Asking {
  readonly nowSeconds: number;
  readonly context: JsonObject;
  readonly tags: SessionTags;
}

/** No tags. */
export const untagged: SessionTags = { tags: {}, transitive: [], sourceIdentity: "" };

/** Whether one role may assume another. */
export function mayAssumeRole(live: LiveWorld, from: Live, to: Live, asking: Asking): Check {
  const trust = trustOf(to);
  if (trust === undefined) return unreadable(to);
  const request = requestOf(from, to, asking);
  const named = namesItself(trust, request);
  return every([
    () => evaluatePolicy(trust, request, "trust policy"),
    () => ownAllow(live, from, request, from.account === to.account && named),
  ]);
}

function requestOf(from: Live, to: Live, asking: Asking): Request {
  const { nowSeconds, context, tags } = asking;
  const now = { nowSeconds, context, role: to.properties, account: to.account, signed: true };
  const keys = new RequestContext(
    {
      "aws:PrincipalArn": value(arnOf(from)),
      "aws:PrincipalAccount": value(from.account),
      "aws:PrincipalType": value("AssumedRole"),
      // The session comes from a token or another role: no MFA device was asked for.
      "aws:MultiFactorAuthPresent": { kind: "absent" },
      "aws:MultiFactorAuthAge": { kind: "absent" },
      "sts:ExternalId": { kind: "absent" },
    },
    (key) => tagKey(tags, key) ?? globalKey(now, key) ?? { kind: "absent" },
  );
  return {
    principal: { kind: "AWS", arn: arnOf(from), account: from.account },
    action: "sts:AssumeRole",
    resource: arnOf(to),
    context: keys,
  };
}

/** Whether an Allow statement that applies, or may apply, names the principal itself, a session of it, or everybody. */
export function namesItself(trust: Policy, request: Request): boolean {
  const { principal } = request;
  if (principal.kind !== "AWS") return false;
  const { arn, account } = principal;
  const sessions = sessionsOf(arn, account);
  const naming = trust.statements.filter(
    ({ effect, principals }) =>
      effect === "Deny" ||
      principals?.["AWS"]?.some(
        (name) => name === arn || name === "*" || name.startsWith(sessions),
      ) === true,
  );
  return (
    naming.length > 0 &&
    evaluatePolicy({ ...trust, statements: naming }, request, "trust policy").says !== "no"
  );
}

/** What the role's own policies and its boundary say. */
export function ownAllow(
  live: LiveWorld,
  from: Live,
  request: Request,
  trustSuffices: boolean,
): Check {
  return every([
    () => identityAllows(live, from, request, trustSuffices),
    () => boundaryAllows(live, from, request),
  ]);
}

function identityAllows(live: LiveWorld, from: Live, request: Request, trusted: boolean): Check {
  const held = policiesOf(live, from);
  const answers = held.map(({ name, policy }) =>
    policy === undefined ? undefined : evaluatePolicy(policy, request, name),
  );
  const denied = answers.find(
    (one) => one?.says === "no" && /^explicit deny/.test(one.reason.rule),
  );
  if (denied !== undefined) return denied;
  if (trusted) return yes;
  const allowed = answers.find((one) => one?.says === "yes");
  if (allowed !== undefined) return allowed;
  const open = answers.find((one) => one?.says === "unclear");
  if (open !== undefined) return open;
  const unread = held.find(({ policy }) => policy === undefined);
  const reason: Reason = {
    stage: "identity policies",
    rule: `policies of ${arnOf(from)}`,
    got: unread?.name ?? (held.map(({ name }) => name).join(", ") || "no policy"),
    wanted: `${request.action} on ${request.resource}`,
    source: "IAM user guide, Policy evaluation logic",
  };
  return unread === undefined ? no(reason) : unclear(reason);
}

/** What the boundary does not allow is not allowed (IAM user guide, "Permissions boundaries for IAM entities"). */
function boundaryAllows(live: LiveWorld, from: Live, request: Request): Check {
  const boundary = boundaryOf(live, from);
  if (boundary === undefined) return yes;
  if (boundary.policy !== undefined) {
    const answer = evaluatePolicy(boundary.policy, request, boundary.name);
    return answer.says === "yes" ? yes : answer;
  }
  return unclear({
    stage: "permissions boundary",
    rule: boundary.name,
    got: "a document that is not in the world",
    wanted: `${request.action} on ${request.resource}`,
    source: "IAM user guide, Permissions boundaries for IAM entities",
  });
}
