/** What exists once per organisation. */
import "../native-stack-traces.ts";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { OrganisationIdentity } from "../../components/identity/organisation.ts";
import { OrganisationLogging } from "../../components/logging/organisation.ts";
import { ProblemError } from "../../model/base/problem.ts";
import { cloudProviders } from "../providers.ts";
import { settingsOfThisStack } from "../this-stack.ts";
import type { OrganisationOutputs } from "./outputs.ts";
import { organisationSettingNames, readOrganisationSettings } from "./settings.ts";

const read = readOrganisationSettings(
  pulumi.getStack(),
  settingsOfThisStack(organisationSettingNames),
);
if ("problems" in read) throw new ProblemError(read.problems);
const { accounts, identity, logging } = read.settings;

const { aws, azure, gcp } = cloudProviders(accounts, "organisation");
const entra = new azuread.Provider("entra", { tenantId: accounts.azure.tenantId });

const people = new OrganisationIdentity(
  "identity",
  { intent: identity },
  { providers: [aws, entra, gcp] },
);
const kept = new OrganisationLogging(
  "logging",
  { intent: logging, accounts },
  { providers: [aws, azure, gcp] },
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
