/** Kubernetes, "Namespaces": what names none goes into `default`, unless its provider says another. */
import { forbiddenNamespaceRule } from "../shared/forbidden-namespace.ts";

export const KP15 = forbiddenNamespaceRule({
  id: "KP15",
  sentence: "Nothing runs in the default namespace.",
  why: "Policies and rights are cut by namespace; in the one for everything that nobody placed, every neighbour is a stranger.",
  severity: "medium",
  tenets: ["T2", "T5"],
  controls: ["AC-4", "CM-6", "SC-7"],
  fix: "Set metadata.namespace to a namespace of the application's own.",
  namespace: "default",
  witness: "a call of any other workload that was placed nowhere",
});
