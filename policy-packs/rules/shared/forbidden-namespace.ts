/** Rules about a namespace in which nothing of one's own runs. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { targetNamespace } from "./object-namespace.ts";
import { objectsOf, podTypes } from "./pod-spec.ts";

/** What differs between such rules. */
interface ForbiddenNamespace
  extends Pick<Rule, "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "fix"> {
  readonly namespace: string;
  readonly witness: string;
}

/** Pods land in the namespace that they name, else in their provider's, else in `default`. */
export function forbiddenNamespaceRule({ namespace, witness, ...about }: ForbiddenNamespace): Rule {
  return {
    ...about,
    subjects: podTypes,
    needs: "plan",
    check: (subject, judge, plan) => {
      for (const { spot, patch } of objectsOf(subject)) {
        judge.part(() => {
          const metadata = spot.at("metadata");
          const at = metadata.at("namespace");
          if (patch && at.view.state === "absent") return;
          if (targetNamespace(metadata, subject, plan) !== namespace) return;
          judge.fail(at.view, witness);
        });
      }
    },
    examples: examplesOf(namespace),
  };
}

function examplesOf(namespace: string): Rule["examples"] {
  return [
    {
      kind: "violating",
      says: "by name",
      expect: "fail",
      resources: [deployment(namespace)],
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
          props: { items: [{ metadata: { name: "a", namespace: namespace } }] },
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
      expect: namespace === "default" ? "fail" : "pass",
      resources: [deployment(null)],
      ...(namespace === "default" ? { path: "metadata.namespace" } : {}),
    },
  ];
}

function deployment(namespace: Json): ExampleResource {
  const props = { metadata: { name: "app", namespace } };
  return { type: "kubernetes:apps/v1:Deployment", name: "app", props };
}

function provider(namespace: string): ExampleResource {
  return { type: "pulumi:providers:kubernetes", name: "cluster", props: { namespace } };
}
