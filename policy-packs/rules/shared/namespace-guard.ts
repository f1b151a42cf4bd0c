/** Rules by which a planned namespace needs a planned object that shuts it. */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { candidates, kubernetesTypes, objectName } from "../../lift/kubernetes.ts";
import { someOf } from "./some-of.ts";

/** A rule by what a namespace needs. */
export interface GuardRule
  extends Omit<Rule, "subjects" | "needs" | "check" | "examples" | "remedy"> {
  /** Type of the object that shuts namespaces. */
  readonly type: string;
  /** Namespaces that need one; all where there is no such condition. Throws `Undecided`. */
  readonly when?: (namespace: PlannedResource) => boolean;
  /** Whether the object shuts the namespace. Throws `Undecided`. */
  readonly shuts: (object: PlannedResource, namespace: string) => boolean;
  /** Namespaces whose objects hold for others too. */
  readonly elsewhere?: readonly string[];
  readonly witness: string;
  /** Labels of a namespace that needs one, for the examples. */
  readonly labels: Json;
  /** What the object says that shuts it, and what one says that does not. */
  readonly shut: Json;
  readonly open: Json;
  /** What the examples made of these do not show. */
  readonly more?: readonly Example[];
}

/**
 * The whole rule. It fails the namespace unless an object of its cluster shuts it. Several may; one
 * that is known to is enough, whatever the others are.
 */
export function guardRule(rule: GuardRule): Rule {
  const {
    type,
    when,
    shuts,
    elsewhere = [],
    witness,
    labels,
    shut,
    open,
    more = [],
    ...words
  } = rule;
  return {
    ...words,
    subjects: [kubernetesTypes.namespace],
    needs: "plan",
    check: (subject, judge, plan) => {
      if (when !== undefined && !when(subject)) {
        return judge.notApplicable("what the rule asks for does not concern this one");
      }
      const name = objectName(subject) ?? "";
      const found = [name, ...elsewhere].flatMap((one) =>
        candidates(plan, subject, [type], "namespace", one),
      );
      const objects = [...new Set(found)];
      if (someOf(judge, objects, (object) => shuts(object, name)) !== "no") return;
      judge.fail(subject.inputs.at("metadata", "name"), witness);
    },
    examples: [...guardExamples(type, labels, shut, open), ...more],
  };
}

/** A namespace with these labels. */
export function namespace(labels: Json, name: Json = "shop"): ExampleResource {
  const props = { metadata: { name, labels } };
  return { type: kubernetesTypes.namespace, name: "shop", props };
}

/** An object in the namespace `shop`, or another one. */
export function inNamespace(type: string, spec: Json, where: string = "shop"): ExampleResource {
  return { type, name: "shut", props: { metadata: { name: "shut", namespace: where }, spec } };
}

/** Examples of a guard: with it, without it, elsewhere, and not known. */
function guardExamples(type: string, labels: Json, shut: Json, open: Json): Example[] {
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
    {
      kind: "unknown",
      says: "its name is not known",
      expect: "unknown",
      resources: [namespace(labels, unknownHere)],
    },
    {
      kind: "absent",
      says: "its name is made at creation",
      expect: "fail",
      resources: [namespace(labels, null)],
    },
  ];
}
