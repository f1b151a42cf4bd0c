/** Who refers to whom, read once for a plan, so that rules over many resources stay linear. */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { perPlan } from "./per-plan.ts";

/** One kind of reference. */
interface ReferenceKind {
  /** Types of those that refer. */
  readonly from: readonly string[];
  /** Types of what they refer to. */
  readonly to: readonly string[];
  /** The properties by which they do; may throw `Undecided`. */
  readonly by: (inputs: View) => readonly View[];
}

/** What a plan says about one kind. */
export interface Referrers {
  readonly of: (target: PlannedResource) => readonly PlannedResource[];
  /** References of which nobody knows yet to whom they lead. */
  readonly doubts: readonly Undecided[];
}

/** Those that refer to each resource, in the order planned. */
export function referrers(kind: ReferenceKind): (plan: Plan) => Referrers {
  return perPlan((plan) => read(plan, kind));
}

/** Those that refer to one. Throws `Undecided` where a reference may lead there. */
export function referrersOf(
  { of, doubts }: Referrers,
  target: PlannedResource,
): readonly PlannedResource[] {
  const [doubt] = doubts;
  if (doubt !== undefined) throw doubt;
  return of(target);
}

function read(plan: Plan, kind: ReferenceKind): Referrers {
  const byTarget = new Map<string, Set<PlannedResource>>();
  const doubts: Undecided[] = [];
  const targets = new Set(plan.ofType(...kind.to).map(({ urn }) => urn));
  for (const resource of targets.size === 0 ? [] : plan.ofType(...kind.from)) {
    settled(doubts, () => kind.by(resource.inputs)).forEach((property) => {
      settled(doubts, () => targetsOf(plan, kind, property, targets)).forEach((urn) => {
        byTarget.set(urn, (byTarget.get(urn) ?? new Set()).add(resource));
      });
    });
  }
  return { of: ({ urn }) => [...(byTarget.get(urn) ?? [])], doubts };
}

function targetsOf(
  plan: Plan,
  kind: ReferenceKind,
  property: View,
  targets: ReadonlySet<string>,
): readonly string[] {
  const waits = plan.waitsFor(property.urn, property.path);
  // What waits for others only is theirs.
  const elsewhere = waits.length > 0 && !waits.some((urn) => targets.has(urn));
  if (property.state === "unknown" && elsewhere) return [];
  const target = plan.follow(property, ...kind.to);
  return target.state === "resource" ? [target.resource.urn] : [];
}

function settled<T>(doubts: Undecided[], body: () => readonly T[]): readonly T[] {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    doubts.push(error);
    return [];
  }
}
