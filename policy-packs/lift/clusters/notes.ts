/** What was noticed of planned clusters that no packet shows. */
import { formatProblem } from "../../../model/base/problem.ts";
import { tieText, tunnelText } from "../kubernetes/findings.ts";
import type { PlannedCluster } from "../kubernetes/plan.ts";
import type { LiftedCluster } from "../kubernetes/topology.ts";

/** One thing noticed. */
export interface ClusterNote {
  readonly code: "cluster-unplanned" | "object-invalid" | "policies-tied" | "tunnel-closed";
  readonly urn: string;
  readonly path: string;
  readonly says: string;
}

export function clusterNotes(
  { provider, cluster }: PlannedCluster,
  { ties, closedTunnels }: LiftedCluster,
): ClusterNote[] {
  return [
    ...cluster.problems.map((problem): ClusterNote => {
      return { code: "object-invalid", urn: provider, path: "", says: formatProblem(problem) };
    }),
    ...ties.map((tie): ClusterNote => {
      const { policy, rule } = tie.one;
      return { code: "policies-tied", urn: policy.urn, path: rule.path, says: tieText(tie) };
    }),
    ...closedTunnels.map((name): ClusterNote => {
      return { code: "tunnel-closed", urn: provider, path: "", says: tunnelText(name) };
    }),
  ];
}

/** Of a cluster of which nobody knows where it stands, nor its network plugin. */
export function unplannedNote(provider: string): ClusterNote {
  const says =
    "no planned cluster is behind this provider: its network plugin is taken to enforce policies, and what its pods do beyond it stays open";
  return { code: "cluster-unplanned", urn: provider, path: "kubeconfig", says };
}
