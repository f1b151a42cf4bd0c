/** Istio, AuthorizationPolicy: `rules: [{}]` matches every request. */
import type { Rule } from "../../../model/policy/rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf } from "../../lift/kubernetes.ts";
import { commonAllowExamples, eachAllowRule, policyWith } from "../shared/authorization-rules.ts";

export const MS06: Rule = {
  id: "MS06",
  sentence: "No AuthorizationPolicy allows with an empty rule.",
  why: "An empty rule matches every request of anybody, while a policy without rules matches none: two characters apart.",
  severity: "critical",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "SC-8"],
  fix: "Name the callers under from.source.principals, or delete the rule.",
  subjects: [kubernetesTypes.authorizationPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachAllowRule(subject, judge, (rule) => {
      if (!["from", "to", "when"].every((part) => isEmpty(rule.at(part)))) return;
      judge.fail(rule, `any request of anybody to namespace ${namespaceOf(subject)}`);
    }),
  examples: [
    {
      kind: "violating",
      says: "an empty rule, and no action said",
      expect: "fail",
      resources: policyWith({ rules: [{}] }),
      path: "spec.rules[0]",
      witness: "namespace shop",
    },
    ...commonAllowExamples,
  ],
};
