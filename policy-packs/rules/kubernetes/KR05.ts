/** Kubernetes, "Using RBAC Authorization": cluster-admin may do everything. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { binding, bindingTypes, roleOf } from "../shared/cluster-role.ts";
import { objectsOf } from "../shared/pod-spec.ts";

const team = { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "team" };

export const KR05: Rule = {
  id: "KR05",
  sentence: "Nobody is cluster-admin.",
  why: "One stolen token of such a person or pod is the cluster, with all its secrets and its logs.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-5"],
  fix: "Bind a role with the rights that are used; keep cluster-admin for an account behind glass.",
  subjects: bindingTypes,
  needs: "resource",
  check: (subject, judge) => {
    for (const { spot } of objectsOf(subject)) {
      judge.part(() => {
        const name = roleOf(spot);
        if (name.text() === "cluster-admin") judge.fail(name, "any request of the bound subjects");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a group",
      expect: "fail",
      resources: [binding("cluster-admin", team)],
      path: "roleRef.name",
    },
    { kind: "clean", says: "a viewer", expect: "pass", resources: [binding("view", team)] },
    {
      kind: "unknown",
      says: "the role is not known",
      expect: "unknown",
      resources: [binding(unknownHere, team)],
      path: "roleRef.name",
    },
    { kind: "absent", says: "no role said", expect: "pass", resources: [binding(null, team)] },
  ],
};
