/** What every account of the organisation did, and who signed in, kept apart from all of them. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudAccounts } from "../../model/base/accounts.ts";
import { throwIfAny } from "../../model/base/problem.ts";
import { checkOrganisationLogging } from "../../model/logging/check-intent.ts";
import type { OrganisationLoggingIntent } from "../../model/logging/intent.ts";
import { requireProviders } from "../shared/providers.ts";
import { lowerTrail } from "./aws/lower-trail.ts";
import { createTrail } from "./aws/trail.ts";
import { createEntra } from "./azure/entra.ts";
import { lowerEntra } from "./azure/lower-entra.ts";
import { lowerSink } from "./gcp/lower-sink.ts";
import { createSink } from "./gcp/sink.ts";

export interface OrganisationLoggingArgs {
  readonly intent: OrganisationLoggingIntent;
  /** The accounts that hold the logs; AWS's manages the organisation or is delegated to. */
  readonly accounts: CloudAccounts;
}

/**
 * The organisation's CloudTrail, Entra's diagnostics and GCP's organisation sink, each into storage
 * that is locked for the intent's retention. Needs explicit providers of `aws`, `azure-native` and
 * `gcp`.
 */
export class OrganisationLogging extends pulumi.ComponentResource {
  readonly trailArn: pulumi.Output<string>;
  readonly entraAccountId: pulumi.Output<string>;
  readonly gcpBucket: pulumi.Output<string>;

  constructor(
    name: string,
    args: OrganisationLoggingArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("bulkhead:index:OrganisationLogging", name, { intent: args.intent }, opts);
    requireProviders(this, name, ["aws", "azure-native", "gcp"]);
    const { intent, accounts } = args;
    throwIfAny(checkOrganisationLogging(intent));
    this.trailArn = createTrail(this, `${name}-aws`, lowerTrail(intent, accounts.aws)).arn;
    this.entraAccountId = createEntra(this, `${name}-azure`, lowerEntra(intent, accounts.azure));
    this.gcpBucket = createSink(this, `${name}-gcp`, lowerSink(intent, accounts.gcp));
    this.registerOutputs({
      trailArn: this.trailArn,
      entraAccountId: this.entraAccountId,
      gcpBucket: this.gcpBucket,
    });
  }
}
