/** Entra applications and what stands for them in a tenant (Microsoft Graph: application, servicePrincipal). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, ServiceError, TypeEntry } from "../../../types/type.ts";
import { callerOf, isUuid, oneOf, others, toObject } from "./common.ts";

const audiences = [
  "AzureADMyOrg",
  "AzureADMultipleOrgs",
  "AzureADandPersonalMicrosoftAccount",
  "PersonalMicrosoftAccount",
];
const registered: Readonly<Record<string, Computed>> = {
  objectId: (r) => r.uuid("object"),
  clientId: (r) => r.uuid("client"),
  disabledByMicrosoft: "",
  publisherDomain: (r) => `${r.tenant.slice(0, 8)}.onmicrosoft.com`,
};

const application: TypeEntry = {
  token: "azuread:index/application:Application",
  defaults: { preventDuplicateNames: false, signInAudience: "AzureADMyOrg" },
  forceNew: ["templateId"],
  check: (r) => oneOf(r.text("signInAudience", "AzureADMyOrg"), "signInAudience", audiences),
  id: (r) => `/applications/${r.uuid("object")}`,
  outputs: {
    ...registered,
    appRoleIds: (r) => idsByValue(r, "appRoles"),
    oauth2PermissionScopeIds: (r) => idsByValue(r, "api.oauth2PermissionScopes"),
    featureTags: [{ customSingleSignOn: false, enterprise: false, gallery: false, hide: false }],
    logoUrl: "",
    owners: (r) => [callerOf(r.tenant, r.scope.config).objectId],
    tags: [],
    templateId: "",
  },
  keys: ["objectId", "clientId"],
  references: [toObject("owners[*]")],
  admit: refuseApplication,
  timeouts: { create: 600, read: 300, update: 600, delete: 300 },
  schemaVersion: 2,
};

function idsByValue(r: Resource, path: string): JsonObject {
  const entries = r.list(path).flatMap((item) => {
    const { value, id } = item as JsonObject;
    return typeof value === "string" && typeof id === "string" ? [[value, id] as const] : [];
  });
  return Object.fromEntries(entries);
}

function refuseApplication(r: Resource): ServiceError | undefined {
  const name = r.text("displayName");
  if (
    r.flag("preventDuplicateNames") &&
    others(r).some(({ properties }) => properties["displayName"] === name)
  ) {
    return {
      code: "ObjectConflict",
      says: `an existing application with name "${name}" was found and duplicates are prevented`,
    };
  }
  const uris = r.list("identifierUris");
  const taken = others(r).some(({ properties }) =>
    uris.some((uri) =>
      (properties["identifierUris"] as readonly unknown[] | undefined)?.includes(uri),
    ),
  );
  return taken
    ? {
        code: "Request_BadRequest",
        says: "Another object with the same value for property identifierUris already exists.",
      }
    : undefined;
}

const registration: TypeEntry = {
  token: "azuread:index/applicationRegistration:ApplicationRegistration",
  defaults: { requestedAccessTokenVersion: 2, signInAudience: "AzureADMyOrg" },
  check: (r) => oneOf(r.text("signInAudience", "AzureADMyOrg"), "signInAudience", audiences),
  id: (r) => `/applications/${r.uuid("object")}`,
  outputs: registered,
  keys: ["objectId", "clientId"],
};

/** What a client id or a credential may belong to. */
export const applicationTokens: readonly string[] = [application.token, registration.token];

const servicePrincipal: TypeEntry = {
  token: "azuread:index/servicePrincipal:ServicePrincipal",
  defaults: { accountEnabled: true },
  forceNew: ["clientId"],
  check: (r) =>
    isUuid(r.text("clientId"))
      ? []
      : [
          {
            property: "clientId",
            reason: `expected "clientId" to be a valid UUID, got ${r.text("clientId")}`,
          },
        ],
  id: (r) => `/servicePrincipals/${r.uuid("object")}`,
  outputs: {
    objectId: (r) => r.uuid("object"),
    applicationTenantId: (r) => r.tenant,
    appRoleAssignmentRequired: false,
    appRoles: [],
    appRoleIds: (r) => r.target("clientId")?.properties["appRoleIds"] ?? {},
    displayName: (r) => r.target("clientId")?.properties["displayName"],
    featureTags: [{ customSingleSignOn: false, enterprise: false, gallery: false, hide: false }],
    features: [
      {
        customSingleSignOnApp: false,
        enterpriseApplication: false,
        galleryApplication: false,
        visibleToUsers: true,
      },
    ],
    homepageUrl: "",
    logoutUrl: "",
    oauth2PermissionScopes: [],
    oauth2PermissionScopeIds: (r) =>
      r.target("clientId")?.properties["oauth2PermissionScopeIds"] ?? {},
    redirectUris: [],
    samlMetadataUrl: "",
    servicePrincipalNames: (r) => [r.text("clientId")],
    signInAudience: (r) => r.target("clientId")?.properties["signInAudience"],
    tags: [],
    type: "Application",
  },
  keys: ["objectId", "clientId"],
  references: [
    {
      at: "clientId",
      to: applicationTokens,
      by: "clientId",
      cascades: true,
      missing: {
        code: "NoBackingApplicationObject",
        says: "The appId '{value}' of the service principal does not reference a valid application object.",
      },
    },
    toObject("owners[*]"),
  ],
  admit: (r) =>
    others(r).some(({ properties }) => properties["clientId"] === r.given("clientId"))
      ? {
          code: "Request_MultipleObjectsWithSameKeyValue",
          says: `The service principal cannot be created, updated, or restored because the service principal name ${r.text("clientId")} is already in use.`,
        }
      : undefined,
  timeouts: { create: 600, read: 300, update: 600, delete: 300 },
};

/** The role that stands for access without a role of the application's own (Microsoft Graph: appRoleAssignment). */
const defaultAccess = "00000000-0000-0000-0000-000000000000";

const roleAssignment: TypeEntry = {
  token: "azuread:index/appRoleAssignment:AppRoleAssignment",
  forceNew: ["appRoleId", "principalObjectId", "resourceObjectId"],
  id: (r) =>
    `/servicePrincipals/${r.text("resourceObjectId")}/appRoleAssignedTo/${r.characters("id", 43)}`,
  outputs: {
    principalDisplayName: (r) => r.target("principalObjectId")?.properties["displayName"],
    principalType: (r) => r.target("principalObjectId")?.token.split(":").at(-1) ?? "",
    resourceDisplayName: (r) => r.target("resourceObjectId")?.properties["displayName"],
  },
  references: [
    { ...toObject("principalObjectId"), cascades: true },
    { ...toObject("resourceObjectId", [servicePrincipal.token]), cascades: true },
  ],
  admit: (r) => {
    const role = r.text("appRoleId");
    const roles = Object.values(
      (r.target("resourceObjectId")?.properties["appRoleIds"] ?? {}) as JsonObject,
    );
    if (role !== defaultAccess && !roles.includes(role)) {
      return {
        code: "Request_BadRequest",
        says: "Permission being assigned was not found on application",
      };
    }
    const same = others(r).some(({ properties }) =>
      ["appRoleId", "principalObjectId", "resourceObjectId"].every(
        (key) => properties[key] === r.given(key),
      ),
    );
    return same
      ? {
          code: "Request_BadRequest",
          says: "Permission being assigned already exists on the object",
        }
      : undefined;
  },
};

/** The entries of applications. */
export const applicationTypes: readonly TypeEntry[] = [
  application,
  registration,
  servicePrincipal,
  roleAssignment,
];
