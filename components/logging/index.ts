/** What one environment's networks and accounts did, kept where nobody can change it. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudAccounts } from "../../model/base/accounts.ts";
import { throwIfAny } from "../../model/base/problem.ts";
import { checkLoggingIntent } from "../../model/logging/check-intent.ts";
import type { LoggingIntent } from "../../model/logging/intent.ts";
import type { PlaceNetwork } from "../network/places.ts";
import { requireProviders } from "../shared/providers.ts";
import { lowerAws } from "./aws/lower.ts";
import { createAws } from "./aws/resources.ts";
import { lowerAzure } from "./azure/lower.ts";
import { createAzure } from "./azure/resources.ts";
import { lowerGcp } from "./gcp/lower.ts";
import { createGcp } from "./gcp/resources.ts";

export interface LoggingPipelineArgs {
  readonly intent: LoggingIntent;
  readonly accounts: CloudAccounts;
  /** The networks whose flows are logged. */
  readonly places: readonly PlaceNetwork[];
}

/**
 * Flow logs of every place, the names that AWS's networks ask for, Azure's activity log, and GCP's
 * audit and flow logs into storage that is locked for the intent's retention. What is logged once
 * per organisation (CloudTrail, Entra, the organisation's sink) is {@link OrganisationLogging}'s.
 *
 * Needs explicit providers of `aws`, `azure-native` and `gcp`. GCP's flow logs are switched on by
 * the subnetworks themselves and reach the store through the project's sink.
 */
export class LoggingPipeline extends pulumi.ComponentResource {
  readonly awsBucket: pulumi.Output<string>;
  /** Storage accounts' ids by location. */
  readonly azureAccounts: Readonly<Record<string, pulumi.Output<string>>>;
  readonly gcpBucket: pulumi.Output<string>;

  constructor(name: string, args: LoggingPipelineArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("bulkhead:index:LoggingPipeline", name, { intent: args.intent }, opts);
    requireProviders(this, name, ["aws", "azure-native", "gcp"]);
    const { intent, accounts, places } = args;
    throwIfAny(checkLoggingIntent(intent));
    const aws = places.filter((place) => place.cloud === "aws");
    const azure = places.filter((place) => place.cloud === "azure");
    const vpcIds = new Map(aws.map(({ place, vpcId }) => [place, vpcId]));
    const vnetIds = new Map(azure.map(({ place, vnetId }) => [place, vnetId]));
    this.awsBucket = createAws(this, name, lowerAws(intent, accounts.aws, aws), vpcIds);
    this.azureAccounts = createAzure(
      this,
      name,
      lowerAzure(intent, accounts.azure, azure),
      vnetIds,
    );
    this.gcpBucket = createGcp(this, name, lowerGcp(intent, accounts.gcp));
    this.registerOutputs({
      awsBucket: this.awsBucket,
      azureAccounts: this.azureAccounts,
      gcpBucket: this.gcpBucket,
    });
  }
}
