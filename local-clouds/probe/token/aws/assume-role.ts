/**
 * AssumeRole from one role to another (IAM user guide, "Methods to assume a role" and "Cross-account
 * resource access in IAM": within an account the trust policy suffices when it names the role itself;
 * when it names the account, or across accounts, the role's own policies must allow it, too).
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, type LiveWorld, objectAt } from "../live.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { evaluatePolicy, sessionsOf } from "./evaluate.ts";
import { globalKey } from "./global-keys.ts";
import { controlsAllow } from "./organization.ts";
import type { Policy } from "./policy.ts";
import { type Known, type Request, RequestContext, value } from "./request.ts";
import { arnOf, boundaryOf, policiesOf, trustOf } from "./roles.ts";
import { inherited, neededActions, type SessionTags, tagKey } from "./session-tags.ts";
import { unreadable } from "./web-identity.ts";

/** When somebody asks, with what, and from which session. */
export interface Asking {
  readonly nowSeconds: number;
  readonly context: JsonObject;
  /** Tags and source identity of the session that asks. */
  readonly session: SessionTags;
  /** The external id that is passed with the request; `""` without. */
  readonly externalId?: string;
}

/**
 * Whether a session of one role may assume another. What it hands on must be allowed as it is when
 * somebody passes it anew: `sts:TagSession` for transitive tags (Amazon EKS user guide, "Access AWS
 * Resources using EKS Pod Identity Target IAM Roles"), `sts:SetSourceIdentity` for a source identity
 * ("Permissions required to set a source identity").
 */
export function mayAssumeRole(live: LiveWorld, from: Live, to: Live, asking: Asking): Check {
  const trust = trustOf(to);
  if (trust === undefined) return unreadable(to);
  const actions = neededActions("sts:AssumeRole", inherited(asking.session));
  const requests = actions.map((action) => requestOf(from, to, action, asking));
  // The first action's permission is what admitted; the others only may refuse.
  return every(
    requests.reverse().flatMap((request) => {
      const named = namesItself(trust, request);
      return [
        () => controlsAllow(live, from.account, request, "SERVICE_CONTROL_POLICY"),
        () => controlsAllow(live, to.account, request, "RESOURCE_CONTROL_POLICY"),
        () => evaluatePolicy(trust, request, "trust policy"),
        () => ownAllow(live, from, request, from.account === to.account && named),
      ];
    }),
  );
}

function requestOf(from: Live, to: Live, action: string, asking: Asking): Request {
  const { nowSeconds, context, session, externalId = "" } = asking;
  const now = { nowSeconds, context, role: to.properties, account: to.account, signed: true };
  const keys = new RequestContext(
    {
      "aws:PrincipalArn": value(arnOf(from)),
      "aws:PrincipalAccount": value(from.account),
      "aws:PrincipalType": value("AssumedRole"),
      // The session comes from a token or another role: no MFA device was asked for.
      "aws:MultiFactorAuthPresent": { kind: "absent" },
      "aws:MultiFactorAuthAge": { kind: "absent" },
      "sts:ExternalId": externalId === "" ? { kind: "absent" } : value(externalId),
    },
    (key) =>
      sessionKey(from, session, key) ??
      tagKey(inherited(session), key) ??
      globalKey(now, key) ?? { kind: "absent" },
  );
  return {
    principal: { kind: "AWS", arn: arnOf(from), account: from.account },
    action,
    resource: arnOf(to),
    context: keys,
  };
}

/**
 * Keys about the session that asks: its tags come before those of its role ("Pass session tags in AWS
 * STS"). Whether tags that are only handed on count as requested, no page tells.
 */
function sessionKey(from: Live, session: SessionTags, key: string): Known | undefined {
  if (key === "aws:sourceidentity") {
    return session.sourceIdentity === "" ? { kind: "absent" } : value(session.sourceIdentity);
  }
  const handedOn = inherited(session).transitive.length > 0;
  if (handedOn && (key.startsWith("aws:requesttag/") || key === "aws:tagkeys")) {
    return { kind: "open", why: "whether inherited tags count as requested is not told" };
  }
  if (!key.startsWith("aws:principaltag/")) return undefined;
  const name = key.slice("aws:principaltag/".length);
  const own = { ...objectAt(from.properties, "tags"), ...objectAt(from.properties, "tagsAll") };
  const found = [...Object.entries(session.tags), ...Object.entries(own)].find(
    ([tag]) => tag.toLowerCase() === name,
  );
  return found === undefined ? { kind: "absent" } : value(String(found[1]));
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
