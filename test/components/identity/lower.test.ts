import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lowerAws } from "../../../components/identity/aws/lower.ts";
import { lowerAzure } from "../../../components/identity/azure/lower.ts";
import { gcpAudience, lowerGcp } from "../../../components/identity/gcp/lower.ts";
import { awsAudience } from "../../../model/identity/aws/trust-policy.ts";
import { azureAudience } from "../../../model/identity/azure/federated-credential.ts";
import { environmentRun } from "../../../model/identity/github.ts";
import type { IdentityIntent } from "../../../model/identity/intent.ts";
import { judgeTrust } from "../../../model/identity/judge.ts";
import type { Trust } from "../../../model/identity/trust.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { accounts, intent, organisation } from "./example.ts";

/** The trust, its audience and the GitHub environments it is meant for. */
type Meant = readonly [string, Trust, string, readonly string[]];

function awsTrusts(of: IdentityIntent): Meant[] {
  const lowered = lowerAws(of, accounts.aws, organisation.aws);
  return lowered.roles.map((role, i) => [
    `AWS role ${role.name}`,
    { cloud: "aws", document: role.trust, clientIds: [awsAudience] },
    awsAudience,
    of.pipelines[i]?.githubEnvironments ?? [],
  ]);
}

function azureTrusts(of: IdentityIntent): Meant[] {
  const lowered = lowerAzure(of, accounts.azure, organisation.azure);
  return lowered.identities.flatMap((identity) =>
    identity.credentials.map(
      (credential): Meant => [
        `Azure credential ${identity.name}/${credential.name}`,
        { cloud: "azure", ...credential },
        azureAudience,
        [credential.name.replace("github-", "")],
      ],
    ),
  );
}

function gcpTrusts(of: IdentityIntent): Meant[] {
  const { pool, provider, grants } = lowerGcp(of, accounts.gcp, organisation.gcp);
  return grants
    .filter(({ member }) => member.includes("/workloadIdentityPools/"))
    .map((grant) => [
      `GCP grant ${grant.key}`,
      {
        cloud: "gcp",
        issuer: provider.issuerUri,
        allowedAudiences: provider.allowedAudiences,
        attributeMapping: provider.attributeMapping,
        attributeCondition: provider.attributeCondition,
        pool: pool.resourceName,
        provider: provider.id,
        member: grant.member,
      },
      gcpAudience(of.environment),
      [grant.member.split("/").at(-1) ?? ""],
    ]);
}

describe("lowering the identity intent", () => {
  it("gives AWS roles, policies and a permission set", () => {
    matchesGolden("identity/aws", lowerAws(intent, accounts.aws, organisation.aws));
  });

  it("gives Azure identities, credentials and assignments", () => {
    matchesGolden("identity/azure", lowerAzure(intent, accounts.azure, organisation.azure));
  });

  it("gives a GCP pool, provider and grants", () => {
    matchesGolden("identity/gcp", lowerGcp(intent, accounts.gcp, organisation.gcp));
  });

  it("makes its own provider in an account that has none of the organisation's", () => {
    const { githubProviderArn: _, ...rest } = organisation.aws;
    const lowered = lowerAws(intent, accounts.aws, rest);
    assert.deepEqual(lowered.provider?.clientIds, [awsAudience]);
    const trust = JSON.stringify(lowered.roles[0]?.trust);
    assert.match(trust, /arn:aws:iam::111122223333:oidc-provider\/token\.actions/);
  });

  it("refuses a trust policy that AWS would refuse", () => {
    const many = Array.from({ length: 20 }, (_, i) => `an-environment-with-a-long-name-${i}`);
    const pipelines = [{ ...intent.pipelines[0], name: "deploy", githubEnvironments: many }];
    const wide = { ...intent, pipelines } as IdentityIntent;
    assert.throws(() => lowerAws(wide, accounts.aws, organisation.aws), /limit-reached/);
  });

  const trusts = [...awsTrusts(intent), ...azureTrusts(intent), ...gcpTrusts(intent)];

  it("emits trusts in all three clouds", () => {
    assert.deepEqual(
      trusts.map(([, trust]) => trust.cloud),
      ["aws", "aws", "azure", "azure", "azure", ...Array.from({ length: 8 }, () => "gcp")],
    );
  });

  for (const [what, trust, audience, environments] of trusts) {
    it(`${what} admits its jobs and nobody else`, () => {
      const runs = environments.map((one) => environmentRun(intent.repository, one));
      const verdict = judgeTrust(trust, { runs, audience });
      assert.deepEqual(verdict, { verdict: "pass", admitsIntended: true });
    });
  }
});
