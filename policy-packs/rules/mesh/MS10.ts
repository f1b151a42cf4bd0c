/** Istio, "Security Best Practices", "Use ALLOW-with-positive-matching": paths can be written in many ways. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { commonAllowExamples, eachAllowRule, policyWith } from "../shared/authorization-rules.ts";

const pairs = [
  ["notPaths", "paths"],
  ["notMethods", "methods"],
  ["notHosts", "hosts"],
] as const;

export const MS10: Rule = {
  id: "MS10",
  sentence: "No rule that allows rests on excluded paths, methods or hosts alone.",
  why: "What is excluded as /admin is let through as /%61dmin, or by a method that nobody thought of.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "SI-10"],
  fix: "List the paths and methods that are allowed, or write the exclusion as a DENY policy.",
  subjects: [kubernetesTypes.authorizationPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachAllowRule(subject, judge, (rule) => {
      for (const entry of entriesOf(rule.at("to"))) {
        for (const [excluded, listed] of pairs) {
          judge.part(() => {
            const at = entry.at("operation", excluded);
            if (isEmpty(at) || !isEmpty(entry.at("operation", listed))) return;
            judge.fail(at, "the same request in another spelling");
          });
        }
      }
    }),
  examples: [
    {
      kind: "violating",
      says: "all but one path",
      expect: "fail",
      resources: operation({ notPaths: ["/admin*"] }),
      path: "spec.rules[0].to[0].operation.notPaths",
    },
    {
      kind: "clean",
      says: "a part of what is listed",
      expect: "pass",
      resources: operation({ paths: ["/shop/*"], notPaths: ["/shop/admin*"] }),
    },
    ...commonAllowExamples,
  ],
};

function operation(fields: Json) {
  return policyWith({ rules: [{ to: [{ operation: fields }] }] });
}
