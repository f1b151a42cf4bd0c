/** Who may become what: pipelines and people of one environment, in three clouds, without a key. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudAccounts } from "../../model/base/accounts.ts";
import { throwIfAny } from "../../model/base/problem.ts";
import { checkIdentityIntent } from "../../model/identity/check-intent.ts";
import type { IdentityIntent, OrganisationIdentities } from "../../model/identity/intent.ts";
import { requireProviders } from "../shared/providers.ts";
import { lowerAws } from "./aws/lower.ts";
import type { AwsIdentityOutputs } from "./aws/resources.ts";
import { createAws } from "./aws/resources.ts";
import { lowerAzure } from "./azure/lower.ts";
import type { AzureIdentityOutputs } from "./azure/resources.ts";
import { createAzure } from "./azure/resources.ts";
import { lowerGcp } from "./gcp/lower.ts";
import type { GcpIdentityOutputs } from "./gcp/resources.ts";
import { createGcp } from "./gcp/resources.ts";

export interface IdentityFederationArgs {
  readonly intent: IdentityIntent;
  /** What the organisation's stack made once. */
  readonly organisation: OrganisationIdentities;
  readonly accounts: CloudAccounts;
}

/**
 * Federates one repository's GitHub Actions and one group of people into AWS, Azure and GCP.
 *
 * Needs explicit providers of `aws`, `azure-native` and `gcp`. The one of `aws` must be allowed to
 * assign permission sets: the account of Identity Center or its delegated administrator.
 */
export class IdentityFederation extends pulumi.ComponentResource {
  readonly aws: AwsIdentityOutputs;
  readonly azure: AzureIdentityOutputs;
  readonly gcp: GcpIdentityOutputs;

  constructor(
    name: string,
    args: IdentityFederationArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("bulkhead:index:IdentityFederation", name, { intent: args.intent }, opts);
    requireProviders(this, name, ["aws", "azure-native", "gcp"]);
    const { intent, organisation, accounts } = args;
    throwIfAny(checkIdentityIntent(intent));
    this.aws = createAws(this, name, lowerAws(intent, accounts.aws, organisation.aws));
    this.azure = createAzure(this, name, lowerAzure(intent, accounts.azure, organisation.azure));
    this.gcp = createGcp(this, name, lowerGcp(intent, accounts.gcp, organisation.gcp));
    this.registerOutputs({ aws: this.aws, azure: this.azure, gcp: this.gcp });
  }
}
