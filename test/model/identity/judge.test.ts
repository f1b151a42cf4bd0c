import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Exposure, Intended } from "../../../model/identity/adversaries.ts";
import { adversariesOf } from "../../../model/identity/adversaries.ts";
import { hintsOf } from "../../../model/identity/hints.ts";
import { judgeTrust } from "../../../model/identity/judge.ts";
import { naivelyAdmits } from "../../../model/identity/naive.ts";
import type { Trust } from "../../../model/identity/trust.ts";
import { admit } from "../../../model/identity/trust.ts";
import {
  awsTrust,
  azureTrust,
  gcpAudience,
  gcpTrust,
  host,
  main,
  meantFor,
  named,
  pool,
  production,
} from "./trusts.ts";

/** `dead`: passes, because nobody gets in, the intended job included. */
type Expected = Exposure | "pass" | "dead" | "unknown";

const aws = "sts.amazonaws.com";
const onMain = meantFor(named(main), aws);
const onMainById = meantFor(main, aws);
const inProduction = meantFor(production, aws);
const azure = meantFor(production, "api://AzureADTokenExchange");
const gcp = meantFor(production, gcpAudience);
const gcpNamed = meantFor(named(main), gcpAudience);

const immutable = "repo:acme@1/api@2:environment:production";

/** What, the trust, whom it is meant for, and what its semantics make of it. */
const truthTable: readonly [string, Trust, Intended, Expected][] = [
  ["no condition at all", awsTrust(undefined), onMain, "public"],
  ["only the audience", awsTrust({ StringEquals: { aud: aws } }), onMain, "public"],
  ["sub StringLike *", awsTrust({ StringLike: { sub: "*" } }), onMain, "public"],
  [
    "sub StringEquals * is taken literally",
    awsTrust({ StringEquals: { sub: "*" } }),
    onMain,
    "dead",
  ],
  ["sub StringLike repo:*", awsTrust({ StringLike: { sub: "repo:*" } }), onMain, "public"],
  [
    "wildcard before the repository",
    awsTrust({ StringLike: { sub: "repo:*/api:*" } }),
    onMain,
    "public",
  ],
  ["owner prefix", awsTrust({ StringLike: { sub: "repo:acme*" } }), onMain, "prefix"],
  [
    "owner prefix with StringEquals is taken literally",
    awsTrust({ StringEquals: { sub: "repo:acme*" } }),
    onMain,
    "dead",
  ],
  ["whole organisation", awsTrust({ StringLike: { sub: "repo:acme/*" } }), onMain, "organisation"],
  [
    "whole organisation, StringEquals",
    awsTrust({ StringEquals: { sub: "repo:acme/*" } }),
    onMain,
    "dead",
  ],
  [
    "all of one repository",
    awsTrust({ StringLike: { sub: "repo:acme/api:*" } }),
    onMain,
    "organisation",
  ],
  [
    "repository prefix",
    awsTrust({ StringLike: { sub: "repo:acme/api*:ref:refs/heads/main" } }),
    onMain,
    "organisation",
  ],
  [
    "pull requests",
    awsTrust({ StringEquals: { sub: "repo:acme/api:pull_request" } }),
    onMain,
    "organisation",
  ],
  [
    "names only",
    awsTrust({ StringEquals: { sub: "repo:acme/api:ref:refs/heads/main" } }),
    onMain,
    "reuse",
  ],
  [
    "names with the repository's id",
    awsTrust({ StringEquals: { sub: "repo:acme/api:ref:refs/heads/main", repository_id: "2" } }),
    onMain,
    "pass",
  ],
  [
    "immutable subject",
    awsTrust({ StringEquals: { sub: "repo:acme@1/api@2:ref:refs/heads/main" } }),
    onMainById,
    "pass",
  ],
  [
    "StringLike without a wildcard is StringEquals",
    awsTrust({ StringLike: { aud: aws, sub: immutable } }),
    inProduction,
    "pass",
  ],
  [
    "immutable ids, any environment",
    awsTrust({ StringLike: { sub: "repo:acme@1/api@2:environment:*" } }),
    inProduction,
    "organisation",
  ],
  [
    "? for a character of the id",
    awsTrust({ StringLike: { sub: "repo:acme@1/api@?:environment:production" } }),
    inProduction,
    "organisation",
  ],
  [
    "environment only",
    awsTrust({ StringEquals: { environment: "production" } }),
    inProduction,
    "public",
  ],
  [
    "owner's id only",
    awsTrust({ StringEquals: { repository_owner_id: "1" } }),
    inProduction,
    "organisation",
  ],
  [
    "repository's id only",
    awsTrust({ StringEquals: { repository_id: "2" } }),
    inProduction,
    "organisation",
  ],
  [
    "somebody else's id",
    awsTrust({ StringEquals: { repository_id: "77", environment: "production" } }),
    inProduction,
    "public",
  ],
  [
    "a claim STS does not expose",
    awsTrust({ StringEquals: { repository_owner: "acme" } }),
    inProduction,
    "dead",
  ],
  [
    "called workflow only",
    awsTrust({
      StringEquals: { job_workflow_ref: "acme/ci/.github/workflows/deploy.yml@refs/heads/main" },
    }),
    inProduction,
    "public",
  ],
  [
    "ForAllValues on a misspelt key",
    awsTrust({ "ForAllValues:StringLike": { subject: "repo:acme/api:*" } }),
    onMain,
    "public",
  ],
  [
    "ForAllValues on sub itself",
    awsTrust({ "ForAllValues:StringLike": { sub: "repo:acme/*" } }),
    onMain,
    "organisation",
  ],
  [
    "IfExists on a misspelt key",
    awsTrust({ StringLikeIfExists: { subject: "repo:acme/api:*" } }),
    onMain,
    "public",
  ],
  [
    "IfExists on the environment",
    awsTrust({
      StringEquals: { repository_id: "2" },
      StringEqualsIfExists: { environment: "production" },
    }),
    inProduction,
    "organisation",
  ],
  [
    "ForAnyValue on a misspelt key",
    awsTrust({ "ForAnyValue:StringLike": { subject: "repo:acme/api:*" } }),
    onMain,
    "dead",
  ],
  [
    "key of another provider",
    awsTrust({ StringEquals: { "gitlab.com:sub": immutable } }),
    inProduction,
    "dead",
  ],
  [
    "key in other letters",
    awsTrust({ StringEquals: { [`${host.toUpperCase()}:SUB`]: immutable } }),
    inProduction,
    "pass",
  ],
  [
    "an e-mail as subject",
    awsTrust({ StringEquals: { sub: "jane@acme.example" } }),
    inProduction,
    "dead",
  ],
  [
    "everybody but one",
    awsTrust({ StringNotEquals: { sub: "repo:mallory/evil:ref:refs/heads/main" } }),
    onMain,
    "public",
  ],
  [
    "an operator nobody knows",
    awsTrust({ StringResembles: { sub: immutable } }),
    inProduction,
    "unknown",
  ],
  [
    "a condition on the network",
    awsTrust({
      StringEquals: { sub: "repo:acme/api:*" },
      IpAddress: { "aws:SourceIp": "192.0.2.0/24" },
    }),
    onMain,
    "dead",
  ],
  [
    "wildcard and network",
    awsTrust({ StringLike: { sub: "repo:acme/*" }, IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
    onMain,
    "unknown",
  ],
  [
    "a policy variable",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of AWS
    awsTrust({ StringLike: { sub: "repo:${aws:PrincipalTag/team}/*" } }),
    onMain,
    "unknown",
  ],
  [
    "NotPrincipal",
    awsTrust(undefined, { Principal: undefined, NotPrincipal: { AWS: "*" } }),
    onMain,
    "unknown",
  ],
  ["anybody at all", awsTrust(undefined, { Principal: "*", Action: "sts:*" }), onMain, "public"],
  ["another action", awsTrust(undefined, { Action: "sts:AssumeRole" }), onMain, "dead"],
  [
    "no audience and no known provider",
    { ...awsTrust({ StringEquals: { sub: immutable } }), clientIds: undefined } as unknown as Trust,
    inProduction,
    "replay",
  ],
  ["Azure: immutable subject", azureTrust(immutable), azure, "pass"],
  [
    "Azure: names",
    azureTrust("repo:acme/api:environment:production"),
    meantFor(named(production), "api://AzureADTokenExchange"),
    "reuse",
  ],
  ["Azure: a wildcard is taken literally", azureTrust("repo:acme/*"), azure, "dead"],
  [
    "Azure: trailing space in the issuer",
    azureTrust(immutable, { issuer: `https://${host} ` }),
    azure,
    "dead",
  ],
  [
    "Azure: another audience",
    azureTrust(immutable, { audiences: ["sts.amazonaws.com"] }),
    azure,
    "dead",
  ],
  ["Azure: pull requests", azureTrust("repo:acme@1/api@2:pull_request"), azure, "organisation"],
  ["Azure: other letter case", azureTrust(immutable.replace("acme", "Acme")), azure, "dead"],
  ["GCP: no condition", gcpTrust(undefined), gcp, "public"],
  ["GCP: a constant", gcpTrust("true"), gcp, "public"],
  ["GCP: the issuer only", gcpTrust(`assertion.iss == 'https://${host}'`), gcp, "public"],
  ["GCP: owner's name", gcpTrust("assertion.repository_owner == 'acme'"), gcp, "organisation"],
  ["GCP: name prefix", gcpTrust("assertion.repository.startsWith('acme')"), gcp, "prefix"],
  ["GCP: suffix", gcpTrust("assertion.repository.endsWith('/api')"), gcp, "public"],
  ["GCP: unanchored pattern", gcpTrust("assertion.sub.matches('repo:acme.*')"), gcp, "prefix"],
  ["GCP: == takes * literally", gcpTrust("assertion.sub == 'repo:acme/api:*'"), gcpNamed, "dead"],
  [
    "GCP: names and branch",
    gcpTrust("assertion.repository == 'acme/api' && assertion.ref == 'refs/heads/main'"),
    gcpNamed,
    "reuse",
  ],
  [
    "GCP: ids and environment",
    gcpTrust(
      "assertion.repository_owner_id == '1' && assertion.repository_id == '2' && assertion.environment == 'production'",
    ),
    gcp,
    "pass",
  ],
  [
    "GCP: ids and a list of environments",
    gcpTrust(
      "assertion.repository_id in ['2'] && assertion.environment in ['production', 'staging']",
    ),
    gcp,
    "organisation",
  ],
  [
    "GCP: id by the member, no environment",
    gcpTrust("assertion.repository_owner_id == '1'", {
      member: `principalSet://iam.googleapis.com/${pool}/attribute.repository_id/2`,
    }),
    gcp,
    "organisation",
  ],
  [
    "GCP: an or",
    gcpTrust("assertion.repository_id == '2' || assertion.environment == 'production'"),
    gcp,
    "public",
  ],
  [
    "GCP: extract",
    gcpTrust("assertion.sub.extract('repo:{owner}/') == 'acme'"),
    gcpNamed,
    "organisation",
  ],
  [
    "GCP: a function nobody knows",
    gcpTrust("assertion.sub.resembles('repo:acme')"),
    gcp,
    "unknown",
  ],
  [
    "GCP: another pool's member",
    gcpTrust("assertion.repository_id == '2' && assertion.environment == 'production'", {
      member:
        "principalSet://iam.googleapis.com/projects/9/locations/global/workloadIdentityPools/github/*",
    }),
    gcp,
    "dead",
  ],
];

describe("judging a trust", () => {
  for (const [what, trust, intended, expected] of truthTable) {
    it(`${what}: ${expected}`, () => {
      const verdict = judgeTrust(trust, intended);
      const got =
        verdict.verdict === "fail"
          ? verdict.witness.exposure
          : verdict.verdict === "unknown"
            ? "unknown"
            : verdict.admitsIntended
              ? "pass"
              : "dead";
      assert.equal(got, expected, JSON.stringify(verdict));
      if (verdict.verdict === "pass") {
        // A proof must hold against everybody the trust's own words suggest, too.
        for (const [i, { token, who }] of [...adversariesOf(intended, hintsOf(trust))].entries()) {
          assert.equal(admit(trust, token).outcome, "refused", who);
          // The naive evaluator is slow: every fiftieth token.
          if (i % 50 === 0) assert.ok(!naivelyAdmits(trust, token), who);
        }
      }
      if (verdict.verdict !== "fail") return;
      assert.equal(admit(trust, verdict.witness.token).outcome, "admitted");
      assert.ok(naivelyAdmits(trust, verdict.witness.token));
      assert.notEqual(verdict.witness.admittedBy, "");
    });
  }
});
