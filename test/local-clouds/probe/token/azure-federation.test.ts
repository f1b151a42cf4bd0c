/** Federated credentials of managed identities and applications. */

import {
  application,
  azure,
  credential,
  entra,
  exchange,
  exchanged,
  flexibly,
  github,
  identity,
  mainBranch,
  subscription,
  tenant,
  textOf,
  usual,
} from "./azure-world.ts";
import { type Presentation, type Row, reheaded, type TestWorld, table, tampered } from "./kit.ts";

const considerations =
  "Microsoft Entra Workload ID, Important considerations and restrictions for federated identity credentials";
const breaking = "Microsoft identity platform, What's new for authentication?, August 2024";
const flexible = "Microsoft Entra Workload ID, Flexible federated identity credentials (preview)";
const trusting =
  "Microsoft Entra Workload ID, Configure an application to trust a managed identity";
const rbac = "Azure RBAC, What is Azure role-based access control (Azure RBAC)?";
const taken = { outcome: "becomes", by: "federated credential: credential main" } as const;
const to = "userAssignedIdentities/deployer";

const parts: readonly Row[] = [
  {
    says: "a token whose issuer, subject and audience are the credential's is exchanged",
    source: considerations,
    set: exchanged({}),
    expect: { ...taken, as: "deployer" },
  },
  {
    says: "another issuer is refused",
    source: considerations,
    set: exchanged({ issuer: "https://gitlab.com" }),
    expect: { outcome: "refused", by: "issuer (AADSTS700211)", got: github },
  },
  {
    says: "a slash at the end makes another issuer",
    source: considerations,
    set: exchanged({ issuer: `${github}/` }),
    expect: { outcome: "refused", by: "issuer (AADSTS700211)" },
  },
  {
    says: "white space around the issuer blocks the exchange",
    source: considerations,
    set: exchanged({ issuer: `${github} ` }),
    expect: { outcome: "refused", by: "credential main: issuer", got: "white space" },
  },
  {
    says: "an enterprise's own form of GitHub's issuer is another issuer",
    source: "GitHub docs, OpenID Connect reference, Customizing the issuer value for an enterprise",
    set: exchanged({}, { issuer: "github/acme-inc" }),
    expect: { outcome: "refused", by: "issuer (AADSTS700211)", got: "/acme-inc" },
  },
  {
    says: "another subject is refused",
    source: considerations,
    set: exchanged({}, { claims: { ref: "refs/heads/dev" } }),
    expect: { outcome: "refused", by: "subject (AADSTS700213)", got: "refs/heads/dev" },
  },
  {
    says: "subjects are compared with their case",
    source: breaking,
    set: exchanged({ subject: "repo:Acme/shop:ref:refs/heads/main" }),
    expect: { outcome: "refused", by: "subject (AADSTS7002138)", got: mainBranch },
  },
  {
    says: "a star in a subject is no wildcard",
    source: considerations,
    set: exchanged({ subject: "repo:acme/shop:*" }),
    expect: { outcome: "refused", by: "subject (AADSTS700213)" },
  },
  {
    says: "the immutable form of a subject is another subject",
    source: "Microsoft Entra Workload ID, GitHub immutable subjects",
    set: exchanged({}, { claims: { sub: "repo:acme@65432/shop@123456:ref:refs/heads/main" } }),
    expect: { outcome: "refused", by: "subject (AADSTS700213)", got: "@123456" },
  },
  {
    says: "another audience is refused",
    source: considerations,
    set: exchanged({}, { audience: ["sts.amazonaws.com"] }),
    expect: { outcome: "refused", by: "audience (AADSTS700212)", got: "sts.amazonaws.com" },
  },
  {
    says: "audiences are compared with their case",
    source: considerations,
    set: exchanged({}, { audience: ["api://azureadtokenexchange"] }),
    expect: { outcome: "refused", by: "audience (AADSTS700212)" },
  },
  {
    says: "what becomes of several audiences is not said",
    source: considerations,
    set: exchanged({}, { audience: [exchange, "other"] }),
    expect: { outcome: "unclear", by: "audience" },
  },
  {
    says: "of several audiences one must be the credential's",
    source: considerations,
    set: exchanged({}, { audience: ["one", "other"] }),
    expect: { outcome: "refused", by: "audience (AADSTS700212)" },
  },
  {
    says: "a credential that somebody changed by hand counts as it is now",
    source: considerations,
    set: (world) => {
      identity(world);
      const made = azure(world).create(
        "azure-native:managedidentity:FederatedIdentityCredential",
        "second",
        {
          resourceGroupName: "shop",
          resourceName: "deployer",
          federatedIdentityCredentialResourceName: "second",
          issuer: github,
          subject: "repo:acme/shop:pull_request",
          audiences: [exchange],
        },
      );
      world.lab.drift(made, "subject", "repo:evil/fork:ref:refs/heads/main");
      return { to, mint: { ...usual, claims: { repository: "evil/fork" } } };
    },
    expect: { outcome: "becomes", by: "federated credential: credential second" },
  },
  {
    says: "one of several credentials suffices",
    source: considerations,
    set: (world) => {
      identity(world, { subject: "repo:acme/shop:pull_request" });
      azure(world).create("azure-native:managedidentity:FederatedIdentityCredential", "second", {
        resourceGroupName: "shop",
        resourceName: "deployer",
        federatedIdentityCredentialResourceName: "second",
        issuer: github,
        subject: mainBranch,
        audiences: [exchange],
      });
      return { to, mint: usual };
    },
    expect: { outcome: "becomes", by: "federated credential: credential second" },
  },
  {
    says: "an identity without credential takes no token",
    source: considerations,
    set: (world) => {
      const lab = azure(world);
      lab.create("azure-native:resources:ResourceGroup", "shop", { resourceGroupName: "shop" });
      lab.create("azure-native:managedidentity:UserAssignedIdentity", "deployer", {
        resourceGroupName: "shop",
        resourceName: "deployer",
      });
      return { to, mint: usual };
    },
    expect: { outcome: "refused", by: "federated credential", got: "no federated credential" },
  },
  {
    says: "only RS256 is supported, other algorithms are not tested",
    source: `${considerations}, Supported signing algorithms and issuers`,
    set: exchanged({}, { algorithm: "ES384" }),
    expect: { outcome: "unclear", by: "signature: algorithm", got: "ES384" },
  },
  {
    says: "an unsigned token is refused",
    source: "RFC 8725, JSON Web Token Best Current Practices, 3.2",
    set: (world) => {
      identity(world);
      return { to, token: reheaded(world.mint(usual), { alg: "none" }) };
    },
    expect: { outcome: "refused", by: "signature:", got: "none" },
  },
  {
    says: "changed claims break the signature",
    source: "Microsoft identity platform, Certificate credentials, Assertion format",
    set: (world) => {
      identity(world);
      const token = world.mint({ ...usual, claims: { ref: "refs/heads/dev" } });
      return { to, token: tampered(token, { sub: mainBranch }) };
    },
    expect: { outcome: "refused", by: "signature: the keys of" },
  },
  {
    says: "an expired assertion is refused",
    source: "Microsoft identity platform, Certificate credentials, Assertion format",
    set: exchanged({}, { expired: true }),
    expect: { outcome: "refused", by: "time: exp" },
  },
  {
    says: "an assertion is not valid before its time",
    source: "Microsoft identity platform, Certificate credentials, Assertion format",
    set: exchanged({}, { notYetValid: true }),
    expect: { outcome: "refused", by: "time: nbf" },
  },
];

