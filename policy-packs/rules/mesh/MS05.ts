/** Istio, PeerAuthentication: a namespace's or workload's mode goes before the mesh's. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { istioObject } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

const type = kubernetesTypes.peerAuthentication;

export const MS05: Rule = {
  id: "MS05",
  sentence: "No namespace or workload is weaker than the mesh.",
  why: "Everybody reads the mesh's STRICT and believes it, while one namespace takes calls without an identity.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9", "CM-6"],
  fix: "Delete the namespace's PeerAuthentication, or set its mode to STRICT.",
  subjects: [type],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (isMeshWide(subject)) return judge.notApplicable("the mesh's own policy");
    const mode = subject.inputs.at("spec", "mtls", "mode");
    if (!["PERMISSIVE", "DISABLE"].includes(mode.text() ?? "UNSET")) return;
    const policies = sameCluster(plan, subject, type);
    const strict = (one: PlannedResource) =>
      isMeshWide(one) && one.inputs.at("spec", "mtls", "mode").text() === "STRICT";
    if (someOf(judge, policies, strict) === "yes") {
      judge.fail(mode, "a plaintext call that the mesh's policy seems to refuse");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "PERMISSIVE below STRICT",
      expect: "fail",
      resources: [authentication("PERMISSIVE"), authentication("STRICT", rootNamespace)],
      path: "spec.mtls.mode",
    },
    {
      kind: "clean",
      says: "as strict",
      expect: "pass",
      resources: [authentication("STRICT"), authentication("STRICT", rootNamespace)],
    },
    {
      kind: "unknown",
      says: "the mesh's mode is not known",
      expect: "unknown",
      resources: [authentication("PERMISSIVE"), authentication(unknownHere, rootNamespace)],
    },
    {
      kind: "absent",
      says: "the mesh's own policy",
      expect: "not-applicable",
      resources: [authentication("STRICT", rootNamespace)],
    },
  ],
};

function isMeshWide(policy: PlannedResource): boolean {
  if (namespaceOf(policy) !== rootNamespace) return false;
  return policy.inputs.at("spec", "selector", "matchLabels").keys().length === 0;
}

function authentication(mode: string, namespace: string = "shop") {
  return { ...istioObject(type, { mtls: { mode } }, namespace), name: namespace };
}
