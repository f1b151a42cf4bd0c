/** Istio: a workload that no ALLOW policy selects takes every call; else what one of them allows. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf } from "../../lift/kubernetes.ts";
import { inMesh } from "../shared/mesh-membership.ts";
import { guardRule, inNamespace, namespace } from "../shared/namespace-guard.ts";

const type = kubernetesTypes.authorizationPolicy;
const labels = { "istio-injection": "enabled" };

export const MS09 = guardRule({
  id: "MS09",
  sentence: "Every namespace of the mesh denies what no policy allows.",
  why: "Istio allows every call to a workload that no ALLOW policy selects: a new one is open until somebody writes the first.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "SC-7"],
  fix: "Plan an AuthorizationPolicy with an empty spec in the namespace, or in the control plane's for the whole mesh.",
  type,
  when: ({ inputs }) => inMesh(inputs.at("metadata", "labels")),
  shuts: allowsNotAll,
  elsewhere: [rootNamespace],
  witness: "a call of any workload to one that no policy selects",
  labels,
  shut: {},
  open: { rules: [{}] },
  more: [
    {
      kind: "violating",
      says: "one workload of it",
      expect: "fail",
      resources: [
        namespace(labels),
        inNamespace(type, { selector: { matchLabels: { app: "a" } } }),
      ],
    },
    {
      kind: "clean",
      says: "every workload takes what comes from the namespace",
      expect: "pass",
      resources: [
        namespace(labels),
        inNamespace(type, { rules: [{ from: [{ source: { namespaces: ["shop"] } }] }] }),
      ],
    },
    {
      kind: "absent",
      says: "a namespace outside the mesh",
      expect: "not-applicable",
      resources: [namespace({})],
    },
  ],
});

/** An ALLOW policy for all workloads of which no rule matches every request. */
function allowsNotAll(policy: PlannedResource, namespace: string): boolean {
  if (![namespace, rootNamespace].includes(namespaceOf(policy))) return false;
  const spec = policy.inputs.at("spec");
  if (spec.state === "unknown") throw new Undecided(spec.urn, spec.path, "unknown");
  if ((spec.at("action").text() ?? "ALLOW") !== "ALLOW") return false;
  if (spec.at("selector", "matchLabels").keys().length > 0) return false;
  if (!isEmpty(spec.at("targetRefs"))) return false;
  return entriesOf(spec.at("rules")).every((rule) =>
    ["from", "to", "when"].some((part) => !isEmpty(rule.at(part))),
  );
}
