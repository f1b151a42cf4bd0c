/** The `identity` of resources that act as somebody ("What are managed identities for Azure resources?"). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference } from "../../../types/type.ts";

/** The token of identities that live on their own. */
export const userAssignedToken = "azure-native:managedidentity:UserAssignedIdentity";

/** Identities in use may be deleted; the resource then fails when it asks for a token. */
export const identityReference: Reference = {
  at: "identity.userAssignedIdentities[*]",
  to: userAssignedToken,
  within: "world",
  missing: {
    code: "FailedIdentityOperation",
    says: "Identity operation for resource {name} failed with error 'Failed to perform resource identity operation. Status: BadRequest. Response: Resource {value} was not found.'.",
  },
};

/** The identity that belongs to the resource alone. */
export const identityOutputs: Readonly<Record<string, Computed>> = {
  "identity.principalId": (r) => (isSystemAssigned(r) ? r.uuid("system identity") : undefined),
  "identity.tenantId": (r) => (isSystemAssigned(r) ? r.tenant : undefined),
};

function isSystemAssigned(r: Resource): boolean {
  return r.text("identity.type", "None").includes("SystemAssigned");
}

/** The provider takes a list of ids; the service gives back an object with what each id stands for. */
export function shownIdentity(r: Resource, given: Json): Json {
  const identity = given as JsonObject;
  const ids = identity["userAssignedIdentities"];
  if (!Array.isArray(ids)) return identity;
  const shown = ids.map(
    (id) => [String(id), parties(r.find(userAssignedToken, String(id)))] as const,
  );
  return { ...identity, userAssignedIdentities: Object.fromEntries(shown) };
}

function parties(found: { readonly properties: JsonObject } | undefined): JsonObject {
  const { clientId = null, principalId = null } = found?.properties ?? {};
  return { clientId, principalId };
}
