/** What many Entra entries share. Object ids, errors and rules as in the Microsoft Graph reference. */

import { createHash } from "node:crypto";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference } from "../../../types/type.ts";

/** The two ways to declare a group: the second leaves its members to others. */
export const groupTokens: readonly string[] = [
  "azuread:index/group:Group",
  "azuread:index/groupWithoutMembers:GroupWithoutMembers",
];

/** Kinds of objects that can be members, owners or holders of a right. */
export const principalTokens: readonly string[] = [
  "azuread:index/user:User",
  ...groupTokens,
  "azuread:index/servicePrincipal:ServicePrincipal",
];

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

/** A UUID of version 4 that follows from a text, the same every time. */
export function uuidFrom(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b11) | 0b1000).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return parts.join("-");
}

/** Who runs the provider in a tenant: the configured application, or one that stands for it. */
export function callerOf(
  tenant: string,
  config: JsonObject,
): { clientId: string; objectId: string } {
  const configured = config["clientId"];
  const clientId =
    typeof configured === "string" && configured !== "" ? configured : uuidFrom(`client ${tenant}`);
  return { clientId, objectId: uuidFrom(`caller ${tenant} ${clientId}`) };
}

/** A property that holds an object id of the tenant; the caller is always there. */
export function toObject(at: string, tokens: readonly string[] = principalTokens): Reference {
  return {
    at,
    to: tokens,
    by: ["objectId", "id"],
    unless: (id, r) => id === callerOf(r.tenant, r.scope.config).objectId,
    missing: {
      code: "Request_ResourceNotFound",
      says: "Resource '{value}' does not exist or one of its queried reference-property objects are not present.",
    },
  };
}

/** The fault of a property that must be one of a few texts, as the provider words it. */
export function oneOf(value: string, property: string, allowed: readonly string[]): InputFault[] {
  if (allowed.includes(value)) return [];
  const quoted = allowed.map((item) => JSON.stringify(item)).join(" ");
  return [{ property, reason: `expected ${property} to be one of [${quoted}], got ${value}` }];
}

/** The others of a type in the tenant. */
export function others(r: Resource): ReturnType<Resource["all"]> {
  const all = r.all(r.token);
  return r.before === undefined ? all : all.filter(({ id }) => id !== r.id);
}

/** The object id at the end of `/applications/…` and its likes. */
export function objectIdOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
