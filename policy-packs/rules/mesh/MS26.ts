/** Istio, "Installing the Sidecar" and "Add workloads to an ambient mesh". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes, objectName, sameCluster } from "../../lift/kubernetes.ts";
import { chartOf, controlPlane } from "../shared/istio-objects.ts";
import { inMesh } from "../shared/mesh-membership.ts";
import { someOf } from "../shared/some-of.ts";

/** What the mesh itself runs on cannot be in it. */
const meshCharts = ["base", "istiod", "cni", "ztunnel"];

export const MS26: Rule = {
  id: "MS26",
  sentence: "Where a mesh is installed, every namespace is in it.",
  why: "Pods outside have no identity: nobody can admit them by name, and they take calls in plaintext from everywhere.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-8", "IA-9", "CM-6"],
  fix: "Label the namespace istio-injection: enabled, or istio.io/dataplane-mode: ambient.",
  subjects: [kubernetesTypes.namespace],
  needs: "plan",
  check: (subject, judge, plan) => {
    const releases = sameCluster(plan, subject, kubernetesTypes.release);
    const installed = someOf(judge, releases, (one) => chartOf(one) === "istiod");
    if (installed !== "yes") return judge.notApplicable("no mesh is planned here");
    const labels = subject.inputs.at("metadata", "labels");
    if (inMesh(labels)) return;
    const name = objectName(subject);
    const ofTheMesh = someOf(
      judge,
      releases,
      (one) => meshCharts.includes(chartOf(one)) && one.inputs.at("namespace").text() === name,
    );
    if (ofTheMesh !== "no") return judge.notApplicable("what the mesh itself runs on");
    judge.fail(labels, "a plaintext call to any pod of the namespace");
  },
  examples: [
    {
      kind: "violating",
      says: "no label",
      expect: "fail",
      resources: [namespace("shop", {}), controlPlane({})],
      path: "metadata.labels",
    },
    {
      kind: "violating",
      says: "taken out",
      expect: "fail",
      resources: [namespace("shop", { "istio-injection": "disabled" }), controlPlane({})],
    },
    {
      kind: "clean",
      says: "sidecars",
      expect: "pass",
      resources: [namespace("shop", { "istio-injection": "enabled" }), controlPlane({})],
    },
    {
      kind: "clean",
      says: "ambient",
      expect: "pass",
      resources: [namespace("shop", { "istio.io/dataplane-mode": "ambient" }), controlPlane({})],
    },
    {
      kind: "clean",
      says: "the control plane's own",
      expect: "not-applicable",
      resources: [namespace("istio-system", {}), controlPlane({})],
    },
    {
      kind: "unknown",
      says: "the labels are not known",
      expect: "unknown",
      resources: [namespace("shop", unknownHere), controlPlane({})],
      path: "metadata.labels",
    },
    {
      kind: "absent",
      says: "no mesh",
      expect: "not-applicable",
      resources: [namespace("shop", {})],
    },
  ],
};

function namespace(name: string, labels: Json): ExampleResource {
  return { type: kubernetesTypes.namespace, name, props: { metadata: { name, labels } } };
}
