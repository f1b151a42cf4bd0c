/** AWS, "Grant IAM users access to Kubernetes with a ConfigMap": aws-auth says who is who. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { eachRoleRule, holds, role, roleTypes } from "../shared/cluster-role.ts";

const power = {
  groups: [""],
  resources: ["configmaps"],
  verbs: ["create", "update", "patch", "delete", "deletecollection"],
  unlessNamed: { but: ["aws-auth"] },
};

export const KR11: Rule = {
  id: "KR11",
  sentence: "No role changes which AWS identities the cluster knows.",
  why: "One line more in aws-auth makes any role of any account a master of the cluster.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-2", "IA-8"],
  fix: "Take aws-auth out of resourceNames, and use access entries of EKS.",
  subjects: roleTypes,
  needs: "resource",
  check: (subject, judge) =>
    eachRoleRule(subject, judge, (rule) => {
      if (holds(rule, power) && names(rule))
        judge.fail(rule, "a mapRoles entry with system:masters");
    }),
  examples: [
    {
      kind: "violating",
      says: "the map of identities",
      expect: "fail",
      resources: [role(writes(["aws-auth"]))],
      path: "rules[0]",
    },
    { kind: "clean", says: "another map", expect: "pass", resources: [role(writes(["shop"]))] },
    {
      kind: "unknown",
      says: "its name is not known",
      expect: "unknown",
      resources: [role(writes(unknownHere))],
      path: "rules[0].resourceNames",
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: [role({})] },
  ],
};

function names(rule: View): boolean {
  return entriesOf(rule.at("resourceNames")).some((name) => name.text() === "aws-auth");
}

function writes(resourceNames: Json) {
  return { apiGroups: [""], resources: ["configmaps"], verbs: ["update"], resourceNames };
}
