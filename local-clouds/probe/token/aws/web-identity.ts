/** AssumeRoleWithWebIdentity on every role (AWS STS API reference, "AssumeRoleWithWebIdentity"). */

import type { Live, LiveWorld } from "../live.ts";
import { textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Verdict, verdictOf, yes } from "../verdict.ts";
import { evaluatePolicy } from "./evaluate.ts";
import { globalKey } from "./global-keys.ts";
import { controlsAllow } from "./organization.ts";
import { audienceListed, providerExists, providerOf } from "./provider.ts";
import { type Request, RequestContext } from "./request.ts";
import { arnOf, holdingsOf, roleToken, trustOf } from "./roles.ts";
import { neededActions, type SessionTags, sessionTagsOf, tagKey } from "./session-tags.ts";
import { tokenKey } from "./token-keys.ts";

const source = "AWS STS API reference, AssumeRoleWithWebIdentity, Errors";

/** What the token comes to at each role. */
export function rolesByWebIdentity(live: LiveWorld, token: Presented): readonly Verdict[] {
  return live.of(roleToken).map((role) => {
    const target = { cloud: "aws", kind: "IAM role", id: arnOf(role) } as const;
    return verdictOf(target, mayAssume(live, token, role), () =>
      assumed(live, role, token, sessionTagsOf(token.claims)),
    );
  });
}

/** A session of a role. */
export function assumed(live: LiveWorld, role: Live, token: Presented, tags: SessionTags) {
  const arn = arnOf(role);
  const session = textAt(token.context, "sessionName") || "session";
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return {
    as: `arn:aws:sts::${role.account}:assumed-role/${name}/${session}`,
    holds: holdingsOf(live, role),
    identity: { kind: "aws-role", id: arn, also: [], session: tags },
    reason: { stage: "trust policy", rule: "Allow", got: token.subject, wanted: "", source },
  } as const;
}

function mayAssume(live: LiveWorld, token: Presented, role: Live): Check {
  const provider = providerOf(live, role.account, token.issuer);
  return every([
    () => providerExists(live, role.account, token),
    () => token.signed(source),
    () => token.current(source),
    () => (provider === undefined ? yes : audienceListed(provider, token)),
    () => trusts(live, token, role, provider?.name ?? ""),
  ]);
}

function trusts(live: LiveWorld, token: Presented, role: Live, provider: string): Check {
  const trust = trustOf(role);
  if (trust === undefined) return unreadable(role);
  const tags = sessionTagsOf(token.claims);
  const { nowSeconds, context } = token;
  const now = { nowSeconds, context, role: role.properties, account: role.account, signed: false };
  const keys = new RequestContext(
    {},
    (key) => tagKey(tags, key) ?? tokenKey(token, key) ?? globalKey(now, key) ?? { kind: "absent" },
  );
  const requests = neededActions("sts:AssumeRoleWithWebIdentity", tags).map(
    (action): Request => ({
      principal: { kind: "Federated", provider },
      action,
      resource: arnOf(role),
      context: keys,
    }),
  );
  // The first action's permission is what admitted; the others only may refuse.
  return every([
    ...requests.map((request) => () => controlsAllow(live, role.account, request)),
    ...requests.reverse().map((request) => () => evaluatePolicy(trust, request, "trust policy")),
  ]);
}

/** A trust policy that IAM would not have stored lets nobody in. */
export function unreadable(role: Live): Check {
  return no({
    stage: "trust policy",
    rule: "assumeRolePolicy",
    got: `what is no trust policy on ${arnOf(role)}`,
    wanted: "a JSON policy document",
    source: "IAM user guide, IAM JSON policy elements reference",
  });
}
