/** Kubernetes, "Role Based Access Control Good Practices": the control plane reads config maps of kube-system. */
import { roleRule, roleTypes } from "../shared/cluster-role.ts";

export const KR60 = roleRule({
  id: "KR60",
  sentence: "No role of the whole cluster changes every ConfigMap.",
  why: "Config maps say which identities the cluster knows, where names lead, and with what programs run.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "CM-5"],
  fix: "Use a Role in the one namespace, or name the maps under resourceNames.",
  types: roleTypes.filter((type) => type.includes(":ClusterRole")),
  powers: [
    {
      groups: [""],
      resources: ["configmaps"],
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
      unlessNamed: { but: [] },
    },
  ],
  witness: "a mapRoles entry in aws-auth, or another address in the Corefile of coredns",
  harmless: {
    apiGroups: [""],
    resources: ["configmaps"],
    verbs: ["update"],
    resourceNames: ["leader"],
  },
});
