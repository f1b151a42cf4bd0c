/** References to EKS clusters. */

import type { Reference } from "../../../types/type.ts";

/** A property that names a cluster of the account and region; the cluster stays while `holds`. */
export function toCluster(holds: boolean): Reference {
  return {
    at: "clusterName",
    to: "aws:eks/cluster:Cluster",
    ...(holds ? { holds } : { cascades: true }),
    missing: { code: "ResourceNotFoundException", says: "No cluster found for name: {value}." },
  };
}
