/** Kubernetes, "Role Based Access Control Good Practices": wildcards grant what does not exist yet. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { entriesOf } from "../../lift/entries.ts";
import { eachRoleRule, role, roleTypes } from "../shared/cluster-role.ts";

const parts = ["verbs", "resources", "apiGroups", "nonResourceURLs"];
const pods = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };

export const KR01: Rule = {
  id: "KR01",
  sentence: "No role has wildcards.",
  why: "A wildcard holds escalate, impersonate and every secret, and whatever kind somebody installs tomorrow.",
  severity: "critical",
  tenets: ["T3", "T4", "T6"],
  controls: ["AC-3", "AC-6"],
  fix: "List the verbs, resources and API groups that are used.",
  subjects: roleTypes,
  needs: "resource",
  check: (subject, judge) =>
    eachRoleRule(subject, judge, (rule) => {
      for (const part of parts) {
        judge.part(() => {
          const star = entriesOf(rule.at(part)).find((one) => isStar(one.text() ?? "", part));
          if (star !== undefined) judge.fail(star, `a request with any of the ${part}`);
        });
      }
    }),
  examples: [
    {
      kind: "violating",
      says: "every verb",
      expect: "fail",
      resources: [role({ ...pods, verbs: ["*"] })],
      path: "rules[0].verbs[0]",
    },
    {
      kind: "violating",
      says: "every resource of every group",
      expect: "fail",
      resources: [role({ ...pods, apiGroups: ["*"], resources: ["*"] })],
      path: "rules[0].resources[0]",
    },
    { kind: "clean", says: "named", expect: "pass", resources: [role(pods)] },
    {
      kind: "unknown",
      says: "the resources are not known",
      expect: "unknown",
      resources: [role({ ...pods, resources: unknownHere })],
      path: "rules[0].resources",
    },
    { kind: "absent", says: "an empty rule", expect: "pass", resources: [role({})] },
  ],
};

/** `*`, and every resource that has a part such as scale; paths may end in it. */
function isStar(text: string, part: string): boolean {
  return part === "nonResourceURLs" ? text === "*" : text.includes("*");
}
