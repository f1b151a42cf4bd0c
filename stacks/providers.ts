/** One explicit provider per cloud; default providers are disabled in every project. */
import * as aws from "@pulumi/aws";
import * as azureNative from "@pulumi/azure-native";
import * as gcp from "@pulumi/gcp";
import type { CloudAccounts } from "../model/base/accounts.ts";

/** The providers of the three clouds, bound to the accounts that the settings name. */
export function cloudProviders(accounts: CloudAccounts, environment: string) {
  return {
    aws: new aws.Provider("aws", {
      region: accounts.aws.region as aws.Region,
      allowedAccountIds: [accounts.aws.accountId],
      defaultTags: { tags: { "bulkhead:environment": environment } },
    }),
    azure: new azureNative.Provider("azure", {
      subscriptionId: accounts.azure.subscriptionId,
      tenantId: accounts.azure.tenantId,
      location: accounts.azure.location,
    }),
    gcp: new gcp.Provider("gcp", { project: accounts.gcp.project, region: accounts.gcp.region }),
  };
}
