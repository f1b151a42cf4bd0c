/** Amazon EKS User Guide, "Send control plane logs to CloudWatch Logs": none are sent unless asked for. */
import { iso } from "../shared/benchmarks.ts";
import { listRule } from "../shared/list-rule.ts";

const types = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export const AL12a = listRule({
  id: "AL12a",
  sentence: "A cluster of EKS records what its control plane was asked and did.",
  why: "Nobody can tell who read a secret, started a pod or gave himself a role.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12"],
  frameworks: [iso("aws", "A.8.15", "eks_control_plane_logging_all_types_enabled")],
  fix: `List ${types.join(", ")} in enabledClusterLogTypes.`,
  places: {
    "aws:eks/cluster:Cluster": {
      path: ["enabledClusterLogTypes"],
      wanted: () => types,
      good: types,
      base: { name: "shop" },
    },
  },
  witness: (missing) => `nothing that the log ${missing} would tell is kept`,
  // CloudWatch Logs costs by the gigabyte.
  remedy: "opt-in",
});
