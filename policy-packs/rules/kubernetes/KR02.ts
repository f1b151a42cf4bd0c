/** Kubernetes, "Role Based Access Control Good Practices", "Listing secrets": list shows the contents. */
import { roleRule } from "../shared/cluster-role.ts";

export const KR02 = roleRule({
  id: "KR02",
  sentence: "No role reads all secrets.",
  why: "Among them are the tokens and keys of every other workload, and of those that administer the cluster.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "IA-5"],
  fix: "Name the secrets under resourceNames, or mount them.",
  powers: [
    {
      groups: [""],
      resources: ["secrets"],
      verbs: ["get", "list", "watch"],
      unlessNamed: { but: [] },
    },
  ],
  witness: "kubectl get secrets -o yaml",
  harmless: { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["tls"] },
});
