/**
 * Amazon EKS User Guide, "Change authentication mode to use access entries": clusters made by the
 * API have CONFIG_MAP unless it is said. The change keeps the config map and cannot be undone.
 */
import { demandRule } from "../shared/flag-rule.ts";

export const AI10 = demandRule({
  id: "AI10",
  sentence: "A cluster takes its users from access entries.",
  why: "Whoever writes one config map in kube-system is administrator of the cluster, and no record in AWS shows it.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["AC-2", "AC-3", "IA-2"],
  fix: "Set accessConfig.authenticationMode to API, or to API_AND_CONFIG_MAP on the way there.",
  demands: {
    "aws:eks/cluster:Cluster": [
      {
        path: ["accessConfig", "authenticationMode"],
        holds: (mode) => mode !== undefined && mode !== "CONFIG_MAP",
        witness: "an entry for the attacker's role in the config map aws-auth",
        good: "API_AND_CONFIG_MAP",
        bad: "CONFIG_MAP",
      },
    ],
  },
  remedy: "safe",
});
