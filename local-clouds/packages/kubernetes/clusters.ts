/** The clusters that a kubeconfig may mean: those of the simulated clouds, and those of this machine. */

import type { Home } from "../../types/profile.ts";
import type { Scope } from "../../types/resource.ts";

/** Clusters of the clouds, and the outputs that say where they answer. */
const clusters = {
  to: [
    "aws:eks/cluster:Cluster",
    "gcp:container/cluster:Cluster",
    "azure-native:containerservice:ManagedCluster",
  ],
  by: [
    "endpoint",
    "privateClusterConfig.privateEndpoint",
    "privateClusterConfig.publicEndpoint",
    "fqdn",
    "privateFQDN",
  ],
} as const;

/** A cluster that runs on this machine (kind, minikube, k3d) is there as long as nobody asks. */
const ofThisMachine =
  /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\]|kubernetes\.docker\.internal)(:\d+)?\/?$/;

/** The cluster of a provider instance: everything in it goes along with it. */
export function homeOf({ account: server, config }: Scope): Home | undefined {
  if (server === "" || ofThisMachine.test(server)) return undefined;
  const host = server.replace(/^https?:\/\//, "").replace(/(:443)?\/?$/, "");
  return {
    ...clusters,
    keys: [`https://${host}`, host],
    missing: {
      code: "Unreachable",
      says:
        "configured Kubernetes cluster is unreachable: unable to load schema information from the API " +
        `server: Get "${server.replace(/\/$/, "")}/openapi/v2?timeout=32s": dial tcp: lookup ${host}: no such host`,
    },
    forgiven: [true, "true"].includes(config["deleteUnreachable"] as boolean | string),
  };
}
