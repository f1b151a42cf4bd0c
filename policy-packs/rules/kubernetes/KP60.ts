/** Kubernetes, "Namespaces": kube-system is for objects that the Kubernetes system makes. */
import { forbiddenNamespaceRule } from "../shared/forbidden-namespace.ts";

export const KP60 = forbiddenNamespaceRule({
  id: "KP60",
  sentence: "Nothing of ours runs in kube-system.",
  why: "Policies and admission spare that namespace, and its accounts are the strongest: whoever breaks into a pod there has the cluster.",
  severity: "low",
  tenets: ["T2", "T5"],
  controls: ["AC-4", "CM-6", "SC-7"],
  fix: "Set metadata.namespace to a namespace of the application's own.",
  namespace: "kube-system",
  witness: "a request with the token of a controller of the system",
});
