/** What an identity can become next, and what that can become, up to a limit. */

import type { World } from "../../../world/world.ts";
import { mayAssumeRole } from "../aws/assume-role.ts";
import { arnOf, roleToken } from "../aws/roles.ts";
import { inherited, untagged } from "../aws/session-tags.ts";
import { assumed } from "../aws/web-identity.ts";
import { accountToken, emailOf, mayImpersonate } from "../gcp/impersonation.ts";
import { accountPrincipal } from "../gcp/principal.ts";
import { accountVerdict } from "../gcp/targets.ts";
import { parseJwt } from "../jwt.ts";
import { clustersOfObject } from "../kubernetes/aks-access.ts";
import { clustersOfRole } from "../kubernetes/eks-access.ts";
import { clustersOfPrincipal } from "../kubernetes/gke-access.ts";
import type { LiveWorld } from "../live.ts";
import { presentToAll } from "../present.ts";
import { Presented } from "../presented.ts";
import { type Identity, type Verdict, verdictOf } from "../verdict.ts";
import { tokensOf } from "./tokens.ts";

/** Most steps after the first. */
export const stepsMax = 5;

/** A search: where it goes, and who was met on the way. */
interface Search {
  readonly world: World;
  readonly live: LiveWorld;
  readonly token: Presented;
  readonly met: Set<string>;
}

/** Verdicts with what comes after each; an identity is followed once. */
export function followed(
  world: World,
  live: LiveWorld,
  token: Presented,
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const search = { world, live, token, met: new Set<string>() };
  for (const { identity } of verdicts) if (identity !== undefined) search.met.add(keyOf(identity));
  return verdicts.map((verdict) => withNext(search, verdict, 0));
}

function withNext(search: Search, verdict: Verdict, steps: number): Verdict {
  const { identity } = verdict;
  if (identity === undefined) return verdict;
  const next = nextOf(search, identity).filter((one) => isNew(search, one));
  if (next.length === 0) return verdict;
  if (steps >= stepsMax) return { ...verdict, next: [limit(verdict, next.length)] };
  return { ...verdict, next: next.map((one) => withNext(search, one, steps + 1)) };
}

/** Refusals are not shown, nor is anybody who was met before. */
function isNew({ met }: Search, { outcome, identity }: Verdict): boolean {
  if (outcome === "refused") return false;
  if (identity === undefined) return true;
  const key = keyOf(identity);
  if (met.has(key)) return false;
  met.add(key);
  return true;
}

function keyOf({ kind, id }: Identity): string {
  return `${kind} ${id}`;
}

function nextOf(search: Search, identity: Identity): readonly Verdict[] {
  const { world, live, token } = search;
  const elsewhere = tokensOf(world, live, identity, token).flatMap((raw) => {
    const jwt = parseJwt(raw);
    if (typeof jwt === "string") throw new RangeError(jwt);
    return presentToAll(live, new Presented(world, jwt, token.nowSeconds, token.context));
  });
  return [
    ...withinCloud(search, identity),
    ...elsewhere.filter(({ outcome }) => outcome === "becomes"),
  ];
}

function withinCloud({ live, token }: Search, identity: Identity): readonly Verdict[] {
  switch (identity.kind) {
    case "aws-role":
      return [...rolesAfter(live, token, identity), ...clustersOfRole(live, identity.id)];
    case "gcp-service-account":
      return [
        ...accountsAfter(live, token, identity.id),
        ...clustersOfPrincipal(live, accountPrincipal(identity.id), identity.id, token.nowSeconds),
      ];
    case "azure-identity":
    case "azure-application":
    case "azure-user":
      return clustersOfObject(live, identity.id);
    default:
      return [];
  }
}

function rolesAfter(live: LiveWorld, token: Presented, identity: Identity): readonly Verdict[] {
  const from = live.of(roleToken).find((role) => arnOf(role) === identity.id);
  if (from === undefined) return [];
  const { nowSeconds, context } = token;
  const session = identity.session ?? untagged;
  return live
    .of(roleToken)
    .filter((to) => to !== from)
    .map((to) => {
      const check = mayAssumeRole(live, from, to, { nowSeconds, context, session });
      const target = { cloud: "aws", kind: "IAM role", id: arnOf(to) } as const;
      return verdictOf(target, check, () => assumed(live, to, token, inherited(session)));
    });
}

function accountsAfter(live: LiveWorld, token: Presented, email: string): readonly Verdict[] {
  return live
    .of(accountToken)
    .filter((account) => emailOf(account) !== email)
    .map((account) => {
      const check = mayImpersonate(live, accountPrincipal(email), account, token.nowSeconds);
      return accountVerdict(live, emailOf(account), check, token.nowSeconds);
    });
}

/** The limit is told, never silently kept. */
function limit({ cloud, id }: Verdict, count: number): Verdict {
  return {
    cloud,
    kind: "further identities",
    id,
    outcome: "unclear",
    holds: [],
    reason: {
      stage: "follow",
      rule: "steps",
      got: `${count} further after ${stepsMax} steps`,
      wanted: `at most ${stepsMax} steps are followed`,
      source: "the local clouds",
    },
  };
}
