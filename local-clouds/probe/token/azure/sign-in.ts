/**
 * A token of Entra at Azure Resource Manager: who it is there (Microsoft identity platform, "Access
 * tokens in the Microsoft identity platform", "Validate tokens", and "Access token claims reference").
 */

import { resourceManager } from "../issuers/entra.ts";
import { type Live, type LiveWorld, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, type Verdict, verdictOf, yes } from "../verdict.ts";
import { holdingsOf } from "./assignments.ts";
import { accessAllowed } from "./conditional-access.ts";
import { issuingTenant } from "./entra-issued.ts";
import { identityToken, principalToken } from "./holders.ts";
import { tenantsOf } from "./tenants.ts";

const source =
  "Microsoft identity platform, Access tokens in the Microsoft identity platform, Validate tokens";
const userToken = "azuread:index/user:User";
/** Application id of Azure Resource Manager in every tenant ("Windows Azure Service Management API"). */
const application = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/** Names of the same audience. */
const audiences = [
  resourceManager,
  "https://management.azure.com",
  "https://management.core.windows.net/",
  "https://management.core.windows.net",
  application,
];

/** What an Entra token is at Azure Resource Manager; nothing for tokens of others. */
export function principalsBySignIn(live: LiveWorld, token: Presented): readonly Verdict[] {
  const tenant = issuingTenant(token.issuer);
  if (tenant === undefined || !tenantsOf(live).has(tenant)) return [];
  const objectId = textAt(token.claims, "oid") || token.subject;
  const found = objectOf(live, objectId);
  const target = {
    cloud: "azure",
    kind: "Azure Resource Manager",
    id: `tenant ${tenant}`,
  } as const;
  const check = every([
    () => token.signed(source),
    () => token.current(source),
    () => audienceFits(token),
    () => objectThere(found, objectId),
    () => (found === undefined ? yes : signInAllowed(live, found, token)),
  ]);
  return [
    verdictOf(target, check, () => ({
      as: nameOf(found, objectId),
      holds: holdingsOf(live, objectId),
      identity: {
        kind: found?.token === userToken ? "azure-user" : "azure-identity",
        id: objectId,
        also: [tenant],
      },
      reason: reasonOf("principal", "oid", objectId, "an object of the tenant"),
    })),
  ];
}

function objectOf(live: LiveWorld, objectId: string): Live | undefined {
  return live
    .of(userToken, principalToken, identityToken)
    .find(
      ({ token, properties }) =>
        textAt(properties, token === identityToken ? "principalId" : "objectId") === objectId,
    );
}

function audienceFits(token: Presented): Check {
  if (token.audiences.some((audience) => audiences.includes(audience))) return yes;
  return no(reasonOf("audience", "aud", token.audiences.join(", "), audiences.join(" or ")));
}

function objectThere(found: Live | undefined, objectId: string): Check {
  const reason = reasonOf("principal", "oid", objectId, "an enabled object of the tenant");
  if (found === undefined) return no(reason);
  return found.properties["accountEnabled"] === false
    ? no({ ...reason, got: `${objectId}, which is disabled` })
    : yes;
}

/** Conditional Access is for users; service principals that sign in by themselves have policies of their own. */
function signInAllowed(live: LiveWorld, found: Live, token: Presented): Check {
  if (found.token !== userToken) return yes;
  return accessAllowed(live, { user: found, application, facts: token.context }, token);
}

function nameOf(found: Live | undefined, objectId: string): string {
  const { properties } = found ?? { properties: {} };
  const name = ["userPrincipalName", "displayName", "name"]
    .map((key) => textAt(properties, key))
    .find((text) => text !== "");
  return `${name ?? ""} (object ${objectId})`.trim();
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source };
}
