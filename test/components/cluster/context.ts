/** What the tests of clusters share. */
import type { CloudAccounts } from "../../../model/base/accounts.ts";
import type { ClusterIntent } from "../../../model/network/cluster-intent.ts";

export const accounts: CloudAccounts = {
  aws: {
    accountId: "111122223333",
    partition: "aws",
    region: "eu-central-1",
    regions: ["eu-central-1"],
  },
  azure: {
    subscriptionId: "00000000-0000-0000-0000-00000000000a",
    tenantId: "00000000-0000-0000-0000-00000000000b",
    location: "westeurope",
  },
  gcp: { project: "shop", projectNumber: "123456789012", region: "europe-west4" },
};

export const clusterIntent: ClusterIntent = {
  segment: "cluster",
  clusters: ["aws", "azure", "gcp"].map((place) => ({
    place,
    kubernetesVersion: "1.34",
    nodes: { size: "small", min: 2, max: 4 },
    deletionProtection: true,
  })),
};
