/** ALLOW rules that any identity, or none, satisfies. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf } from "../../lift/kubernetes.ts";
import { commonAllowExamples, eachAllowRule, policyWith } from "../shared/authorization-rules.ts";

export const MS07: Rule = {
  id: "MS07",
  sentence: "Every rule of an AuthorizationPolicy that allows says which callers.",
  why: "Without from, or with the principal *, every workload of the mesh may call; one that is taken over reaches all.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "AC-6", "IA-9"],
  fix: "List the callers' principals, TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT, under from.source.principals.",
  subjects: [kubernetesTypes.authorizationPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachAllowRule(subject, judge, (rule) => {
      const from = rule.at("from");
      const whom = `namespace ${namespaceOf(subject)}`;
      if (isEmpty(from)) return judge.fail(rule, `a call of any workload to ${whom}`);
      for (const entry of entriesOf(from)) {
        judge.part(() => {
          const open = openSource(entry.at("source"));
          if (open !== undefined) judge.fail(open, `a call of any workload to ${whom}`);
        });
      }
    }),
  examples: [
    {
      kind: "violating",
      says: "a port for everybody",
      expect: "fail",
      resources: policyWith({ rules: [{ to: [{ operation: { ports: ["8080"] } }] }] }),
      path: "spec.rules[0]",
      witness: "namespace shop",
    },
    {
      kind: "violating",
      says: "the principal *",
      expect: "fail",
      resources: policyWith({ rules: [{ from: [{ source: { principals: ["*"] } }] }] }),
      path: "spec.rules[0].from[0].source.principals[0]",
    },
    ...commonAllowExamples,
  ],
};

/** Fields of a source are all demanded, so one real demand is enough. */
function openSource(source: View): View | undefined {
  const demands = [
    "serviceAccounts",
    "namespaces",
    "ipBlocks",
    "remoteIpBlocks",
    "requestPrincipals",
  ];
  const principals = entriesOf(source.at("principals"));
  const star = principals.find((principal) => principal.text() === "*");
  const others = demands.some((field) => !isEmpty(source.at(field)));
  if (others) return undefined;
  if (star !== undefined) return star;
  return principals.length === 0 ? source : undefined;
}
