/** Names that tell the pods and stages of several clusters apart. */
import type { Endpoint } from "../../../model/network/topology.ts";

/** Group of the pods of every cluster. */
export const everyClusterPod = "pods of every cluster";

/** Group of a cluster's nodes, in the cluster. */
export const nodesGroup = "nodes";

/** Whether it stands for pods of a planned cluster. */
export function isClusterPod({ groups }: Endpoint): boolean {
  return groups.includes(everyClusterPod);
}

/** A name that only one cluster knows, as all know it. */
export function inCluster(provider: string, name: string): string {
  return `${provider} | ${name}`;
}
