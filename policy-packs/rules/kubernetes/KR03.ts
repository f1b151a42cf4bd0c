/** Kubernetes, "Role Based Access Control Good Practices": bind, escalate and impersonate. */
import { roleRule } from "../shared/cluster-role.ts";

const rbac = "rbac.authorization.k8s.io";

export const KR03 = roleRule({
  id: "KR03",
  sentence: "No role binds, escalates or impersonates beyond names.",
  why: "Each of the three verbs switches off the check that nobody gives himself more than he has: the holder is cluster-admin.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "AC-5"],
  fix: "Take the verb out, or name the harmless roles or users it is for under resourceNames.",
  powers: [
    {
      groups: [rbac],
      resources: ["roles", "clusterroles"],
      verbs: ["bind"],
      unlessNamed: { but: ["cluster-admin", "*"] },
    },
    { groups: [rbac], resources: ["roles", "clusterroles"], verbs: ["escalate"] },
    {
      groups: [""],
      resources: ["users", "groups", "serviceaccounts"],
      verbs: ["impersonate"],
      unlessNamed: { but: ["system:masters", "*"] },
    },
    {
      groups: ["authentication.k8s.io"],
      resources: ["userextras", "uids"],
      verbs: ["impersonate"],
      unlessNamed: { but: ["*"] },
    },
  ],
  witness: "kubectl --as=admin --as-group=system:masters, or a binding to cluster-admin",
  harmless: { apiGroups: [rbac], resources: ["roles"], verbs: ["bind"], resourceNames: ["view"] },
});
