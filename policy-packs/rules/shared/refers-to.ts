/** Which planned resources belong to another one, in one pass over the plan for all of them. */
import type { Judge, Place } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { canonicalType } from "../../kit/canonical-type.ts";
import { addTo } from "./per-plan.ts";
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

/** Whom one resource means, and what keeps the rest of it from being known. */
interface Meant {
  readonly urns: ReadonlySet<string>;
  readonly doubt: Undecided | undefined;
}

/** By URN who refers to it, and what each of those that may refer means. */
interface Referrers {
  readonly known: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly doubtful: readonly PlannedResource[];
  readonly meant: ReadonlyMap<PlannedResource, Meant>;
}

const indexes = new WeakMap<Plan, Map<Relation, Referrers>>();

function indexIn(plan: Plan, relation: Relation): Referrers {
  const ofPlan = indexes.get(plan) ?? new Map<Relation, Referrers>();
  indexes.set(plan, ofPlan);
  const index = ofPlan.get(relation) ?? indexOf(plan, relation);
  ofPlan.set(relation, index);
  return index;
}

/** All that refer to the subject, and after them those of whom it is not known. */
export function referrersOf(
  plan: Plan,
  subject: PlannedResource,
  relation: Relation,
): readonly PlannedResource[] {
  const { known, doubtful } = indexIn(plan, relation);
  const sure = known.get(subject.urn) ?? [];
  return [...sure, ...doubtful.filter((one) => !sure.includes(one))];
}

/** Exactly those that refer to the subject. Throws `Undecided` where another one may. */
export function sureReferrersOf(
  plan: Plan,
  subject: PlannedResource,
  relation: Relation,
): readonly PlannedResource[] {
  const { known, doubtful, meant } = indexIn(plan, relation);
  const [doubt] = doubtful.flatMap((one) => meant.get(one)?.doubt ?? []);
  if (doubt !== undefined) throw doubt;
  return known.get(subject.urn) ?? [];
}

/** Whether one of {@link referrersOf} does refer to the subject. Throws `Undecided` where it is not known. */
export function refersBy(
  plan: Plan,
  relation: Relation,
  referrer: PlannedResource,
  subject: PlannedResource,
): boolean {
  const meant = indexIn(plan, relation).meant.get(referrer);
  if (meant === undefined || meant.urns.has(subject.urn)) return meant !== undefined;
  if (meant.doubt !== undefined) throw meant.doubt;
  return false;
}

function indexOf(plan: Plan, relation: Relation): Referrers {
  const known = new Map<string, PlannedResource[]>();
  const doubtful: PlannedResource[] = [];
  const meant = new Map<PlannedResource, Meant>();
  const targets = new Set(plan.ofType(...[relation.to].flat()).map(({ urn }) => urn));
  for (const referrer of relation.from.flatMap((type) => plan.ofType(type))) {
    const one = meantBy(plan, relation, referrer, targets);
    meant.set(referrer, one);
    for (const urn of one.urns) addTo(known, urn, referrer);
    if (one.doubt !== undefined) doubtful.push(referrer);
  }
  return { known, doubtful, meant };
}

function meantBy(
  plan: Plan,
  { to, properties }: Relation,
  referrer: PlannedResource,
  targets: ReadonlySet<string>,
): Meant {
  const urns = new Set<string>();
  let doubt: Undecided | undefined;
  const settled = (body: () => void) => {
    try {
      body();
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt ??= error;
    }
  };
  settled(() => {
    for (const property of properties(referrer)) {
      settled(() => {
        if (leadsElsewhere(plan, property, targets)) return;
        const target = plan.follow(property, ...[to].flat());
        if (target.state === "resource") urns.add(target.resource.urn);
      });
    }
  });
  return { urns, doubt };
}

/** Makers of mere values, which may be a target's name as well. */
const valueMakers = /^(pulumi|random|command|tls|time):/;

/** What is not known and waits for resources of other kinds only is theirs. */
function leadsElsewhere(plan: Plan, property: View, targets: ReadonlySet<string>): boolean {
  if (property.state !== "unknown") return false;
  const waits = plan.waitsFor(property.urn, property.path);
  return (
    waits.length > 0 && !waits.some((urn) => targets.has(urn) || valueMakers.test(typeIn(urn)))
  );
}

/** Whether the property waits for the output of a planned resource of one of the types. */
export function waitsForOneOf(
  plan: Plan,
  property: View,
  types: readonly string[] | ((type: string) => boolean),
): boolean {
  const fits = typeof types === "function" ? types : (type: string) => types.includes(type);
  return plan.waitsFor(property.urn, property.path).some((urn) => fits(canonicalType(typeIn(urn))));
}

/** The type that a URN names, without its parents'. */
function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
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
