/** Istio, "Installing the Sidecar", "Controlling the injection policy": the label goes before the annotation. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const key = "sidecar.istio.io/inject";
const witness = "a call in plaintext, and calls of the pod past every policy of the mesh";

export const MS27 = podRule({
  id: "MS27",
  sentence: "No pod leaves the mesh.",
  why: "Whoever writes the pod has taken it out of everything that the mesh checks, and nobody else was asked.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9", "CM-6"],
  fix: "Take sidecar.istio.io/inject, or istio.io/dataplane-mode: none, off the pod.",
  eachPod: ({ metadata }, report) => {
    const label = metadata.at("labels", key);
    const annotation = metadata.at("annotations", key);
    const ambient = metadata.at("labels", "istio.io/dataplane-mode");
    if (label.view.text() === "false") report(label, witness);
    if (label.view.text() === undefined && annotation.view.text() === "false") {
      report(annotation, witness);
    }
    if (ambient.view.text() === "none") report(ambient, witness);
  },
  examples: {
    violating: [{ says: "no sidecar", spec: withContainer({}), annotations: { [key]: "false" } }],
    clean: [{ says: "a sidecar", spec: withContainer({}), annotations: { [key]: "true" } }],
    bare: "pass",
  },
});
