/** What rows about Azure and Entra put into their worlds. */

import type { MintRequest } from "../../../../local-clouds/probe/token/mint.ts";
import type { JsonObject, ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import type { Presentation, TestWorld } from "./kit.ts";

/** Tenant of the rows. */
export const tenant = "11111111-2222-4333-8444-555555555555";
/** Subscription of the rows. */
export const subscription = "99999999-8888-4777-8666-555555555555";
/** GitHub's issuer. */
export const github = "https://token.actions.githubusercontent.com";
/** The audience of the exchange. */
export const exchange = "api://AzureADTokenExchange";
/** The subject of the usual token of GitHub. */
export const mainBranch = "repo:acme/shop:ref:refs/heads/main";
/** The usual token. */
export const usual: MintRequest = { issuer: "github", audience: [exchange] };

/** The subscription's provider instance. */
export function azure(world: TestWorld): Lab {
  return world.lab.with("azure-native", {
    subscriptionId: subscription,
    tenantId: tenant,
    location: "westeurope",
  });
}

/** The tenant's provider instance. */
export function entra(world: TestWorld): Lab {
  return world.lab.with("azuread", { tenantId: tenant });
}

/** A text output. */
export function textOf(made: Made, key: string): string {
  return String(made.outputs[key]);
}

/** A managed identity with one credential. */
export function identity(world: TestWorld, credential: ValueObject = {}): Made {
  const lab = azure(world);
  lab.create("azure-native:resources:ResourceGroup", "shop", { resourceGroupName: "shop" });
  const made = lab.create("azure-native:managedidentity:UserAssignedIdentity", "deployer", {
    resourceGroupName: "shop",
    resourceName: "deployer",
  });
  lab.create("azure-native:managedidentity:FederatedIdentityCredential", "main", {
    resourceGroupName: "shop",
    resourceName: "deployer",
    federatedIdentityCredentialResourceName: "main",
    issuer: github,
    subject: mainBranch,
    audiences: [exchange],
    ...credential,
  });
  return made;
}

/** A managed identity with a credential, and a token for it. */
export function exchanged(
  credential: ValueObject,
  token: Partial<MintRequest> = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    identity(world, credential);
    return { to: "userAssignedIdentities/deployer", mint: { ...usual, ...token } };
  };
}

/** An application with its service principal. */
export interface Application {
  readonly application: Made;
  readonly principal: Made;
}

/** Makes an {@link Application}. */
export function application(world: TestWorld, inputs: ValueObject = {}): Application {
  const lab = entra(world);
  const made = lab.create("azuread:index/application:Application", "shop", {
    displayName: "shop",
    ...inputs,
  });
  const principal = lab.create("azuread:index/servicePrincipal:ServicePrincipal", "shop", {
    clientId: textOf(made, "clientId"),
  });
  return { application: made, principal };
}

/** A credential of an application. */
export function credential(world: TestWorld, of: Made, inputs: ValueObject = {}): Made {
  return entra(world).create(
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    "main",
    {
      applicationId: of.id,
      displayName: "main",
      issuer: github,
      subject: mainBranch,
      audiences: [exchange],
      ...inputs,
    },
  );
}

/** An application with a flexible credential, and a token of GitHub, or another, for it. */
export function flexibly(
  expression: string,
  claims: JsonObject = {},
  token: Partial<MintRequest> = {},
  issuer: string = github,
): (world: TestWorld) => Presentation {
  return (world) => {
    const { application: made } = application(world);
    entra(world).create(
      "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
      "flexible",
      {
        applicationId: made.id,
        displayName: "flexible",
        issuer,
        audience: exchange,
        claimsMatchingExpression: expression,
      },
    );
    return { to: made.id, mint: { ...usual, claims, ...token } };
  };
}

/** A user, and a token of a sign-in to Azure Resource Manager. */
export function user(world: TestWorld, name = "alice", inputs: ValueObject = {}): Made {
  return entra(world).create("azuread:index/user:User", name, {
    displayName: name,
    userPrincipalName: `${name}@example.com`,
    ...inputs,
  });
}

/** A token that a sign-in of an object gives. */
export function signIn(objectId: string, claims: JsonObject = {}): MintRequest {
  return { issuer: `entra-v1/${tenant}`, claims: { oid: objectId, amr: ["pwd"], ...claims } };
}

/** A Conditional Access policy. */
export function accessPolicy(
  world: TestWorld,
  conditions: JsonObject,
  more: JsonObject = {},
): Made {
  return entra(world).create(
    "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
    "policy",
    {
      displayName: "policy",
      state: "enabled",
      conditions: {
        applications: { includedApplications: ["All"] },
        clientAppTypes: ["all"],
        users: { includedUsers: ["All"] },
        ...conditions,
      },
      grantControls: { operator: "OR", builtInControls: ["mfa"] },
      ...more,
    },
  );
}

/** A sign-in of `alice` under a policy. */
export function under(
  conditions: JsonObject,
  more: JsonObject = {},
  claims: JsonObject = {},
  context: JsonObject = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    const alice = user(world);
    accessPolicy(world, conditions, more);
    return { to: `tenant ${tenant}`, mint: signIn(textOf(alice, "objectId"), claims), context };
  };
}
