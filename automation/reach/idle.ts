/** Rules that somebody wrote and that do nothing, each once, however many stages hold it. */
import type { Origin, Plane, Rule, Topology } from "../../model/network/topology.ts";
import { originText } from "../../model/policy/gap.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { IdleRule } from "../../model/reach/idle-rules.ts";
import { idleRules } from "../../model/reach/idle-rules.ts";
import { computeReach } from "../../model/reach/reach.ts";

/** A rule without which every packet fares the same. */
export interface IdleEntry {
  readonly rule: Origin;
  readonly plane: Plane;
  readonly why: IdleRule["why"];
  /** In whose favour, in words: other rules, or the plane's default. */
  readonly by: readonly string[];
}

/** All of them may be removed together. Routes are left out: they are there for what comes later. */
export function idleEntries(topology: Topology, plan: Plan | undefined): IdleEntry[] {
  const found = idleRules(computeReach(topology), writtenIn(plan));
  const idle = found.filter(({ stage }) => stage.plane !== "route");
  const idleByKey = Map.groupBy(idle, ({ rule }) => keyOf(rule.origin));
  const all = rulesInForce(topology);
  return [...idleByKey.values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    // What does nothing in one stage may do something in another.
    if (entries.length < (all.get(keyOf(first.rule.origin)) ?? 0)) return [];
    const { stage, rule, why } = entries.find((one) => one.why !== "nobody") ?? first;
    return [{ rule: rule.origin, plane: stage.plane, why, by: favoured(entries) }];
  });
}

function favoured(entries: readonly IdleRule[]): string[] {
  const all = entries.flatMap(({ by, otherwise }) => [
    ...by.map(({ origin }) => originText(origin)),
    ...(otherwise === undefined ? [] : [otherwise]),
  ]);
  return [...new Set(all)];
}

/** How often each rule stands in a stage that guards anybody. */
function rulesInForce({ endpoints, stages }: Topology): Map<string, number> {
  const used = new Set(endpoints.flatMap((endpoint) => endpoint.stages));
  const counts = new Map<string, number>();
  for (const { id, tiers, plane } of stages) {
    if (!used.has(id) || plane === "route") continue;
    for (const { origin } of tiers.flatMap((tier) => tier.rules)) {
      counts.set(keyOf(origin), (counts.get(keyOf(origin)) ?? 0) + 1);
    }
  }
  return counts;
}

function keyOf({ urn, path }: Origin): string {
  return `${urn}\n${path}`;
}

/** Rules that a cloud adds of itself are nowhere in the plan, and nobody can remove them. */
function writtenIn(plan: Plan | undefined): (rule: Rule) => boolean {
  if (plan === undefined) return () => true;
  const resources = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  return ({ origin }) => {
    const [top = ""] = origin.path.split(/[.[]/);
    const resource = resources.get(origin.urn);
    return resource !== undefined && (top === "" || resource.inputs.at(top).state !== "absent");
  };
}
