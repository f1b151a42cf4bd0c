/** Istio, PeerAuthentication: without a mesh-wide policy the mode is PERMISSIVE. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { chartOf } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

export const MS04: Rule = {
  id: "MS04",
  sentence: "Where a control plane of Istio is installed, mutual TLS is STRICT for the whole mesh.",
  why: "Istio's default is PERMISSIVE: every workload that nobody thought of takes plaintext without an identity.",
  severity: "critical",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9"],
  fix: "Plan a PeerAuthentication named default in the control plane's namespace with spec.mtls.mode STRICT and no selector.",
  subjects: [kubernetesTypes.release],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (chartOf(subject) !== "istiod") return judge.notApplicable("not a control plane of Istio");
    const root = subject.inputs.at("namespace").text() ?? "default";
    const policies = sameCluster(plan, subject, kubernetesTypes.peerAuthentication);
    if (someOf(judge, policies, (policy) => isMeshWide(policy, root)) !== "no") return;
    const witness = "a plaintext call to a namespace without a policy of its own";
    judge.fail(subject.inputs.at("namespace"), witness);
  },
  examples: [
    {
      kind: "violating",
      says: "no policy in the root namespace",
      expect: "fail",
      resources: [istiod(), policy("shop", "STRICT")],
      path: "namespace",
    },
    {
      kind: "clean",
      says: "STRICT in the root namespace",
      expect: "pass",
      resources: [istiod(), policy("istio-system", "STRICT")],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [istiod(), policy("istio-system", unknownHere)],
      path: "spec.mtls.mode",
    },
    {
      kind: "absent",
      says: "another chart",
      expect: "not-applicable",
      resources: [{ type: kubernetesTypes.release, name: "dns", props: { chart: "external-dns" } }],
    },
  ],
};

function isMeshWide(policy: PlannedResource, root: string): boolean {
  if (namespaceOf(policy) !== root) return false;
  if (policy.inputs.at("spec", "selector", "matchLabels").keys().length > 0) return false;
  return policy.inputs.at("spec", "mtls", "mode").text() === "STRICT";
}

function istiod() {
  const props = { chart: "istiod", namespace: "istio-system" };
  return { type: kubernetesTypes.release, name: "istiod", props };
}

function policy(namespace: string, mode: Json) {
  const props = { metadata: { name: "default", namespace }, spec: { mtls: { mode } } };
  return { type: kubernetesTypes.peerAuthentication, name: namespace, props };
}
