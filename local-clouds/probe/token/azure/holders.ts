/** Whoever may hold federated credentials: managed identities and applications. */

import { type Live, type LiveWorld, textAt, textsAt } from "../live.ts";

/** A federated credential. */
export interface Credential {
  readonly name: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** `""` in flexible ones. */
  readonly subject: string;
  /** `""` in those with a subject. */
  readonly expression: string;
}

/** An identity that trusts other issuers. */
export interface Holder {
  readonly kind: "managed identity" | "application";
  /** ARM id, or `/applications/OBJECT-ID`. */
  readonly id: string;
  readonly name: string;
  readonly tenant: string;
  /** What stands for it in the tenant: roles are assigned to it. `undefined` for an application without service principal. */
  readonly principal: Principal | undefined;
  readonly credentials: readonly Credential[];
}

/** A service principal. */
export interface Principal {
  readonly objectId: string;
  readonly clientId: string;
  readonly enabled: boolean;
}

/** The type of managed identities. */
export const identityToken = "azure-native:managedidentity:UserAssignedIdentity";
/** The type of service principals. */
export const principalToken = "azuread:index/servicePrincipal:ServicePrincipal";
const identityCredential = "azure-native:managedidentity:FederatedIdentityCredential";
const applicationTokens = [
  "azuread:index/application:Application",
  "azuread:index/applicationRegistration:ApplicationRegistration",
];
const applicationCredentials = [
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
];

/** All identities of the world. */
export function holdersOf(live: LiveWorld): readonly Holder[] {
  return [
    ...live.of(identityToken).map((identity) => managedIdentity(live, identity)),
    ...live.of(...applicationTokens).map((application) => applicationHolder(live, application)),
  ];
}

function managedIdentity(live: LiveWorld, identity: Live): Holder {
  const { id, properties } = identity;
  const below = `${id.toLowerCase()}/`;
  return {
    kind: "managed identity",
    id,
    name: textAt(properties, "name"),
    tenant: textAt(properties, "tenantId"),
    principal: {
      objectId: textAt(properties, "principalId"),
      clientId: textAt(properties, "clientId"),
      enabled: true,
    },
    credentials: live
      .of(identityCredential)
      .filter((one) => one.id.toLowerCase().startsWith(below))
      .map((one) => credentialOf(one, "name")),
  };
}

function applicationHolder(live: LiveWorld, application: Live): Holder {
  const { id, account, properties } = application;
  const clientId = textAt(properties, "clientId");
  const found = live
    .of(principalToken)
    .find((one) => one.account === account && textAt(one.properties, "clientId") === clientId);
  return {
    kind: "application",
    id,
    name: textAt(properties, "displayName"),
    tenant: account,
    principal:
      found === undefined
        ? undefined
        : {
            objectId: textAt(found.properties, "objectId"),
            clientId,
            enabled: found.properties["accountEnabled"] !== false,
          },
    credentials: live
      .of(...applicationCredentials)
      .filter((one) => one.account === account && textAt(one.properties, "applicationId") === id)
      .map((one) => credentialOf(one, "displayName")),
  };
}

function credentialOf({ properties }: Live, name: string): Credential {
  return {
    name: textAt(properties, name),
    issuer: textAt(properties, "issuer"),
    audiences: [...textsAt(properties, "audiences"), ...textsAt(properties, "audience")],
    subject: textAt(properties, "subject"),
    expression: textAt(properties, "claimsMatchingExpression"),
  };
}
