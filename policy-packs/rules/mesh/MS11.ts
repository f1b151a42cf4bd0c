/** Istio, AuthorizationPolicy, `action`: CUSTOM asks a provider, and AUDIT only marks requests. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { istioObject } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

const type = kubernetesTypes.authorizationPolicy;

export const MS11: Rule = {
  id: "MS11",
  sentence: "Custom actions have a provider, and audit is not all that guards a namespace.",
  why: "A policy that only records, or asks nobody, looks like a lock and lets everybody through.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3"],
  fix: "Name spec.provider, or plan an ALLOW policy beside the one that audits.",
  subjects: [type],
  needs: "plan",
  check: (subject, judge, plan) => {
    const spec = subject.inputs.at("spec");
    const action = spec.at("action");
    if (action.text() === "CUSTOM") {
      const provider = spec.at("provider", "name");
      if (provider.text() === undefined)
        judge.fail(provider, "a request about which nobody is asked");
      return;
    }
    if (action.text() !== "AUDIT") return;
    const where = [rootNamespace, namespaceOf(subject)];
    const guards = someOf(
      judge,
      sameCluster(plan, subject, type),
      (one) =>
        where.includes(namespaceOf(one)) && one.inputs.at("spec", "action").text() !== "AUDIT",
    );
    if (guards === "no") judge.fail(action, "any request, which is then on record");
  },
  examples: [
    {
      kind: "violating",
      says: "nobody to ask",
      expect: "fail",
      resources: [policy({ action: "CUSTOM", rules: [{}] })],
      path: "spec.provider.name",
    },
    {
      kind: "violating",
      says: "audit alone",
      expect: "fail",
      resources: [policy({ action: "AUDIT", rules: [{}] })],
      path: "spec.action",
    },
    {
      kind: "clean",
      says: "audit beside a guard",
      expect: "pass",
      resources: [policy({ action: "AUDIT", rules: [{}] }), { ...policy({}), name: "guard" }],
    },
    {
      kind: "unknown",
      says: "the action is not known",
      expect: "unknown",
      resources: [policy({ action: unknownHere })],
      path: "spec.action",
    },
    { kind: "absent", says: "no action: ALLOW", expect: "pass", resources: [policy({})] },
  ],
};

function policy(spec: Json) {
  return istioObject(type, spec);
}
