/** Rules by which a planned namespace needs a planned object that shuts it. */
import type { Example, ExampleResource, Judge } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource } from "../../../model/policy/view.ts";
import { candidates, kubernetesTypes, objectName } from "../../lift/kubernetes.ts";
import { someOf } from "./some-of.ts";

/** What a namespace needs. */
export interface Guard {
  /** Type of the object that shuts namespaces. */
  readonly type: string;
  /** Whether the object shuts the namespace. Throws `Undecided`. */
  readonly shuts: (object: PlannedResource, namespace: string) => boolean;
  readonly witness: string;
  /** Namespaces whose objects hold for others too. */
  readonly elsewhere?: readonly string[];
}

/**
 * Fails the namespace unless an object of its cluster shuts it. Several may; one that is known to
 * is enough, whatever the others are.
 */
export function judgeGuard(subject: PlannedResource, judge: Judge, plan: Plan, guard: Guard): void {
  const name = objectName(subject) ?? "";
  const places = [name, ...(guard.elsewhere ?? [])];
  const found = places.flatMap((one) => candidates(plan, subject, [guard.type], "namespace", one));
  const objects = [...new Set(found)];
  const shut = someOf(judge, objects, (object) => guard.shuts(object, name));
  if (shut === "no") judge.fail(subject.inputs.at("metadata", "name"), guard.witness);
}

/** A namespace with these labels. */
export function namespace(labels: Json): ExampleResource {
  const props = { metadata: { name: "shop", labels } };
  return { type: kubernetesTypes.namespace, name: "shop", props };
}

/** An object in the namespace `shop`, or another one. */
export function inNamespace(type: string, spec: Json, where: string = "shop"): ExampleResource {
  return { type, name: "shut", props: { metadata: { name: "shut", namespace: where }, spec } };
}

/** Examples of a guard: with it, without it, elsewhere, and not known. */
export function guardExamples(type: string, labels: Json, shut: Json, open: Json): Example[] {
  return [
    {
      kind: "violating",
      says: "nothing shuts the namespace",
      expect: "fail",
      resources: [namespace(labels)],
      path: "metadata.name",
    },
    {
      kind: "violating",
      says: "another namespace is shut, and something else stands in this one",
      expect: "fail",
      resources: [
        namespace(labels),
        inNamespace(type, shut, "other"),
        { ...inNamespace(type, open), name: "open" },
      ],
    },
    {
      kind: "clean",
      says: "it is shut",
      expect: "pass",
      resources: [namespace(labels), inNamespace(type, shut)],
    },
    {
      kind: "unknown",
      says: "what stands in it is not known",
      expect: "unknown",
      resources: [namespace(labels), inNamespace(type, unknownHere)],
      path: "spec",
    },
  ];
}
