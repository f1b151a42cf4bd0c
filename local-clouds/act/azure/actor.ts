/** Who acts in Azure and Entra (Microsoft Entra, "Application and service principal objects", "Managed identities"). */

import { BadRequest } from "../../lifecycle/bad-request.ts";
import { holdersOf } from "../../probe/token/azure/holders.ts";
import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Caller } from "../../records/call.ts";

const userToken = "azuread:index/user:User";
const principalToken = "azuread:index/servicePrincipal:ServicePrincipal";

/** An object of a tenant. */
export interface AzureActor {
  readonly kind: "user" | "service principal" | "managed identity";
  readonly objectId: string;
  /** Principal name of a user, display name of others. */
  readonly name: string;
  readonly tenant: string;
  /** Application (client) id; `""` for users. */
  readonly clientId: string;
  readonly enabled: boolean;
}

/** The actor that a text names: a user's principal name, an object or client id, a managed identity's ARM id or name, an application's display name. */
export function azureActor(live: LiveWorld, text: string): AzureActor {
  const all = actorsOf(live);
  const folded = text.toLowerCase();
  const found = all.filter(({ names }) => names.some((name) => name.toLowerCase() === folded));
  const [first, ...others] = found;
  if (first === undefined) {
    const names = all.map(({ actor }) => actor.name).join(", ") || "none";
    throw new BadRequest(`nobody in a tenant is named ${text}; there are ${names}`);
  }
  if (others.length > 0) throw new BadRequest(`several are named ${text}: give the object id`);
  return first.actor;
}

interface Named {
  readonly actor: AzureActor;
  readonly names: readonly string[];
}

function actorsOf(live: LiveWorld): readonly Named[] {
  const identities = holdersOf(live)
    .filter(({ kind }) => kind === "managed identity")
    .flatMap(({ id, name, tenant, principal }): readonly Named[] => {
      if (principal === undefined) return [];
      const { objectId, clientId } = principal;
      const actor = {
        kind: "managed identity",
        objectId,
        name,
        tenant,
        clientId,
        enabled: true,
      } as const;
      return [{ actor, names: [objectId, clientId, id, name] }];
    });
  return [
    ...live.of(userToken).map((user) => named(user, "user", "userPrincipalName")),
    ...live.of(principalToken).map((one) => named(one, "service principal", "displayName")),
    ...identities,
  ].filter(({ actor }) => actor.objectId !== "");
}

function named(live: Live, kind: "user" | "service principal", key: string): Named {
  const { properties, account } = live;
  const actor = {
    kind,
    objectId: textAt(properties, "objectId"),
    name: textAt(properties, key),
    tenant: account,
    clientId: textAt(properties, "clientId"),
    enabled: properties["accountEnabled"] !== false,
  };
  return { actor, names: [actor.objectId, actor.clientId, actor.name].filter((one) => one !== "") };
}

/** The actor as records name it. */
export function azureCaller({ kind, objectId, name, tenant, clientId }: AzureActor): Caller {
  return { kind, id: objectId, name, account: tenant, uniqueId: clientId, session: "", groups: [] };
}
