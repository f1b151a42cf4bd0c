/** Managed identities, their federated credentials, and role assignments. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { inGroup, invalid, systemData } from "./common.ts";

const identityToken = "azure-native:managedidentity:UserAssignedIdentity";
const credentialToken = "azure-native:managedidentity:FederatedIdentityCredential";

/** Federated credentials of one identity (Microsoft Entra, "Workload identity federation considerations"). */
const credentialsPerIdentityMax = 20;
/** Longest issuer and subject, in characters (same page). */
const credentialTextMax = 600;

const identity = inGroup(identityToken, {
  armType: "Microsoft.ManagedIdentity/userAssignedIdentities",
  apiVersion: "2023-01-31",
  nameInput: "resourceName",
  charactersMax: 128,
  located: true,
  entry: {
    planned: { tenantId: (r) => r.tenant },
    outputs: {
      principalId: (r) => r.uuid("principal"),
      clientId: (r) => r.uuid("client"),
      systemData: (r) => systemData(r),
    },
    keys: ["principalId", "clientId"],
  },
});

const credential = inGroup(credentialToken, {
  armType: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
  apiVersion: "2023-01-31",
  nameInput: "federatedIdentityCredentialResourceName",
  charactersMax: 120,
  parents: [{ input: "resourceName", token: identityToken }],
  entry: {
    outputs: { systemData: (r) => systemData(r) },
    admit: refuseCredential,
  },
});

function refuseCredential(r: Resource): ServiceError | undefined {
  if (r.list("audiences").length !== 1) {
    return invalid("BadRequest", "Federated identity credential must have exactly one audience.");
  }
  for (const property of ["issuer", "subject"]) {
    const length = r.text(property).length;
    if (length === 0 || length > credentialTextMax) {
      return invalid(
        "BadRequest",
        `Property ${property} must have 1 to ${credentialTextMax} characters.`,
      );
    }
  }
  const owner = (r.target("resourceName")?.id ?? "").toLowerCase();
  const siblings = r
    .all(credentialToken)
    .filter(({ id }) => id.toLowerCase().startsWith(`${owner}/`))
    .filter(
      ({ properties }) => properties["name"] !== r.text("federatedIdentityCredentialResourceName"),
    );
  const same = siblings.find(
    ({ properties }) =>
      properties["issuer"] === r.text("issuer") && properties["subject"] === r.text("subject"),
  );
  if (same !== undefined) {
    return invalid(
      "Conflict",
      "Issuer and subject combination already exists for this Managed Identity.",
    );
  }
  return siblings.length >= credentialsPerIdentityMax
    ? invalid(
        "BadRequest",
        `Too many Federated Identity Credentials: at most ${credentialsPerIdentityMax}.`,
      )
    : undefined;
}

const roleAssignment: TypeEntry = {
  token: "azure-native:authorization:RoleAssignment",
  // The service names assignments by GUIDs; the provider makes one where none is given.
  defaults: { roleAssignmentName: (r) => r.uuid("name") },
  check: (r) => {
    const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
    const given = r.given("roleAssignmentName");
    return given === undefined || guid.test(String(given))
      ? []
      : [
          {
            property: "roleAssignmentName",
            reason: `The role assignment ID '${String(given)}' is not valid. The role assignment ID must be a GUID.`,
          },
        ];
  },
  forceNew: ["roleAssignmentName", "scope", "principalId", "principalType", "roleDefinitionId"],
  hidden: ["roleAssignmentName"],
  id: (r) =>
    `${r.text("scope").replace(/\/$/, "")}/providers/Microsoft.Authorization/roleAssignments/${r.text("roleAssignmentName")}`,
  planned: {
    name: (r) => r.text("roleAssignmentName"),
    type: "Microsoft.Authorization/roleAssignments",
  },
  outputs: {
    azureApiVersion: "2022-04-01",
    principalType: "User",
    createdOn: (r) => r.createdAt,
    updatedOn: (r) => r.createdAt,
    createdBy: (r) => r.uuid("author"),
    updatedBy: (r) => r.uuid("author"),
  },
  admit: refuseAssignment,
};

/** One principal has a role on a scope only once. */
function refuseAssignment(r: Resource): ServiceError | undefined {
  const same = r
    .all("azure-native:authorization:RoleAssignment")
    .filter(({ properties }) => properties["name"] !== r.text("roleAssignmentName"))
    .find(({ properties }) =>
      ["principalId", "roleDefinitionId", "scope"].every(
        (property) => String(properties[property]).toLowerCase() === r.text(property).toLowerCase(),
      ),
    );
  return same === undefined
    ? undefined
    : invalid("RoleAssignmentExists", "The role assignment already exists.");
}

/** The entries of identities and roles. */
export const identityTypes: readonly TypeEntry[] = [identity, credential, roleAssignment];
