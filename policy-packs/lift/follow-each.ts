/** References in lists, of which an engine records only the whole list's dependencies. */
import type { Plan, Reference, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { settle } from "./uncertain.ts";

/**
 * To what the entries of one list refer. Where several are unknown and just as many resources are
 * recorded beside those that are known, all of these are meant, in whatever order. Throws
 * `Undecided` where that does not settle it.
 */
export function followEach(
  plan: Plan,
  entries: readonly View[],
  ...types: readonly string[]
): readonly Reference[] {
  const found = entries.map((entry) => settle(() => plan.follow(entry, ...types)));
  const known = found.flatMap((one) => (one instanceof Undecided ? [] : [one]));
  const open = found.find((one) => one instanceof Undecided);
  if (open === undefined) return known;
  const waits = new Set(entries.flatMap(({ urn, path }) => plan.waitsFor(urn, path)));
  const recorded = plan
    .ofType(...types)
    .filter(({ urn }) => waits.has(urn))
    .filter(
      (resource) => !known.some((one) => one.state === "resource" && one.resource === resource),
    );
  if (recorded.length !== found.length - known.length) throw open;
  return [...known, ...recorded.map((resource) => ({ state: "resource", resource }) as const)];
}

/** URNs of what the entries refer to, or the value of what is outside the plan. */
export function idsOfEach(
  plan: Plan,
  entries: readonly View[],
  ...types: readonly string[]
): readonly string[] {
  return followEach(plan, entries, ...types).flatMap((one) => {
    if (one.state === "absent") return [];
    return one.state === "resource" ? [one.resource.urn] : [one.value];
  });
}