function onApplication(change: (world: TestWorld) => void): (world: TestWorld) => Presentation {
  return (world) => {
    const { application: made } = application(world);
    credential(world, made);
    change(world);
    return { to: made.id, mint: usual };
  };
}

const applications: readonly Row[] = [
  {
    says: "an application's credential is exchanged for a token of its service principal",
    source: considerations,
    set: onApplication(() => {}),
    expect: { ...taken, as: "shop" },
  },
  {
    says: "an application without service principal in the tenant gets no token",
    source:
      "Microsoft identity platform, Microsoft Entra authentication and authorization error codes",
    set: (world) => {
      const made = entra(world).create("azuread:index/application:Application", "alone", {
        displayName: "alone",
      });
      credential(world, made);
      return { to: made.id, mint: usual };
    },
    expect: { outcome: "refused", by: "service principal: alone", got: "AADSTS7000229" },
  },
  {
    says: "a disabled service principal gets no token",
    source:
      "Microsoft identity platform, Microsoft Entra authentication and authorization error codes",
    set: (world) => {
      const { application: made, principal } = application(world);
      credential(world, made);
      world.lab.drift(principal, "accountEnabled", false);
      return { to: made.id, mint: usual };
    },
    expect: { outcome: "refused", by: "service principal: shop", got: "AADSTS7000112" },
  },
  {
    says: "a managed identity of the tenant may stand for an application that trusts it",
    source: trusting,
    set: (world) => {
      const trusted = identity(world);
      const { application: made } = application(world);
      const subject = textOf(trusted, "principalId");
      credential(world, made, {
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
        subject,
      });
      return { to: made.id, mint: { issuer: `entra/${tenant}`, claims: { sub: subject } } };
    },
    expect: taken,
  },
  {
    says: "a token of another tenant may not",
    source: trusting,
    set: (world) => {
      const other = "aaaaaaaa-2222-4333-8444-555555555555";
      const { application: made } = application(world);
      const subject = "cccccccc-2222-4333-8444-555555555555";
      credential(world, made, {
        issuer: `https://login.microsoftonline.com/${other}/v2.0`,
        subject,
      });
      return { to: made.id, mint: { issuer: `entra/${other}`, claims: { sub: subject } } };
    },
    expect: { outcome: "refused", by: "issuer: tenant (AADSTS700236)" },
  },
  {
    says: "only user-assigned managed identities may, not other objects of the tenant",
    source: trusting,
    set: (world) => {
      const { application: made, principal } = application(world);
      const subject = textOf(principal, "objectId");
      credential(world, made, {
        issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
        subject,
      });
      return { to: made.id, mint: { issuer: `entra/${tenant}`, claims: { sub: subject } } };
    },
    expect: { outcome: "refused", by: "issuer: subject" },
  },
  {
    says: "a managed identity trusts no token of Entra",
    source: trusting,
    set: (world) => {
      const subject = "cccccccc-2222-4333-8444-555555555555";
      identity(world, { issuer: `https://login.microsoftonline.com/${tenant}/v2.0`, subject });
      return { to, mint: { issuer: `entra/${tenant}`, claims: { sub: subject } } };
    },
    expect: { outcome: "refused", by: "issuer: who trusts a token of Entra" },
  },
  {
    says: "AWS's own issuer with the role's ARN as subject is an issuer like others",
    source: "IAM user guide, Federating AWS identities to external services",
    set: (world) => {
      const issuer = "https://0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws";
      const subject = "arn:aws:iam::123456789012:role/deployer";
      world.insert(
        "aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation",
        "123456789012",
        "1",
        { issuerIdentifier: issuer },
      );
      identity(world, { issuer, subject });
      return { to, mint: { issuer: "aws/123456789012", claims: { sub: subject } } };
    },
    expect: taken,
  },
  {
    says: "a service account of AKS is the subject system:serviceaccount:NAMESPACE:NAME of its cluster's issuer",
    source: "AKS docs, Use a Microsoft Entra Workload ID on AKS",
    set: (world) => {
      const issuer = `https://westeurope.oic.prod-aks.azure.com/${tenant}/12345678-1111-4222-8333-444455556666/`;
      world.insert(
        "azure-native:containerservice:ManagedCluster",
        subscription,
        "/subscriptions/x/managedClusters/shop",
        { name: "shop", oidcIssuerProfile: { enabled: true, issuerURL: issuer } },
      );
      identity(world, { issuer, subject: "system:serviceaccount:shop:web" });
      return {
        to,
        mint: {
          issuer: "aks/shop",
          audience: [exchange],
          claims: { sub: "system:serviceaccount:shop:web" },
        },
      };
    },
    expect: taken,
  },
];

