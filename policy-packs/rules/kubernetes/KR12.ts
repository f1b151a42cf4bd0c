/** Kubernetes, "Using RBAC Authorization", "Privilege escalation prevention and bootstrapping". */
import { roleRule } from "../shared/cluster-role.ts";

const rbac = "rbac.authorization.k8s.io";
const verbs = ["create", "update", "patch", "delete", "deletecollection"];

export const KR12 = roleRule({
  id: "KR12",
  sentence: "No role changes roles or bindings.",
  why: "The holder hands on all that he may himself, to as many as he likes, and nobody sees who was let in by whom.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-2", "AC-5", "AC-6"],
  fix: "Let the pipeline that reviews them change roles and bindings, or name the ones under resourceNames.",
  powers: [
    {
      groups: [rbac],
      resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
      verbs,
      unlessNamed: { but: [] },
    },
  ],
  witness: "a binding of the holder's own role to a stranger",
  harmless: { apiGroups: [rbac], resources: ["rolebindings"], verbs: ["get", "list"] },
});
