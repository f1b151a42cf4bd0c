/**
 * Tokens of Entra itself as assertions: only a user-assigned managed identity's, and only for an
 * application of the same tenant (Microsoft Entra Workload ID, "Configure an application to trust a
 * managed identity"; error AADSTS700236).
 */

import { type LiveWorld, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, no, type Reason, yes } from "../verdict.ts";
import { type Holder, identityToken } from "./holders.ts";

const source = "Microsoft Entra Workload ID, Configure an application to trust a managed identity";

/** The tenant that issued a token; `undefined` where it was not Entra. */
export function issuingTenant(issuer: string): string | undefined {
  return (
    /^https:\/\/login\.microsoftonline\.com\/([^/]+)\/v2\.0$/.exec(issuer)?.[1] ??
    /^https:\/\/sts\.windows\.net\/([^/]+)\/$/.exec(issuer)?.[1]
  );
}

/** Whether a token may be an assertion for a holder at all. */
export function mayAssert(live: LiveWorld, holder: Holder, token: Presented): Check {
  const tenant = issuingTenant(token.issuer);
  if (tenant === undefined) return yes;
  const reason = (rule: string, got: string, wanted: string): Reason => ({
    stage: "issuer",
    rule,
    got,
    wanted,
    source,
  });
  if (tenant !== holder.tenant) {
    return no(reason("tenant (AADSTS700236)", tenant, holder.tenant));
  }
  if (holder.kind !== "application") {
    return no(reason("who trusts a token of Entra", holder.kind, "an application"));
  }
  const identity = live
    .of(identityToken)
    .some(({ properties }) => textAt(properties, "principalId") === token.subject);
  return identity ? yes : no(reason("subject", token.subject, "a user-assigned managed identity"));
}
