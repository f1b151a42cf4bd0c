/** Kubernetes, "Role Based Access Control Good Practices", "Token request". */
import { roleRule } from "../shared/cluster-role.ts";

export const KR08 = roleRule({
  id: "KR08",
  sentence: "No role makes tokens of any account.",
  why: "The holder is whichever account of the namespace, or of the cluster, may do most.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "IA-5"],
  fix: "Name the accounts under resourceNames.",
  powers: [
    {
      groups: [""],
      resources: ["serviceaccounts/token"],
      verbs: ["create"],
      unlessNamed: { but: [] },
    },
  ],
  witness: "kubectl create token of another account",
  harmless: {
    apiGroups: [""],
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
    resourceNames: ["vault"],
  },
});
