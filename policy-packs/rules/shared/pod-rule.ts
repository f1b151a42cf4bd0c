/** Rules about what a pod or one of its containers may be. */
import type { Edit } from "../../../model/policy/remedy.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { PodExamples } from "./pod-examples.ts";
import { podExamples } from "./pod-examples.ts";
import type { Container, Pod } from "./pod-spec.ts";
import { eachContainerOf, podsOf, podTypes } from "./pod-spec.ts";
import type { Spot } from "./spot.ts";

/** A change that mends; undefined takes the property away. */
export interface Mend {
  readonly spot: Spot;
  readonly value: Json | undefined;
}

/** Tells of a fault, and what would mend it. */
export type Report = (at: Spot, witness: string, ...mends: readonly Mend[]) => void;

/** A rule by what it finds in pods and in containers. */
export interface PodRule
  extends Pick<
    Rule,
    "id" | "sentence" | "why" | "severity" | "level" | "tenets" | "controls" | "frameworks" | "fix"
  > {
  readonly eachPod?: (pod: Pod, report: Report) => void;
  readonly eachContainer?: (container: Container, pod: Pod, report: Report) => void;
  /** Whether what `report` was told mends can be done by itself. */
  readonly remedy?: "safe" | "opt-in";
  readonly examples: PodExamples;
}

/** The whole rule, for everything that makes pods. */
export function podRule(rule: PodRule): Rule {
  const { eachPod, eachContainer, examples, remedy, ...words } = rule;
  const walk = (subject: PlannedResource, judge: Pick<Judge, "part">, report: Report) => {
    for (const pod of podsOf(subject)) {
      const told = pod.patch ? spoken(report) : report;
      judge.part(() => eachPod?.(pod, told));
      if (eachContainer !== undefined) {
        eachContainerOf(pod, judge, (container) => eachContainer(container, pod, told));
      }
    }
  };
  const edits = (subject: PlannedResource) => {
    const found: Edit[] = [];
    walk(subject, { part: partIfKnown }, (_at, _witness, ...mends) =>
      found.push(...mends.map(({ spot, value }) => ({ path: spot.keys, value }))),
    );
    return found;
  };
  return {
    ...words,
    needs: "resource",
    subjects: podTypes,
    check: (subject, judge) => walk(subject, judge, (at, witness) => judge.fail(at.view, witness)),
    ...(remedy === undefined ? {} : { remedy: { kind: remedy, edits } }),
    examples: podExamples(examples),
  };
}

/** A patch leaves as it is what it does not say. */
function spoken(report: Report): Report {
  return (at, ...more) => {
    if (at.view.state !== "absent") report(at, ...more);
  };
}

/** What is not known is mended when it is. */
function partIfKnown(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
  }
}
