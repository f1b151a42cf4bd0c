/**
 * A planned network against what was meant: every packet that passes and should not (`extra`), that
 * should pass and does not (`missing`), and that passes while its reply does not come back
 * (`reply-blocked`). Nothing found and nothing unknown is a proof.
 */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import type { Stage, Topology, UnknownInput } from "../network/topology.ts";
import { emptyTopology } from "../network/topology.ts";
import type { Gathered } from "./differences.ts";
import { Gathering } from "./differences.ts";
import type { Block } from "./ends.ts";
import { judge } from "./judge.ts";
import { comparePairs, type DifferenceKind } from "./pairs.ts";
import type { Reach, Selection } from "./reach.ts";
import { guardedBy, reachIn, withStage } from "./reach.ts";
import type { Side } from "./side.ts";
import { sideOf } from "./side.ts";
import { universeOf } from "./universe.ts";
import type { Witness } from "./witness.ts";

export type { DifferenceKind } from "./pairs.ts";
export type { Side } from "./side.ts";
export { internetName } from "./side.ts";

/** Everything of one kind between two endpoints, in one family of addresses. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly family: Family;
  readonly from: Side;
  readonly to: Side;
  readonly selectors: IntervalSet;
  /** False where it hangs on what is not known yet: then nobody can say whether it is so. */
  readonly settled: boolean;
  /** One such packet, as the naive walk judges it as well. */
  readonly witness: Witness;
}

export interface Comparison {
  /** `unknown`: no settled difference, but inputs on which one hangs. */
  readonly verdict: "proven" | "violated" | "unknown";
  readonly differences: readonly Difference[];
  /** What keeps the verdict open. */
  readonly unknowns: readonly UnknownInput[];
  /** Pairs of ends compared: zero would mean that nothing was proved. */
  readonly pairs: number;
  readonly actual: Reach;
  readonly wanted: Reach;
}

/**
 * Compares two topologies over all pairs of their endpoints, which are matched by id, and of the
 * addresses that none has. Throws an Error where the naive walk does not confirm a difference.
 */
export function compareTopologies(actual: Topology, wanted: Topology): Comparison {
  const universe = universeOf([actual, wanted]);
  return compareReach(reachIn(universe, 0), reachIn(universe, 1));
}

/** Compares two topologies of one universe. */
export function compareReach(actual: Reach, wanted: Reach): Comparison {
  return verdictOn(actual, wanted, differencesOf(actual, wanted));
}

/**
 * The comparison after one stage of the actual topology was replaced by another of the same id. Only
 * pairs that the stage guards are looked at again, unless the stage tells apart what no rule did.
 */
export function recompare(comparison: Comparison, stage: Stage): Comparison {
  const { actual, wanted, differences } = comparison;
  const guarded = guardedBy(actual, stage.id);
  const changed = withStage(actual, stage);
  if (changed === undefined) return compareTopologies(...anew(comparison, stage));
  const subjects = new Set(guarded.flatMap((end) => actual.universe.ends.all[end]?.subjects ?? []));
  const ids = new Set([...subjects].map((subject) => actual.universe.subjects[subject]?.id));
  const planes = [stage, stageOf(actual, stage.id) ?? stage];
  // Replies come back through the stages that look the other way.
  const stateless = planes.some(({ stateful }) => !stateful);
  const asSource = stateless || planes.some(({ direction }) => direction === "out");
  const asDestination = stateless || planes.some(({ direction }) => direction === "in");
  const kept = differences.filter(
    ({ from, to }) =>
      !(asSource && ids.has(from.endpoint)) && !(asDestination && ids.has(to.endpoint)),
  );
  const selection = {
    ...(asSource ? { from: guarded } : {}),
    ...(asDestination ? { to: guarded } : {}),
  };
  const meant = { ...wanted, universe: changed.universe };
  const found = differencesOf(changed, meant, selection);
  return verdictOn(changed, meant, [...kept, ...found]);
}

function stageOf({ universe, topology }: Reach, id: string): Stage | undefined {
  return universe.stages[topology]?.get(id)?.stage;
}

function anew({ actual, wanted }: Comparison, stage: Stage): [Topology, Topology] {
  const { topologies } = actual.universe;
  const [plan, intent] = [actual, wanted].map(
    ({ topology }) => topologies[topology] ?? emptyTopology,
  ) as [Topology, Topology];
  const stages = plan.stages.map((old) => (old.id === stage.id ? stage : old));
  return [{ ...plan, stages }, intent];
}

function differencesOf(actual: Reach, wanted: Reach, selection?: Selection): Difference[] {
  const gathering = new Gathering<DifferenceKind>(actual.universe);
  comparePairs(actual, wanted, (found) => gathering.add(found), selection);
  return [...gathering.all()].map((gathered) => differenceOf(actual, wanted, gathered));
}

function verdictOn(actual: Reach, wanted: Reach, differences: readonly Difference[]): Comparison {
  const { topologies, ends } = actual.universe;
  const wrong = differences.filter(({ kind }) => kind !== "residual");
  const unknowns = [
    ...(topologies[actual.topology]?.unknowns ?? []),
    ...(topologies[wanted.topology]?.unknowns ?? []),
    ...wrong.flatMap(({ witness }) => witness.inputs),
  ];
  const open = unknowns.length > 0 || wrong.some(({ settled }) => !settled);
  const violated = wrong.some(({ settled }) => settled);
  return {
    verdict: violated ? "violated" : open ? "unknown" : "proven",
    differences,
    unknowns: distinct(unknowns),
    pairs: pairsOf(ends.blocks[4]) + pairsOf(ends.blocks[6]),
    actual,
    wanted,
  };
}

function pairsOf({ start, outside, end }: Block): number {
  return (end - start) ** 2 - (end - outside) ** 2;
}

/** Each input once. */
export function distinct(inputs: readonly UnknownInput[]): UnknownInput[] {
  return [...new Map(inputs.map((input) => [`${input.urn}\n${input.path}`, input])).values()];
}

function differenceOf(
  actual: Reach,
  wanted: Reach,
  gathered: Gathered<DifferenceKind>,
): Difference {
  const { kind, family, selectors, settled } = gathered;
  return {
    kind,
    family,
    selectors,
    settled,
    from: sideOf(actual.universe, gathered.from, gathered.fromAddresses),
    to: sideOf(actual.universe, gathered.to, gathered.toAddresses),
    witness: judge(actual, wanted, gathered),
  };
}
