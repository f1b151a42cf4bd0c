/** Kubernetes, "Dynamic Admission Control": `Ignore` admits what the webhook was not asked about. */
import { demandRule } from "../shared/flag-rule.ts";

const group = "kubernetes:admissionregistration.k8s.io/v1";

function failClosed(path: readonly [string, ...string[]]) {
  return [
    {
      path,
      holds: (value: string | undefined) => value !== "Ignore",
      witness: "an object that is made while the webhook does not answer",
      good: "Fail",
      bad: "Ignore",
    },
  ];
}

export const KN09 = demandRule({
  id: "KN09",
  sentence: "Webhooks and policies of admission fail closed.",
  why: "Whoever makes the webhook too busy to answer, or waits until it is, is past it.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["CM-5", "SC-24", "AC-3"],
  fix: "Set failurePolicy to Fail; leave out by namespaceSelector what the webhook itself needs.",
  demands: {
    [`${group}:ValidatingWebhookConfiguration`]: failClosed(["webhooks", "*", "failurePolicy"]),
    [`${group}:MutatingWebhookConfiguration`]: failClosed(["webhooks", "*", "failurePolicy"]),
    [`${group}:ValidatingAdmissionPolicy`]: failClosed(["spec", "failurePolicy"]),
  },
  // While the webhook is down nothing can be made that it asks about.
  remedy: "opt-in",
});
