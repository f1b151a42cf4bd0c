/** Entra applications, what stands for them in a tenant, and their trusts (Microsoft Graph: application). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, InputFault, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { callerOf, isUuid, objectIdOf, oneOf, others, toObject } from "./common.ts";

const audiences = ["AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];
/** Federated credentials of one application (Entra, "Important considerations and restrictions"). */
const credentialsMax = 20;
/** Characters of an issuer, a subject and a name (Microsoft Graph: federatedIdentityCredential). */
const charactersMax = { issuer: 600, subject: 600, displayName: 120 };

const registered: Readonly<Record<string, Computed>> = {
  objectId: (r) => r.uuid("object"),
  clientId: (r) => r.uuid("client"),
  disabledByMicrosoft: "",
  publisherDomain: (r) => `${r.tenant.slice(0, 8)}.onmicrosoft.com`,
};

const application: TypeEntry = {
  token: "azuread:index/application:Application",
  required: ["displayName"],
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
  if (r.flag("preventDuplicateNames") && others(r).some(({ properties }) => properties["displayName"] === name)) {
    return { code: "ObjectConflict", says: `an existing application with name "${name}" was found and duplicates are prevented` };
  }
  const uris = r.list("identifierUris");
  const taken = others(r).some(({ properties }) => uris.some((uri) => (properties["identifierUris"] as readonly unknown[] | undefined)?.includes(uri)));
  return taken
    ? { code: "Request_BadRequest", says: "Another object with the same value for property identifierUris already exists." }
    : undefined;
}

const registration: TypeEntry = {
  token: "azuread:index/applicationRegistration:ApplicationRegistration",
  required: ["displayName"],
  defaults: { requestedAccessTokenVersion: 2, signInAudience: "AzureADMyOrg" },
  check: (r) => oneOf(r.text("signInAudience", "AzureADMyOrg"), "signInAudience", audiences),
  id: (r) => `/applications/${r.uuid("object")}`,
  outputs: registered,
  keys: ["objectId", "clientId"],
};

const applicationTokens = [application.token, registration.token];

