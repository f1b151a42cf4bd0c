/** Which planned resources belong to another one, in one pass over the plan for all of them. */
import type { Judge, Place } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { canonicalType } from "../../kit/canonical-type.ts";
import { someOf } from "./some-of.ts";

/** Whether the property means the subject. Throws `Undecided` where that is not known. */
export function refersTo(plan: Plan, property: View, subject: PlannedResource): boolean {
  const target = plan.follow(property, subject.type);
  return target.state === "resource" && target.resource === subject;
}

/** A way in which resources of some types refer to others. */
export interface Relation {
  /** Canonical types of those that refer. */
  readonly from: readonly string[];
  /** Canonical type of what they refer to, or several. */
  readonly to: string | readonly string[];
  /** The properties by which they do. Throws `Undecided` where they cannot be found. */
  readonly properties: (referrer: PlannedResource) => readonly View[];
}

/** Whether the resource refers to the subject in that way. Throws `Undecided` where it is not known. */
export function refersBy(
  plan: Plan,
  { to, properties }: Relation,
  referrer: PlannedResource,
  subject: PlannedResource,
): boolean {
  return properties(referrer).some((property) => {
    const target = plan.follow(property, ...[to].flat());
    return target.state === "resource" && target.resource === subject;
  });
}

/** By URN who refers to it; and those of whom it is not known whom they mean. */
interface Referrers {
  readonly known: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly doubtful: readonly PlannedResource[];
}

const indexes = new WeakMap<Plan, Map<Relation, Referrers>>();

/** All that refer to the subject, and after them those of whom it is not known. */
export function referrersOf(
  plan: Plan,
  subject: PlannedResource,
  relation: Relation,
): readonly PlannedResource[] {
  const ofPlan = indexes.get(plan) ?? new Map<Relation, Referrers>();
  indexes.set(plan, ofPlan);
  const index = ofPlan.get(relation) ?? indexOf(plan, relation);
  ofPlan.set(relation, index);
  return [...(index.known.get(subject.urn) ?? []), ...index.doubtful];
}

function indexOf(plan: Plan, { from, to, properties }: Relation): Referrers {
  const known = new Map<string, PlannedResource[]>();
  const doubtful: PlannedResource[] = [];
  for (const referrer of from.flatMap((type) => plan.ofType(type))) {
    try {
      for (const property of properties(referrer)) {
        const target = plan.follow(property, ...[to].flat());
        if (target.state !== "resource") continue;
        const { urn } = target.resource;
        const list = known.get(urn);
        if (list === undefined) known.set(urn, [referrer]);
        else list.push(referrer);
      }
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubtful.push(referrer);
    }
  }
  return { known, doubtful };
}

/** Whether the property waits for the output of a planned resource of one of the types. */
export function waitsForOneOf(
  plan: Plan,
  property: View,
  types: readonly string[] | ((type: string) => boolean),
): boolean {
  const fits = typeof types === "function" ? types : (type: string) => types.includes(type);
  return plan
    .waitsFor(property.urn, property.path)
    .some((urn) => fits(canonicalType(urn.split("::")[2]?.split("$").at(-1) ?? "")));
}

/**
 * Whether there is a value at the path, be it known or not. An empty text is none. Throws
 * `Undecided` where what the path goes through is not known, or is no object.
 */
export function isGiven(inputs: View, ...path: readonly [string, ...string[]]): boolean {
  const around = inputs.at(...path.slice(0, -1));
  const property = inputs.at(...path);
  if (property.state === "unknown") {
    // Of what is unknown, or of another shape, there is no path further down: reading it says so.
    if (property.path === around.path) property.plain();
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
