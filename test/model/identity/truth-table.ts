/** Trusts of many kinds, and what their semantics make of them. */
import { azure, gcp, gcpNamed, immutable, type Row } from "./intended.ts";
import { azureTrust, gcpTrust, host, meantFor, named, pool, production } from "./trusts.ts";
import { awsRows } from "./truth-table-aws.ts";

const otherRows: readonly Row[] = [
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

/** What, the trust, whom it is meant for, and the verdict. */
export const truthTable: readonly Row[] = [...awsRows, ...otherRows];
