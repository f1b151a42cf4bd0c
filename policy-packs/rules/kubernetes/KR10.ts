/** Kubernetes, "Role Based Access Control Good Practices", "Workload creation". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { candidates, objectName } from "../../lift/kubernetes.ts";
import type { Power } from "../shared/cluster-role.ts";
import { binding, holds, role } from "../shared/cluster-role.ts";
import { someOf } from "../shared/some-of.ts";

const prefix = "kubernetes:rbac.authorization.k8s.io/v1:";
const verbs = ["create", "update", "patch"];
const kinds = ["deployments", "statefulsets", "daemonsets", "replicasets"];

const powers: readonly Power[] = [
  { groups: [""], resources: ["pods", "replicationcontrollers"], verbs },
  { groups: ["apps"], resources: kinds, verbs },
  { groups: ["batch"], resources: ["jobs", "cronjobs"], verbs },
];

export const KR10: Rule = {
  id: "KR10",
  sentence: "Nobody starts workloads in every namespace.",
  why: "A pod may use any account and Secret of its namespace: in kube-system that is the cluster.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "CM-5"],
  fix: "Bind the role by a RoleBinding in each namespace in which it is needed.",
  subjects: [`${prefix}ClusterRoleBinding`],
  needs: "plan",
  check: (subject, judge, plan) => {
    const at = subject.inputs.at("roleRef", "name");
    const name = at.text();
    const roles = candidates(plan, subject, [`${prefix}ClusterRole`], "name", name ?? "");
    const starts = someOf(judge, roles, (one) => {
      if (objectName(one) !== name) return false;
      return entriesOf(one.inputs.at("rules")).some((rule) =>
        powers.some((power) => holds(rule, power)),
      );
    });
    if (starts === "yes") judge.fail(at, "a pod in kube-system that runs as its strongest account");
  },
  examples: [
    {
      kind: "violating",
      says: "deployments",
      expect: "fail",
      resources: [bound(), role(deployments(["create"]))],
      path: "roleRef.name",
    },
    {
      kind: "clean",
      says: "reading",
      expect: "pass",
      resources: [bound(), role(deployments(["get"]))],
    },
    {
      kind: "unknown",
      says: "the verbs are not known",
      expect: "unknown",
      resources: [bound(), role(deployments(unknownHere))],
      path: "rules[0].verbs",
    },
    { kind: "absent", says: "a role from elsewhere", expect: "pass", resources: [bound()] },
  ],
};

function bound(): ExampleResource {
  return binding("app", { kind: "ServiceAccount", name: "ci", namespace: "ci" });
}

function deployments(allowed: Json) {
  return { apiGroups: ["apps"], resources: ["deployments"], verbs: allowed };
}
