/** Parts of an application that are resources of their own (Microsoft Graph: application). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { applicationTokens } from "./applications.ts";
import { isUuid, objectIdOf, oneOf, others, toObject } from "./common.ts";

/** Redirect URIs of one application ("Redirect URI restrictions and limitations"). */
const redirectUrisMax = 256;

const ofApplication: Reference = {
  at: "applicationId",
  to: applicationTokens,
  cascades: true,
  missing: { code: "Request_ResourceNotFound", says: "Resource '{value}' does not exist." },
};

const timeouts = { create: 300, read: 300, update: 300, delete: 300 };

/** A part under `/applications/UUID/…`; `tail` is its place there. */
function part(
  name: string,
  tail: (r: Resource) => string,
  more: Partial<TypeEntry> = {},
): TypeEntry {
  const { check, references = [], forceNew = [], ...rest } = more;
  return {
    token: `azuread:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
    forceNew: ["applicationId", ...forceNew],
    check: (r) => [...applicationFaults(r), ...(check?.(r) ?? [])],
    id: (r) => `${r.text("applicationId")}${tail(r)}`,
    references: [ofApplication, ...references],
    timeouts,
    ...rest,
  };
}

function applicationFaults(r: Resource): InputFault[] {
  const id = r.text("applicationId");
  return /^\/applications\/[^/]+$/.test(id) && isUuid(objectIdOf(id))
    ? []
    : [
        {
          property: "applicationId",
          reason: `expected an id of the form /applications/UUID, got ${id}`,
        },
      ];
}

function uuidFaults(r: Resource, property: string): InputFault[] {
  const value = r.text(property);
  return isUuid(value)
    ? []
    : [{ property, reason: `expected "${property}" to be a valid UUID, got ${value}` }];
}

/** The other parts of the same application. */
function beside(r: Resource) {
  return others(r).filter(
    ({ properties }) => properties["applicationId"] === r.given("applicationId"),
  );
}

function refuseSameValue(r: Resource): ServiceError | undefined {
  const value = r.given("value");
  const same =
    value !== undefined && beside(r).some(({ properties }) => properties["value"] === value);
  return same
    ? {
        code: "InvalidValue",
        says: `It contains duplicate value. Please provide unique value: ${String(value)}`,
      }
    : undefined;
}

const appRole = part("ApplicationAppRole", (r) => `/appRoles/${r.text("roleId")}`, {
  forceNew: ["roleId"],
  check: (r) => [
    ...uuidFaults(r, "roleId"),
    ...r
      .list("allowedMemberTypes")
      .flatMap((type) => oneOf(String(type), "allowedMemberTypes", ["User", "Application"])),
  ],
  outputs: { value: "" },
  admit: refuseSameValue,
});

const permissionScope = part(
  "ApplicationPermissionScope",
  (r) => `/permissionScopes/${r.text("scopeId")}`,
  {
    forceNew: ["scopeId"],
    defaults: { type: "User" },
    check: (r) => [
      ...uuidFaults(r, "scopeId"),
      ...oneOf(r.text("type", "User"), "type", ["Admin", "User"]),
    ],
    admit: refuseSameValue,
  },
);

const redirectTypes = ["PublicClient", "SPA", "Web"];

const redirectUris = part("ApplicationRedirectUris", (r) => `/redirectUris/${r.text("type")}`, {
  forceNew: ["type"],
  check: (r) => oneOf(r.text("type"), "type", redirectTypes),
  admit: (r) => {
    const uris = r.list("redirectUris").map(String);
    const wild =
      r.text("type") === "PublicClient" ? undefined : uris.find((uri) => isRefusedUri(uri));
    if (wild !== undefined) {
      return {
        code: "InvalidReplyUrl",
        says: `Reply URL '${wild}' must use https, or http on localhost, and hold no wildcard.`,
      };
    }
    return uris.length <= redirectUrisMax
      ? undefined
      : {
          code: "Request_BadRequest",
          says: `At most ${redirectUrisMax} redirect URIs are allowed.`,
        };
  },
});

function isRefusedUri(uri: string): boolean {
  const secure =
    uri.startsWith("https://") || /^http:\/\/(localhost|127\.0\.0\.1)([:/]|$)/.test(uri);
  return !secure || uri.includes("*");
}

const identifierUri = part(
  "ApplicationIdentifierUri",
  (r) => `/identifierUris/${Buffer.from(r.text("identifierUri")).toString("base64")}`,
  {
    forceNew: ["identifierUri"],
    admit: (r) =>
      others(r).some(({ properties }) => properties["identifierUri"] === r.given("identifierUri"))
        ? {
            code: "Request_BadRequest",
            says: "Another object with the same value for property identifierUris already exists.",
          }
        : undefined,
  },
);

const apiAccess = part("ApplicationApiAccess", (r) => `/apiAccess/${r.text("apiClientId")}`, {
  forceNew: ["apiClientId"],
  check: (r) => [
    ...uuidFaults(r, "apiClientId"),
    ...(r.list("roleIds").length + r.list("scopeIds").length > 0
      ? []
      : [{ property: "roleIds", reason: "one of `roleIds,scopeIds` must be specified" }]),
  ],
});

const preAuthorized = part("ApplicationPreAuthorized", () => "", {
  forceNew: ["authorizedClientId"],
  check: (r) => uuidFaults(r, "authorizedClientId"),
  id: (r) =>
    `${objectIdOf(r.text("applicationId"))}/preAuthorizedApplication/${r.text("authorizedClientId")}`,
});

const owner = part("ApplicationOwner", (r) => `/owners/${r.text("ownerObjectId")}`, {
  forceNew: ["ownerObjectId"],
  references: [{ ...toObject("ownerObjectId"), cascades: true }],
});

const knownClients = part("ApplicationKnownClients", () => "/knownClients");

const optionalClaims = part("ApplicationOptionalClaims", () => "/optionalClaims");

/** The entries of parts of applications. */
export const applicationPartTypes: readonly TypeEntry[] = [
  appRole,
  permissionScope,
  redirectUris,
  identifierUri,
  apiAccess,
  preAuthorized,
  owner,
  knownClients,
  optionalClaims,
];
