/** Managed identities and their federated credentials (Managed Service Identity REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea } from "./arm.ts";
import { childrenOf, invalid, nameOf, systemData } from "./common.ts";
import { userAssignedToken } from "./resource-identity.ts";

/** Federated credentials of one identity (Microsoft Entra, "Workload identity federation considerations"). */
const credentialsPerIdentityMax = 20;
/** Longest issuer and subject, in characters (same page). */
const credentialTextMax = 600;

const managedIdentity = armArea({
  module: "managedidentity",
  provider: "Microsoft.ManagedIdentity",
  apiVersion: "2023-01-31",
  outputs: { ...systemData },
});

const identity = managedIdentity("UserAssignedIdentity", "userAssignedIdentities", {
  name: {
    input: "resourceName",
    charactersMin: 3,
    charactersMax: 128,
    form: /^[A-Za-z0-9][\w-]*$/,
    refusal: {
      code: "InvalidResourceName",
      says: "The identity name {value} is invalid: 3 to 128 letters, digits, hyphens and underscores, the first a letter or digit.",
    },
  },
  location: "own",
  planned: { tenantId: (r) => r.tenant },
  outputs: {
    principalId: (r) => r.uuid("principal"),
    clientId: (r) => r.uuid("client"),
  },
  keys: ["principalId", "clientId"],
});

const credential = managedIdentity(
  "FederatedIdentityCredential",
  "userAssignedIdentities/federatedIdentityCredentials",
  {
    name: {
      input: "federatedIdentityCredentialResourceName",
      charactersMin: 3,
      charactersMax: 120,
      form: /^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$/,
    },
    parents: [{ input: "resourceName", token: userAssignedToken }],
    admit: refuseCredential,
  },
);

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
  const own = r.text("federatedIdentityCredentialResourceName");
  const owner = r.target("resourceName")?.id ?? "";
  const siblings = childrenOf(r, r.token, owner).filter(({ id }) => nameOf(id) !== own);
  const same = siblings.some(
    ({ properties }) =>
      properties["issuer"] === r.text("issuer") && properties["subject"] === r.text("subject"),
  );
  if (same) {
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

/** The entries of managed identities. */
export const identityTypes: readonly ArmEntry[] = [identity, credential];