const matched = { outcome: "becomes", by: "federated credential: credential flexible" } as const;
const expressions: readonly Row[] = [
  {
    says: "matches takes a star for any characters",
    source: flexible,
    set: flexibly("claims['sub'] matches 'repo:acme/shop:ref:refs/heads/*'"),
    expect: matched,
  },
  {
    says: "matches takes a question mark for one character",
    source: flexible,
    set: flexibly("claims['sub'] matches 'repo:acme/shop:ref:refs/heads/????'"),
    expect: matched,
  },
  {
    says: "a question mark stands for exactly one character",
    source: flexible,
    set: flexibly("claims['sub'] matches 'repo:acme/shop:ref:refs/heads/???'"),
    expect: { outcome: "refused", by: "claims matching expression" },
  },
  {
    says: "a pattern covers the whole claim",
    source: flexible,
    set: flexibly("claims['sub'] matches 'repo:acme/shop'"),
    expect: { outcome: "refused", by: "claims matching expression", got: mainBranch },
  },
  {
    says: "a pattern that ends in the owner's name takes longer names",
    source: flexible,
    set: flexibly("claims['sub'] matches 'repo:acme*'", { repository: "acme-evil/shop" }),
    expect: matched,
  },
  {
    says: "eq compares explicitly",
    source: flexible,
    set: flexibly("claims['sub'] eq 'repo:acme/shop:ref:refs/heads/main'"),
    expect: matched,
  },
  {
    says: "a star is no wildcard of eq",
    source: flexible,
    set: flexibly("claims['sub'] eq 'repo:acme/shop:*'"),
    expect: { outcome: "refused", by: "claims matching expression" },
  },
  {
    says: "and joins comparisons, all of which must hold",
    source: flexible,
    set: flexibly(
      "claims['sub'] matches 'repo:acme/*' and claims['job_workflow_ref'] matches 'acme/shop/.github/workflows/*@refs/heads/main'",
    ),
    expect: matched,
  },
  {
    says: "one comparison that fails refuses",
    source: flexible,
    set: flexibly(
      "claims['sub'] matches 'repo:acme/*' and claims['job_workflow_ref'] matches 'other/*'",
    ),
    expect: {
      outcome: "refused",
      by: "claims matching expression",
      got: "acme/shop/.github/workflows/deploy.yml",
    },
  },
  {
    says: "GitHub's repository_id may be compared",
    source: "Microsoft Entra Workload ID, Mutable subjects of federated credentials",
    set: flexibly("claims['sub'] matches 'repo:acme/*' and claims['repository_id'] eq '999'"),
    expect: { outcome: "refused", by: "claims matching expression", got: "123456" },
  },
  {
    says: "a claim that the page does not list is not guessed",
    source: `${flexible}, Issuer URLs, supported claims, and operators by platform`,
    set: flexibly("claims['actor'] eq 'alice'"),
    expect: { outcome: "unclear", by: "claims matching expression", got: "claim actor" },
  },
  {
    says: "an operator that the page does not list is not guessed",
    source: flexible,
    set: flexibly("claims['sub'] startsWith 'repo:acme/'"),
    expect: { outcome: "unclear", by: "claims matching expression" },
  },
  {
    says: "or is no operator of the language",
    source: flexible,
    set: flexibly("claims['sub'] eq 'a' or claims['sub'] matches '*'"),
    expect: { outcome: "unclear", by: "claims matching expression" },
  },
  {
    says: "issuers that the page does not list are not guessed",
    source: `${flexible}, Current limitations`,
    set: flexibly(
      "claims['sub'] matches '*'",
      {},
      { issuer: "https://idp.example.com" },
      "https://idp.example.com",
    ),
    expect: {
      outcome: "unclear",
      by: "claims matching expression",
      got: "https://idp.example.com",
    },
  },
  {
    says: "GitLab's sub may be compared",
    source: `${flexible}, Issuer URLs, supported claims, and operators by platform`,
    set: flexibly(
      "claims['sub'] matches 'project_path:acme/shop:*'",
      {},
      { issuer: "gitlab", audience: [exchange] },
      "https://gitlab.com",
    ),
    expect: matched,
  },
  {
    says: "a flexible credential has an audience like any other",
    source: flexible,
    set: flexibly("claims['sub'] matches '*'", {}, { audience: ["other"] }),
    expect: { outcome: "refused", by: "credential flexible: audience" },
  },
];

