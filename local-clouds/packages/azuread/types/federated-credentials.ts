/** Trusts of Entra applications in other issuers (Microsoft Graph: federatedIdentityCredential). */

import type { Resource } from "../../../types/resource.ts";
import type {
  Computed,
  InputFault,
  Reference,
  ServiceError,
  TypeEntry,
} from "../../../types/type.ts";
import { applicationTokens } from "./applications.ts";
import { isUuid, objectIdOf, others } from "./common.ts";

/** Federated credentials of one application (Entra, "Important considerations and restrictions"). */
const credentialsMax = 20;
/** Characters of an issuer, a subject and a name (Microsoft Graph: federatedIdentityCredential). */
const charactersMax = { issuer: 600, subject: 600, displayName: 120 };

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
    ...(form
      ? []
      : [
          {
            property: "applicationId",
            reason: `expected an id of the form /applications/UUID, got ${id}`,
          },
        ]),
    ...(issuer.length <= charactersMax.issuer
      ? []
      : [{ property: "issuer", reason: `must have at most ${charactersMax.issuer} characters` }]),
    ...(/^[\w-]{1,120}$/.test(r.text("displayName"))
      ? []
      : [
          {
            property: "displayName",
            reason: `must have 1 to ${charactersMax.displayName} letters, digits, - or _`,
          },
        ]),
  ];
}

const credentialOutputs: Readonly<Record<string, Computed>> = {
  credentialId: (r) => r.uuid("credential"),
};

function credentialId(r: Resource): string {
  return `${objectIdOf(r.text("applicationId"))}/federatedIdentityCredential/${r.uuid("credential")}`;
}

const credentialTokens = [
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
] as const;

const federatedCredential: TypeEntry = {
  token: credentialTokens[0],
  forceNew: ["applicationId", "displayName"],
  check: (r) => [
    ...credentialFaults(r),
    ...(r.list("audiences").length === 1
      ? []
      : [{ property: "audiences", reason: "exactly one audience must be given" }]),
    ...(r.text("subject").length <= charactersMax.subject
      ? []
      : [{ property: "subject", reason: `must have at most ${charactersMax.subject} characters` }]),
  ],
  id: credentialId,
  outputs: credentialOutputs,
  references: [ofApplication],
  admit: (r) => refuseCredential(r, "subject"),
  timeouts: { create: 300, read: 300, update: 300, delete: 300 },
};

const flexibleCredential: TypeEntry = {
  token: credentialTokens[1],
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
    return {
      code: "Request_BadRequest",
      says: `Adding this credential exceeds the maximum allowed number of ${credentialsMax} federated identity credentials.`,
    };
  }
  const name = r.text("displayName");
  if (beside.some(({ properties }) => properties["displayName"] === name)) {
    return {
      code: "Request_MultipleObjectsWithSameKeyValue",
      says: `FederatedIdentityCredential with name ${name} already exists.`,
    };
  }
  const same = beside.some(
    ({ properties }) =>
      properties["issuer"] === r.given("issuer") && properties[what] === r.given(what),
  );
  return same
    ? {
        code: "Request_BadRequest",
        says: `Issuer and ${what} of a federated identity credential must be unique on the application.`,
      }
    : undefined;
}

/** The entries of trusts. */
export const federatedCredentialTypes: readonly TypeEntry[] = [
  federatedCredential,
  flexibleCredential,
];
