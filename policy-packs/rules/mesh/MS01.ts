/** Istio, "PeerAuthentication": PERMISSIVE accepts plaintext beside mutual TLS. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";

const type = "kubernetes:security.istio.io/v1:PeerAuthentication";

export const MS01: Rule = {
  id: "MS01",
  sentence: "No namespace or workload accepts connections without mutual TLS (PERMISSIVE).",
  why: "Whoever reaches the pod's address calls it without an identity; policies on principals never see a caller.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9"],
  fix: "Set spec.mtls.mode to STRICT, or delete the PeerAuthentication so that the mesh-wide STRICT holds.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const mode = subject.inputs.at("spec", "mtls", "mode");
    if (mode.text() !== "PERMISSIVE") return;
    const namespace = subject.inputs.at("metadata", "namespace").text() ?? "default";
    const selector = subject.inputs.at("spec", "selector", "matchLabels");
    const whom = selector.state === "absent" ? "every workload" : "the selected workloads";
    judge.fail(mode, `a plaintext call without any identity to ${whom} of namespace ${namespace}`);
  },
  examples: [
    {
      kind: "violating",
      says: "PERMISSIVE in one namespace",
      expect: "fail",
      resources: [resource({ mtls: { mode: "PERMISSIVE" } })],
      path: "spec.mtls.mode",
      witness: "namespace payments",
    },
    {
      kind: "clean",
      says: "STRICT",
      expect: "pass",
      resources: [resource({ mtls: { mode: "STRICT" } })],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [resource({ mtls: { mode: unknownHere } })],
      path: "spec.mtls.mode",
    },
    {
      kind: "absent",
      says: "no mode: the one above holds",
      expect: "pass",
      resources: [resource({})],
    },
  ],
};

function resource(spec: Record<string, never> | { mtls: { mode: string } }) {
  return { type, name: "payments", props: { metadata: { namespace: "payments" }, spec } };
}
