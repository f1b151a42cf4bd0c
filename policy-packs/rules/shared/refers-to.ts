/** Which planned resources belong to another one. */
import type { Judge, Place } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { someOf } from "./some-of.ts";

/** Whether the property means the subject. Throws `Undecided` where that is not known. */
export function refersTo(plan: Plan, property: View, subject: PlannedResource): boolean {
  const target = plan.follow(property, subject.type);
  return target.state === "resource" && target.resource === subject;
}

/**
 * Whether there is a value at the path, be it known or not. An empty text is none. Throws
 * `Undecided` where what the path goes through is not known.
 */
export function isGiven(inputs: View, ...path: readonly [string, ...string[]]): boolean {
  const around = inputs.at(...path.slice(0, -1));
  const property = inputs.at(...path);
  if (property.state === "unknown") {
    if (around.state === "unknown") throw new Undecided(around.urn, around.path, "unknown");
    return true;
  }
  return property.state === "known" && property.text() !== "";
}

/** Whether two resources lie in the same account and region, as far as the plan says. */
export function sameRegion(one: PlannedResource, other: PlannedResource): boolean {
  if (one.provider !== other.provider) return false;
  return one.inputs.at("region").text() === other.inputs.at("region").text();
}

/** An answer whose doubts are told only where they matter. */
export interface Answer {
  readonly is: "yes" | "no" | "open";
  readonly doubts: readonly Place[];
}

/** {@link someOf} without telling anybody yet. */
export function quietly(
  judge: Judge,
  candidates: readonly PlannedResource[],
  test: (candidate: PlannedResource) => boolean,
): Answer {
  const doubts: Place[] = [];
  const is = someOf({ ...judge, open: (at) => doubts.push(at) }, candidates, test);
  return { is, doubts };
}

/** Says what an answer waits for. */
export function tellDoubts(judge: Judge, ...answers: readonly Answer[]): void {
  for (const place of answers.flatMap(({ doubts }) => doubts)) judge.open(place);
}
