/**
 * Istio, "Security best practices": mutual TLS, authorization and NetworkPolicies each stop what the
 * others cannot. What each is, is said by the rules about them.
 */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource } from "../../../model/policy/view.ts";
import { kubernetesTypes, namespaceOf, objectName, sameCluster } from "../../lift/kubernetes.ts";
import { KN01 } from "../kubernetes/KN01.ts";
import { MS09 } from "../mesh/MS09.ts";
import { namespace } from "../shared/namespace-guard.ts";
import { someOf } from "../shared/some-of.ts";

const { authorizationPolicy, networkPolicy, peerAuthentication } = kubernetesTypes;
const inMesh = { "istio-injection": "enabled" };

export const X16: Rule = {
  id: "X16",
  sentence:
    "A namespace of the mesh has all three: STRICT mutual TLS, authorization that denies by default, and NetworkPolicies that do.",
  why: "Without one of them the others are walked around: plaintext past identities, calls past TLS, packets past the sidecar.",
  severity: "high",
  tenets: ["T2", "T4", "T6"],
  controls: ["SC-8", "AC-3", "SC-7"],
  fix: "Plan what the witness names: a STRICT PeerAuthentication, an AuthorizationPolicy with an empty spec, a NetworkPolicy that selects all pods and allows nothing.",
  subjects: [kubernetesTypes.namespace],
  needs: "plan",
  check: (subject, judge, plan) => {
    const lacks: string[] = [];
    let outside = false;
    const asking = (what: string): Judge => ({
      ...judge,
      fail: () => lacks.push(what),
      notApplicable: () => {
        outside = true;
      },
    });
    MS09.check(subject, asking("authorization that denies by default"), plan);
    if (outside) return judge.notApplicable("the namespace is not in the mesh");
    judge.part(() => KN01.check(subject, asking("a NetworkPolicy that denies by default"), plan));
    judge.part(() => {
      if (isStrict(subject, judge, plan) === "no") lacks.push("STRICT mutual TLS");
    });
    if (lacks.length > 0) {
      judge.fail(subject.inputs.at("metadata", "name"), `lacks ${lacks.join(" and ")}`);
    }
  },
  examples: [
    {
      kind: "violating",
      says: "no NetworkPolicy",
      expect: "fail",
      resources: [namespace(inMesh), strict(), denyCalls()],
      witness: "lacks a NetworkPolicy",
    },
    {
      kind: "violating",
      says: "PERMISSIVE, and nothing denied",
      expect: "fail",
      resources: [namespace(inMesh), strict("PERMISSIVE"), denyPackets()],
      witness: "authorization that denies by default and STRICT mutual TLS",
    },
    {
      kind: "clean",
      says: "all three",
      expect: "pass",
      resources: [namespace(inMesh), strict(), denyCalls(), denyPackets()],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [namespace(inMesh), strict(unknownHere), denyCalls(), denyPackets()],
      path: "spec.mtls.mode",
    },
    {
      kind: "absent",
      says: "a namespace outside the mesh",
      expect: "not-applicable",
      resources: [namespace({})],
    },
  ],
};

/** A policy without selector, of the namespace or of the whole mesh. */
function isStrict(subject: PlannedResource, judge: Judge, plan: Plan): "yes" | "no" | "open" {
  const name = objectName(subject) ?? "";
  return someOf(judge, sameCluster(plan, subject, peerAuthentication), (policy) => {
    if (![name, rootNamespace].includes(namespaceOf(policy))) return false;
    const spec = policy.inputs.at("spec");
    if (spec.at("selector", "matchLabels").keys().length > 0) return false;
    return spec.at("mtls", "mode").text() === "STRICT";
  });
}

function object(type: string, spec: Json, where = "shop"): ExampleResource {
  return {
    type,
    name: `${where}-${type}`,
    props: { metadata: { name: "default", namespace: where }, spec },
  };
}

function strict(mode: string = "STRICT"): ExampleResource {
  return object(peerAuthentication, { mtls: { mode } }, rootNamespace);
}

function denyCalls(): ExampleResource {
  return object(authorizationPolicy, {});
}

function denyPackets(): ExampleResource {
  return object(networkPolicy, { podSelector: {}, policyTypes: ["Ingress"] });
}
