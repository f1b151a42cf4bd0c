/** Istio, AuthorizationPolicy, `source`: fields of one source are all demanded, values of a field are not. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { addressesOf, isEverywhere } from "../../lift/address-set.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { commonAllowExamples, eachAllowRule, policyWith } from "../shared/authorization-rules.ts";

const narrow = ["serviceAccounts", "requestPrincipals"];
const blocks = ["ipBlocks", "remoteIpBlocks"];

export const MS08: Rule = {
  id: "MS08",
  sentence: "No rule admits every namespace or address.",
  why: "It reads like a list of callers and is none: one workload that is taken over, or anybody who reaches the port, may call.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "AC-6"],
  fix: "List the callers' principals, or the namespaces and ranges that are meant.",
  subjects: [kubernetesTypes.authorizationPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachAllowRule(subject, judge, (rule) => {
      for (const entry of entriesOf(rule.at("from"))) {
        judge.part(() => {
          const open = openPart(entry.at("source"));
          if (open !== undefined) judge.fail(open, "a call from any namespace or address");
        });
      }
    }),
  examples: [
    {
      kind: "violating",
      says: "every namespace",
      expect: "fail",
      resources: source({ namespaces: ["*"] }),
      path: "spec.rules[0].from[0].source.namespaces",
    },
    {
      kind: "violating",
      says: "every address in two halves",
      expect: "fail",
      resources: source({ ipBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
      path: "spec.rules[0].from[0].source.ipBlocks",
    },
    {
      kind: "clean",
      says: "every address, with a token",
      expect: "pass",
      resources: source({ ipBlocks: ["0.0.0.0/0"], requestPrincipals: ["issuer.example/*"] }),
    },
    ...commonAllowExamples,
  ],
};

/** The field that admits everybody, unless another one of the source narrows it. */
function openPart(source: View): View | undefined {
  if (narrow.some((field) => !isEmpty(source.at(field)))) return undefined;
  const star = (field: string) => entriesOf(source.at(field)).some((one) => one.text() === "*");
  const everywhere = (field: string) =>
    isEverywhere(entriesOf(source.at(field)).map(addressesOf).reduce<IntervalSet>(union, []));
  const parts = [
    { field: "principals", open: star },
    { field: "namespaces", open: star },
    ...blocks.map((field) => ({ field, open: everywhere })),
  ].filter(({ field }) => !isEmpty(source.at(field)));
  if (!parts.every(({ field, open }) => open(field))) return undefined;
  const named = parts.find(({ field }) => field !== "principals");
  return named === undefined ? undefined : source.at(named.field);
}

function source(fields: Json) {
  return policyWith({ rules: [{ from: [{ source: fields }] }] });
}