/** An identity with a role assignment, perhaps by way of another principal. */
function assigned(
  principal: (world: TestWorld, objectId: string) => string,
  principalType = "ServicePrincipal",
): (world: TestWorld) => Presentation {
  return (world) => {
    const objectId = textOf(identity(world), "principalId");
    azure(world).create("azure-native:authorization:RoleAssignment", "grant", {
      principalId: principal(world, objectId),
      principalType,
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
      scope: `/subscriptions/${subscription}/resourceGroups/shop`,
    });
    return { to, mint: usual };
  };
}

const holdings: readonly Row[] = [
  {
    says: "an identity holds the roles that are assigned to its object",
    source: rbac,
    set: assigned((_, objectId) => objectId),
    expect: {
      ...taken,
      holds: `Contributor on /subscriptions/${subscription}/resourceGroups/shop`,
    },
  },
  {
    says: "role assignments are transitive for groups",
    source: rbac,
    set: assigned((world, objectId) => {
      const lab = entra(world);
      const inner = lab.create("azuread:index/group:Group", "inner", {
        displayName: "inner",
        securityEnabled: true,
      });
      const outer = lab.create("azuread:index/group:Group", "outer", {
        displayName: "outer",
        securityEnabled: true,
      });
      for (const [group, member] of [
        [inner, objectId],
        [outer, textOf(inner, "objectId")],
      ] as const) {
        world.insert("azuread:index/groupMember:GroupMember", tenant, `${group.id}/${member}`, {
          groupObjectId: textOf(group, "objectId"),
          memberObjectId: member,
        });
      }
      return textOf(outer, "objectId");
    }, "Group"),
    expect: { ...taken, holds: "through group" },
  },
];

table(
  "federated credentials at Entra",
  [...parts, ...applications, ...expressions, ...holdings],
  45,
);
