/** Istio: a workload that no ALLOW policy selects takes every call. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf } from "../../lift/kubernetes.ts";
import { inMesh } from "../shared/mesh-membership.ts";
import { guardExamples, judgeGuard, namespace } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.authorizationPolicy;

export const MS09: Rule = {
  id: "MS09",
  sentence: "Every namespace of the mesh denies what no policy allows.",
  why: "Istio allows every call to a workload that no ALLOW policy selects: a new one is open until somebody writes the first.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "SC-7"],
  fix: "Plan an AuthorizationPolicy with an empty spec in the namespace, or in the control plane's for the whole mesh.",
  subjects: [kubernetesTypes.namespace],
  needs: "plan",
  check: (subject, judge, plan) => {
    const labels = subject.inputs.at("metadata", "labels");
    if (!inMesh(labels)) return judge.notApplicable("the namespace is not in the mesh");
    judgeGuard(subject, judge, plan, {
      type,
      shuts: deniesAll,
      elsewhere: [rootNamespace],
      witness: "a call of any workload to one that no policy selects",
    });
  },
  examples: [
    ...guardExamples(type, { "istio-injection": "enabled" }, {}, { rules: [{}] }),
    {
      kind: "absent",
      says: "a namespace outside the mesh",
      expect: "not-applicable",
      resources: [namespace({})],
    },
  ],
};

/** An ALLOW policy for all workloads that matches no request. */
function deniesAll(policy: PlannedResource, namespace: string): boolean {
  if (![namespace, rootNamespace].includes(namespaceOf(policy))) return false;
  const spec = policy.inputs.at("spec");
  if (spec.state === "unknown") throw new Undecided(spec.urn, spec.path, "unknown");
  if ((spec.at("action").text() ?? "ALLOW") !== "ALLOW") return false;
  if (spec.at("selector", "matchLabels").keys().length > 0) return false;
  return isEmpty(spec.at("targetRefs")) && isEmpty(spec.at("rules"));
}
