/** What rows about Google Cloud put into their worlds. */

import { projectNumber } from "../../../../local-clouds/packages/gcp/types/common.ts";
import type { MintRequest } from "../../../../local-clouds/probe/token/mint.ts";
import type { JsonObject, ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import type { Presentation, TestWorld } from "./kit.ts";

/** Project of the rows, and its number. */
export const project = "acme-prod";
export const number = projectNumber(project);
/** Resource name of the pool of the rows, and of its provider. */
export const pool = `projects/${number}/locations/global/workloadIdentityPools/ci-pool`;
export const providerName = `${pool}/providers/ci-provider`;
/** Default audience of that provider. */
export const audience = `https://iam.googleapis.com/${providerName}`;
/** An issuer of one's own. */
export const idp = "https://idp.example.com";
/** The usual token. */
export const usual: MintRequest = { issuer: idp, audience: [audience] };

/** The project's provider instance. */
export function gcp(world: TestWorld): Lab {
  return world.lab.with("gcp", { project, region: "europe-west4" });
}

/** A pool. */
export function makePool(world: TestWorld, inputs: ValueObject = {}): Made {
  return gcp(world).create("gcp:iam/workloadIdentityPool:WorkloadIdentityPool", "ci-pool", {
    workloadIdentityPoolId: "ci-pool",
    ...inputs,
  });
}

/** A provider of the pool. */
export function makeProvider(world: TestWorld, inputs: ValueObject = {}): Made {
  return gcp(world).create(
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    "ci-provider",
    {
      workloadIdentityPoolId: "ci-pool",
      workloadIdentityPoolProviderId: "ci-provider",
      attributeMapping: { "google.subject": "assertion.sub" },
      oidc: { issuerUri: idp },
      ...inputs,
    },
  );
}

/** A pool with a provider, and a token for it. */
export function federated(
  inputs: ValueObject = {},
  token: Partial<MintRequest> = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    makePool(world);
    makeProvider(world, inputs);
    return { to: providerName, mint: { ...usual, ...token } };
  };
}

/** The same with a condition, and claims. */
export function when(
  attributeCondition: string,
  claims: JsonObject = {},
): (world: TestWorld) => Presentation {
  return federated({ attributeCondition }, { claims });
}

/** The same with further mappings. */
export function mapping(
  attributes: JsonObject,
  claims: JsonObject = {},
): (world: TestWorld) => Presentation {
  const attributeMapping = { "google.subject": "assertion.sub", ...attributes };
  return federated({ attributeMapping }, { claims });
}

/** Address of the service account of the rows. */
export const email = `deployer@${project}.iam.gserviceaccount.com`;
/** The principal of the usual token. */
export const subject = `principal://iam.googleapis.com/${pool}/subject/subject`;

/** A service account. */
export function account(world: TestWorld, accountId = "deployer"): Made {
  return gcp(world).create("gcp:serviceaccount/account:Account", accountId, { accountId });
}

/** A grant on a service account. */
export function grantOn(world: TestWorld, of: Made, member: string, more: ValueObject = {}): Made {
  return gcp(world).create("gcp:serviceaccount/iAMMember:IAMMember", "grant", {
    serviceAccountId: of.id,
    role: "roles/iam.workloadIdentityUser",
    member,
    ...more,
  });
}

/** A pool that takes the token, and a service account with a grant. */
export function impersonated(
  member: string,
  more: ValueObject = {},
  provider: ValueObject = {},
  claims: JsonObject = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    federated(provider)(world);
    grantOn(world, account(world), member, more);
    return { to: email, mint: { ...usual, claims } };
  };
}