const servicePrincipal: TypeEntry = {
  token: "azuread:index/servicePrincipal:ServicePrincipal",
  required: ["clientId"],
  defaults: { accountEnabled: true },
  forceNew: ["clientId"],
  check: (r) => (isUuid(r.text("clientId")) ? [] : [{ property: "clientId", reason: `expected "clientId" to be a valid UUID, got ${r.text("clientId")}` }]),
  id: (r) => `/servicePrincipals/${r.uuid("object")}`,
  outputs: {
    objectId: (r) => r.uuid("object"),
    applicationTenantId: (r) => r.tenant,
    appRoleAssignmentRequired: false,
    appRoles: [],
    appRoleIds: (r) => r.target("clientId")?.properties["appRoleIds"] ?? {},
    displayName: (r) => r.target("clientId")?.properties["displayName"],
    featureTags: [{ customSingleSignOn: false, enterprise: false, gallery: false, hide: false }],
    features: [{ customSingleSignOnApp: false, enterpriseApplication: false, galleryApplication: false, visibleToUsers: true }],
    homepageUrl: "",
    logoutUrl: "",
    oauth2PermissionScopes: [],
    oauth2PermissionScopeIds: (r) => r.target("clientId")?.properties["oauth2PermissionScopeIds"] ?? {},
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

/** Credentials belong to an application, given as `/applications/OBJECT-ID`. */
const ofApplication: Reference = {
  at: "applicationId",
  to: applicationTokens,
  cascades: true,
  missing: { code: "Request_ResourceNotFound", says: "Resource '{value}' does not exist." },
};

function credentialFaults(r: Resource): InputFault[] {
  const id = r.text("applicationId");
  const issuer = r.text("issuer");
  const form = /^\/applications\/[^/]+$/.test(id) && isUuid(objectIdOf(id));
  return [
    ...(form ? [] : [{ property: "applicationId", reason: `expected an id of the form /applications/UUID, got ${id}` }]),
    ...(issuer.length <= charactersMax.issuer ? [] : [{ property: "issuer", reason: `must have at most ${charactersMax.issuer} characters` }]),
    ...(/^[\w-]{1,120}$/.test(r.text("displayName"))
      ? []
      : [{ property: "displayName", reason: `must have 1 to ${charactersMax.displayName} letters, digits, - or _` }]),
  ];
}

const credentialOutputs: Readonly<Record<string, Computed>> = { credentialId: (r) => r.uuid("credential") };

function credentialId(r: Resource): string {
  return `${objectIdOf(r.text("applicationId"))}/federatedIdentityCredential/${r.uuid("credential")}`;
}

const credentialTokens = [
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
] as const;

const federatedCredential: TypeEntry = {
  token: credentialTokens[0],
  required: ["applicationId", "audiences", "displayName", "issuer", "subject"],
  forceNew: ["applicationId", "displayName"],
  check: (r) => [
    ...credentialFaults(r),
    ...(r.list("audiences").length === 1 ? [] : [{ property: "audiences", reason: "exactly one audience must be given" }]),
    ...(r.text("subject").length <= charactersMax.subject ? [] : [{ property: "subject", reason: `must have at most ${charactersMax.subject} characters` }]),
  ],
  id: credentialId,
  outputs: credentialOutputs,
  references: [ofApplication],
  admit: (r) => refuseCredential(r, "subject"),
  timeouts: { create: 300, read: 300, update: 300, delete: 300 },
};

const flexibleCredential: TypeEntry = {
  token: credentialTokens[1],
  required: ["applicationId", "audience", "claimsMatchingExpression", "displayName", "issuer"],
  forceNew: ["applicationId", "displayName"],
  check: credentialFaults,
  id: credentialId,
  outputs: credentialOutputs,
  references: [ofApplication],
  admit: (r) => refuseCredential(r, "claimsMatchingExpression"),
};

function refuseCredential(r: Resource, what: string): ServiceError | undefined {
  const beside = credentialTokens
    .flatMap((token) => (token === r.token ? others(r) : r.all(token)))
    .filter(({ properties }) => properties["applicationId"] === r.given("applicationId"));
  if (beside.length >= credentialsMax) {
    return { code: "Request_BadRequest", says: `Adding this credential exceeds the maximum allowed number of ${credentialsMax} federated identity credentials.` };
  }
  const name = r.text("displayName");
  if (beside.some(({ properties }) => properties["displayName"] === name)) {
    return { code: "Request_MultipleObjectsWithSameKeyValue", says: `FederatedIdentityCredential with name ${name} already exists.` };
  }
  const same = beside.some(({ properties }) => properties["issuer"] === r.given("issuer") && properties[what] === r.given(what));
  return same
    ? { code: "Request_BadRequest", says: `Issuer and ${what} of a federated identity credential must be unique on the application.` }
    : undefined;
}

/** The role that stands for access without a role of the application's own (Microsoft Graph: appRoleAssignment). */
const defaultAccess = "00000000-0000-0000-0000-000000000000";

const roleAssignment: TypeEntry = {
  token: "azuread:index/appRoleAssignment:AppRoleAssignment",
  required: ["appRoleId", "principalObjectId", "resourceObjectId"],
  forceNew: ["appRoleId", "principalObjectId", "resourceObjectId"],
  id: (r) => `/servicePrincipals/${r.text("resourceObjectId")}/appRoleAssignedTo/${r.characters("id", 43)}`,
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
    const roles = Object.values((r.target("resourceObjectId")?.properties["appRoleIds"] ?? {}) as JsonObject);
    if (role !== defaultAccess && !roles.includes(role)) {
      return { code: "Request_BadRequest", says: "Permission being assigned was not found on application" };
    }
    const same = others(r).some(({ properties }) =>
      ["appRoleId", "principalObjectId", "resourceObjectId"].every((key) => properties[key] === r.given(key)),
    );
    return same ? { code: "Request_BadRequest", says: "Permission being assigned already exists on the object" } : undefined;
  },
};

/** The entries of applications. */
export const applicationTypes: readonly TypeEntry[] = [
  application,
  registration,
  servicePrincipal,
  federatedCredential,
  flexibleCredential,
  roleAssignment,
];
