/** What rows about AWS put into their worlds. */

import type { MintRequest } from "../../../../local-clouds/probe/token/mint.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Made } from "../../kit/lab.ts";
import type { Presentation, TestWorld } from "./kit.ts";

/** Account of the rows. */
export const account = "123456789012";
/** A private identity provider. */
export const idp = "idp.example.com";
/** GitHub's. */
export const github = "token.actions.githubusercontent.com";
/** The audience that AWS asks for. */
export const sts = "sts.amazonaws.com";

const statementUsual = {
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
} as const;

/** Puts up a provider; `changes` are to its inputs. */
export function provider(world: TestWorld, host: string = idp, changes: JsonObject = {}): Made {
  return world.lab.create(
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    `provider-${host}`,
    {
      url: `https://${host}`,
      clientIdLists: [sts],
      ...changes,
    },
  );
}

/** ARN of a provider of the usual account. */
export function providerArn(host: string = idp): string {
  return `arn:aws:iam::${account}:oidc-provider/${host}`;
}

/** A statement that trusts a provider under conditions. */
export function trusting(
  host: string,
  condition?: JsonObject,
  changes: JsonObject = {},
): JsonObject {
  return {
    ...statementUsual,
    Principal: { Federated: providerArn(host) },
    ...(condition === undefined ? {} : { Condition: condition }),
    ...changes,
  };
}

/**
 * A role with any trust policy. What IAM would refuse to store is put there by hand afterwards, as a
 * policy of former times would be there.
 */
export function role(
  world: TestWorld,
  name: string,
  document: JsonObject | string,
  more: JsonObject = {},
): Made {
  const made = world.lab.create("aws:iam/role:Role", name, {
    name,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
    ...more,
  });
  const text = typeof document === "string" ? document : JSON.stringify(document);
  world.lab.drift(made, "assumeRolePolicy", text);
  return made;
}

/** A policy document. */
export function policy(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

/** A provider, the role `deploy` with these statements, and a token of the private provider for it. */
export function privately(
  statements: readonly JsonObject[],
  token: Partial<MintRequest> = {},
  context?: JsonObject,
): (world: TestWorld) => Presentation {
  return (world) => {
    provider(world);
    role(world, "deploy", policy(...statements));
    return {
      to: "role/deploy",
      mint: { issuer: `https://${idp}`, audience: [sts], ...token },
      ...(context === undefined ? {} : { context }),
    };
  };
}

/** The same with one statement under one condition, and claims of the token. */
export function under(
  condition: JsonObject,
  claims: JsonObject = {},
  context?: JsonObject,
): (world: TestWorld) => Presentation {
  return privately([trusting(idp, condition)], { claims }, context);
}

/** The same for a token of GitHub. */
export function githubUnder(
  condition: JsonObject,
  claims: JsonObject = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    provider(world, github);
    role(world, "deploy", policy(trusting(github, condition)));
    return { to: "role/deploy", mint: { issuer: "github", audience: [sts], claims } };
  };
}

/** A cluster as EKS describes it. */
export function eksCluster(world: TestWorld, mode = "API_AND_CONFIG_MAP"): { issuer: string } {
  const issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  world.insert(
    "aws:eks/cluster:Cluster",
    account,
    "shop",
    {
      name: "shop",
      arn: `arn:aws:eks:eu-central-1:${account}:cluster/shop`,
      endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
      identities: [{ oidcs: [{ issuer }] }],
      accessConfig: { authenticationMode: mode },
    },
    "eu-central-1",
  );
  return { issuer };
}
