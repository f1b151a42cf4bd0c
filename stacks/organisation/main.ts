/** What exists once per organisation. */
import "../native-stack-traces.ts";
import * as aws from "@pulumi/aws";
import * as azureNative from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { OrganisationIdentity } from "../../components/identity/organisation.ts";
import { OrganisationLogging } from "../../components/logging/organisation.ts";
import { ProblemError } from "../../model/base/problem.ts";
import type { OrganisationOutputs } from "./outputs.ts";
import { readOrganisationSettings } from "./settings.ts";

const config = new pulumi.Config();
const keys = ["aws", "azure", "gcp", "workforce", "logRetentionDays", "lock"];
const given = Object.fromEntries(keys.map((key) => [key, readValue(key)]));
const read = readOrganisationSettings(pulumi.getStack(), given);
if ("problems" in read) throw new ProblemError(read.problems);
const { accounts, identity, logging } = read.settings;

const tags = { "bulkhead:environment": "organisation" };
const awsProvider = new aws.Provider("aws", {
  region: accounts.aws.region as aws.Region,
  allowedAccountIds: [accounts.aws.accountId],
  defaultTags: { tags },
});
const azureProvider = new azureNative.Provider("azure", {
  subscriptionId: accounts.azure.subscriptionId,
  tenantId: accounts.azure.tenantId,
  location: accounts.azure.location,
});
const entraProvider = new azuread.Provider("entra", { tenantId: accounts.azure.tenantId });
const gcpProvider = new gcp.Provider("gcp", {
  project: accounts.gcp.project,
  region: accounts.gcp.region,
});

const people = new OrganisationIdentity(
  "identity",
  { intent: identity },
  { providers: [awsProvider, entraProvider, gcpProvider] },
);
const kept = new OrganisationLogging(
  "logging",
  { intent: logging, accounts },
  { providers: [awsProvider, azureProvider, gcpProvider] },
);

/** Outputs, in the shape that outputs.ts promises to environments. */
export const identities: pulumi.Output<OrganisationOutputs["identities"]> = pulumi.output({
  aws: {
    githubProviderArn: people.githubProviderArn,
    ssoInstanceArn: people.ssoInstanceArn,
    workforceGroupId: people.awsGroupId,
  },
  azure: { workforceGroupId: people.entraGroupId },
  gcp: { workforcePoolId: people.workforcePoolId, workforceGroupId: people.entraGroupId },
});
export const logs: pulumi.Output<OrganisationOutputs["logs"]> = pulumi.output({
  trailArn: kept.trailArn,
  entraAccountId: kept.entraAccountId,
  gcpBucket: kept.gcpBucket,
});

/** A setting as YAML has it: a text, a number or a mapping. */
function readValue(key: string): unknown {
  const text = config.get(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
