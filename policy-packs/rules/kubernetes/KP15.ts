/** Kubernetes, "Namespaces": what names none goes into `default`, unless its provider says another. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { targetNamespace } from "../shared/object-namespace.ts";
import { objectsOf, podTypes } from "../shared/pod-spec.ts";

export const KP15: Rule = {
  id: "KP15",
  sentence: "Nothing runs in the default namespace.",
  why: "Policies and rights are cut by namespace; in the one for everything that nobody placed, every neighbour is a stranger.",
  severity: "medium",
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
        if (targetNamespace(metadata, subject, plan) !== "default") return;
        judge.fail(at.view, "a call of any other workload that was placed nowhere");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "by name",
      expect: "fail",
      resources: [deployment("default")],
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
          props: { items: [{ metadata: { name: "a", namespace: "default" } }] },
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
      expect: "fail",
      resources: [deployment(null)],
      path: "metadata.namespace",
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
