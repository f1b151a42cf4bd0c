/** Kubernetes, "Enforce Pod Security Standards with namespace labels". */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { alone } from "../shared/alone.ts";

const label = "pod-security.kubernetes.io/enforce";
const levels = ["privileged", "baseline", "restricted"];

export const KN08: Rule = {
  id: "KN08",
  sentence: "Every namespace says which pods it admits.",
  why: "Without an enforced standard anybody who may create a pod may create a privileged one, and with it owns the node.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-6", "CM-7", "AC-6"],
  fix: `Label the namespace ${label} with restricted; baseline or privileged only where its pods need it.`,
  // Pods that are more than baseline are not made any more.
  remedy: {
    kind: "opt-in",
    edits: () => [{ path: ["metadata", "labels", label], value: "baseline" }],
  },
  subjects: [kubernetesTypes.namespace],
  needs: "resource",
  check: (subject, judge) => {
    const view = subject.inputs.at("metadata", "labels", label);
    if (!levels.includes(view.text() ?? "")) judge.fail(view, "a privileged pod is admitted");
  },
  examples: [
    {
      kind: "violating",
      says: "a misspelt level",
      expect: "fail",
      resources: withLabels({ [label]: "strict" }),
      path: `metadata.labels["${label}"]`,
    },
    {
      kind: "clean",
      says: "restricted",
      expect: "pass",
      resources: withLabels({ [label]: "restricted" }),
    },
    {
      kind: "unknown",
      says: "the labels are not known",
      expect: "unknown",
      resources: withLabels(unknownHere),
      path: "metadata.labels",
    },
    { kind: "absent", says: "no label", expect: "fail", resources: withLabels({}) },
  ],
};

function withLabels(labels: Json) {
  return alone(kubernetesTypes.namespace, { metadata: { name: "shop", labels } });
}
