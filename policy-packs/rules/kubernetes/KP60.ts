/** Kubernetes, "Namespaces": kube-system is for objects that the Kubernetes system makes. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { targetNamespace } from "../shared/object-namespace.ts";
import { objectsOf, podTypes } from "../shared/pod-spec.ts";

export const KP60: Rule = {
  id: "KP60",
  sentence: "Nothing of ours runs in kube-system.",
  why: "Policies and admission spare that namespace, and its accounts are the strongest: whoever breaks into a pod there has the cluster.",
  severity: "low",
  tenets: ["T2", "T5"],
  controls: ["AC-4", "CM-6", "SC-7"],
  fix: "Set metadata.namespace to a namespace of the application's own.",
  subjects: podTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const { spot, patch } of objectsOf(subject)) {
      judge.part(() => {
        const metadata = spot.at("metadata");
        const at = metadata.at("namespace");
        if (patch && at.view.state === "absent") return;
        if (targetNamespace(metadata, subject, plan) !== "kube-system") return;
        judge.fail(at.view, "a request with the token of a controller of the system");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "by name",
      expect: "fail",
      resources: [deployment("kube-system")],
      path: "metadata.namespace",
    },
    {
      kind: "violating",
      says: "in a list",
      expect: "fail",
      resources: [
        {
          type: "kubernetes:core/v1:PodList",
          name: "pods",
          props: { items: [{ metadata: { name: "a", namespace: "kube-system" } }] },
        },
      ],
      path: "items[0].metadata.namespace",
    },
    { kind: "clean", says: "its own", expect: "pass", resources: [deployment("shop")] },
    {
      kind: "clean",
      says: "its provider's",
      expect: "pass",
      resources: [{ ...deployment(null), provider: "cluster" }, provider("shop")],
    },
    {
      kind: "unknown",
      says: "it is not known",
      expect: "unknown",
      resources: [deployment(unknownHere)],
      path: "metadata.namespace",
    },
    {
      kind: "absent",
      says: "none, and none of its provider",
      expect: "pass",
      resources: [deployment(null)],
    },
  ],
};

function deployment(namespace: Json): ExampleResource {
  const props = { metadata: { name: "app", namespace } };
  return { type: "kubernetes:apps/v1:Deployment", name: "app", props };
}

function provider(namespace: string): ExampleResource {
  return { type: "pulumi:providers:kubernetes", name: "cluster", props: { namespace } };
}
