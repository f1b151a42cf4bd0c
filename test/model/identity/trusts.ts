/** Short ways to write trusts and the identity they are meant for. */

import type { Intended } from "../../../model/identity/adversaries.ts";
import type { GithubRun } from "../../../model/identity/github.ts";
import { environmentRun, githubIssuer } from "../../../model/identity/github.ts";
import type { AwsTrust, AzureTrust, GcpTrust } from "../../../model/identity/trust.ts";

export const repository = {
  owner: "acme",
  ownerId: "1",
  repository: "api",
  repositoryId: "2",
} as const;

export const production = environmentRun(repository, "production");

export const main: GithubRun = { ...repository, event: "push", ref: "refs/heads/main" };

export const named = (run: GithubRun): GithubRun => ({ ...run, subjectForm: "names" });

export const host = githubIssuer.replace("https://", "");

export const providerArn = `arn:aws:iam::111122223333:oidc-provider/${host}`;

export function meantFor(run: GithubRun, audience: string): Intended {
  return { runs: [run], audience };
}

/** A role's trust with these operators; keys without a colon are GitHub's. */
export function awsTrust(
  condition: Record<string, Record<string, string | string[]>> | undefined,
  more: Record<string, unknown> = {},
): AwsTrust {
  const full = Object.entries(condition ?? {}).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [
        key.includes(":") ? key : `${host}:${key}`,
        value,
      ]),
    ),
  ]);
  const statement = {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(condition === undefined ? {} : { Condition: Object.fromEntries(full) }),
    ...more,
  };
  return {
    cloud: "aws",
    document: { Version: "2012-10-17", Statement: [statement] },
    clientIds: ["sts.amazonaws.com"],
  };
}

export function azureTrust(subject: string, more: Partial<AzureTrust> = {}): AzureTrust {
  return {
    cloud: "azure",
    issuer: githubIssuer,
    subject,
    audiences: ["api://AzureADTokenExchange"],
    ...more,
  };
}

export const pool = "projects/123456789012/locations/global/workloadIdentityPools/github";
export const gcpAudience = "bulkhead-production";

/** A provider with this condition, and a binding to everybody of the repository. */
export function gcpTrust(
  attributeCondition: string | undefined,
  more: Partial<GcpTrust> = {},
): GcpTrust {
  return {
    cloud: "gcp",
    issuer: githubIssuer,
    allowedAudiences: [gcpAudience],
    attributeMapping: {
      "google.subject": "assertion.sub",
      "attribute.repository_id": "assertion.repository_id",
    },
    ...(attributeCondition === undefined ? {} : { attributeCondition }),
    pool,
    provider: "github",
    member: `principalSet://iam.googleapis.com/${pool}/*`,
    ...more,
  };
}
