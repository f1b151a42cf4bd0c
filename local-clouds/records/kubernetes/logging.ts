/** API servers' logging: what their cloud takes of it. */

import { azureLogging } from "../azure/logging.ts";
import { gcpLogging } from "../gcp/logging.ts";
import type { Logging } from "../logging.ts";
import { toClusterLogs } from "./audit.ts";

const clusters = [
  "aws:eks/cluster:Cluster",
  "azure-native:containerservice:ManagedCluster",
  "gcp:container/cluster:Cluster",
];

export const kubernetesLogging: Logging = {
  // A cluster is known by its server, which some object of it names.
  tokens: [
    ...clusters,
    "kubernetes:core/v1:Namespace",
    ...azureLogging.tokens,
    ...gcpLogging.tokens,
  ],
  sources: clusters,
  calls: toClusterLogs,
};
