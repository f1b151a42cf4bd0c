/** CIS Kubernetes Benchmark, "Ensure that default service accounts are not actively used". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { binding, bindingTypes, eachGrantee } from "../shared/cluster-role.ts";

export const KR09: Rule = {
  id: "KR09",
  sentence: "No role is bound to a default account, or to all accounts.",
  why: "Every pod that names no account has the role, whoever wrote it and whatever runs in it.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "IA-9"],
  fix: "Bind the role to an account of the one workload that needs it.",
  subjects: bindingTypes,
  needs: "resource",
  check: (subject, judge) =>
    eachGrantee(subject, judge, (grantee) => {
      const name = grantee.at("name");
      const text = name.text() ?? "";
      const shared =
        grantee.at("kind").text() === "ServiceAccount"
          ? text === "default"
          : /^system:serviceaccounts(:|$)/.test(text) ||
            /^system:serviceaccount:[^:]+:default$/.test(text);
      if (shared) judge.fail(name, "a request with the token of any pod that names no account");
    }),
  examples: [
    {
      kind: "violating",
      says: "the default account",
      expect: "fail",
      resources: [binding("view", account("default"))],
      path: "subjects[0].name",
    },
    {
      kind: "violating",
      says: "every account of a namespace",
      expect: "fail",
      resources: [binding("view", { kind: "Group", name: "system:serviceaccounts:shop" })],
      path: "subjects[0].name",
    },
    {
      kind: "clean",
      says: "one account",
      expect: "pass",
      resources: [binding("view", account("web"))],
    },
    {
      kind: "unknown",
      says: "the account is not known",
      expect: "unknown",
      resources: [binding("view", account(unknownHere))],
      path: "subjects[0].name",
    },
    { kind: "absent", says: "nobody", expect: "pass", resources: [binding("view", {})] },
  ],
};

function account(name: string) {
  return { kind: "ServiceAccount", name, namespace: "shop" };
}
