/** The Entra tenants of the world. */

import { type LiveWorld, textAt } from "../live.ts";
import { identityToken } from "./holders.ts";

/** Ids of tenants that have objects, or managed identities of subscriptions. */
export function tenantsOf(live: LiveWorld): ReadonlySet<string> {
  const tenants = [
    ...live.like(/^azuread:/).map(({ account }) => account),
    ...live.of(identityToken).map(({ properties }) => textAt(properties, "tenantId")),
  ];
  return new Set(tenants.filter((tenant) => tenant !== ""));
}
