/** What an operation does to who can reach whom: the planned network against the state before. */
import { subtract } from "../../model/base/interval-set.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { Side } from "../../model/reach/compare.ts";
import { internetName } from "../../model/reach/compare.ts";
import type { FlowChange, StateDifference } from "../../model/reach/difference.ts";
import type { Gap, NetworkRecord } from "../../policy-packs/lift/network-record.ts";
import { inPlace } from "../../policy-packs/lift/place.ts";
import type { NamedChange, Sift } from "./changes.ts";
import { namedChanges } from "./changes.ts";
import { bySegment, flowsOf } from "./flows.ts";
import type { PlaceReach, PlaceStates } from "./place-reach.ts";
import { placeReach } from "./place-reach.ts";

/** A flow that an operation adds, removes or changes. */
export interface OperationChange extends NamedChange {
  /** The intent does not have what is added, or has what is removed. */
  readonly violation: boolean;
}

/** Reach as planned, and what changes. */
export interface OperationReach {
  readonly places: readonly PlaceReach[];
  /** Violations first. */
  readonly changes: readonly OperationChange[];
}

/**
 * Places of an intent are compared as their filters decide, which is what is proved of them; what is
 * in no such place is compared with its routes. Throws a `ProblemError` where it is too much, and an
 * Error where the naive walk does not confirm a change.
 */
export function operationReach(
  { topology, segmentations }: NetworkRecord,
  before: Topology,
): OperationReach {
  const states = segmentations.flatMap(({ intent, proofs }) =>
    intent.places.flatMap((place): PlaceStates[] => {
      const proof = proofs.find((one) => one.place === place.name);
      if (proof === undefined) return [];
      const [was, is] = [before, topology].map((all) => inPlace(all, intent, place));
      return was === undefined || is === undefined
        ? []
        : [{ intent, place, proof, before: was, after: is }];
    }),
  );
  const gaps = states.flatMap(({ proof }) => proof.gaps);
  const found = states.map((one) => {
    const place = placeReach(one);
    return { place, changes: changesInPlace(one).filter(isTold(place)) };
  });
  const changes = joined([
    ...found.flatMap(({ changes }) => changes),
    ...elsewhere(states, before, topology),
  ]).map((change) => ({ ...change, violation: gaps.some((gap) => isSeenIn(gap, change)) }));
  return {
    places: found.map(({ place }) => place),
    changes: changes.sort((a, b) => urgency(b) - urgency(a)),
  };
}

/** What the picture folds into another line, or the whole internet may as well, is told there. */
function isTold({ cells, sides }: PlaceReach) {
  const outside = new Set(sides.flatMap((side) => (side.outside ? [side.name] : [])));
  const asInternet = (name: string) => (outside.has(name) ? internetName : name);
  return (
    { from, to, ...change }: NamedChange,
    _: number,
    all: readonly NamedChange[],
  ): boolean => {
    const [wideFrom, wideTo] = [from, to].map(asInternet);
    if (!cells.some((cell) => cell.from === from && cell.to === to)) return false;
    if (wideFrom === from && wideTo === to) return true;
    return !all.some(
      (other) =>
        other.from === wideFrom &&
        other.to === wideTo &&
        other.added === change.added &&
        other.removed === change.removed,
    );
  };
}

/** Families of addresses, and both ends of a flow between two places, tell the same: as one. */
function joined(changes: readonly NamedChange[]): NamedChange[] {
  const groups = Map.groupBy(changes, ({ kind, from, to, added, removed, reading }) =>
    JSON.stringify([kind, from, to, added, removed, reading]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const addresses = [...new Set(group.flatMap((one) => one.addresses))];
    const settled = group.every((one) => one.settled);
    return first === undefined ? [] : [{ ...first, addresses, settled }];
  });
}

/** What breaks the intent comes first, and of that what opens to everybody. */
function urgency({ violation, from }: OperationChange): number {
  return violation ? (from === internetName ? 2 : 1) : 0;
}

function changesInPlace({ before, after }: PlaceStates): NamedChange[] {
  const [was, is] = [bySegment(before), bySegment(after)];
  return namedChanges(was, is, beyondSegments(was, is));
}

/** A new machine of a segment that does what its segment did already is no change, nor is its end. */
function beyondSegments(before: Topology, after: Topology): Sift {
  const [was, is] = [flowsOf(before), flowsOf(after)];
  return ({ changes, addedEndpoints, removedEndpoints }) => {
    const concerns = (ids: readonly string[], { from, to }: FlowChange) =>
      [from, to].some(({ endpoint }) => endpoint !== undefined && ids.includes(endpoint));
    return changes.flatMap((change): FlowChange[] => {
      const [from, to] = [change.from.name, change.to.name];
      const [old, now] = [was.between(from, to).may, is.between(from, to).may];
      const added = concerns(addedEndpoints, change) ? subtract(change.added, old) : change.added;
      const removed = concerns(removedEndpoints, change)
        ? subtract(change.removed, now)
        : change.removed;
      if (added.length === 0 && removed.length === 0) return [];
      const kind = old.length === 0 ? "added" : now.length === 0 ? "removed" : "changed";
      return [{ ...change, kind, added, removed }];
    });
  };
}

/** Changes that concern something planned which is in no place of an intent. */
function elsewhere(places: readonly PlaceStates[], before: Topology, after: Topology) {
  const placed = new Set(
    places
      .flatMap((one) => [one.before, one.after].flatMap(({ endpoints }) => endpoints))
      .map(({ id }) => id),
  );
  const isStray = ({ endpoint, outside }: Side) =>
    endpoint !== undefined && !outside && !placed.has(endpoint);
  const strays = [before, after].some(({ endpoints }) =>
    endpoints.some(({ id, outside }) => outside !== true && !placed.has(id)),
  );
  if (!strays) return [];
  return namedChanges(before, after, ({ changes }: StateDifference) =>
    changes.filter(({ from, to }) => isStray(from) || isStray(to)),
  );
}

function isSeenIn({ kind, settled, from, to }: Gap, change: NamedChange): boolean {
  if (!settled || from !== change.from || to !== change.to) return false;
  return (kind === "missing" ? change.removed : change.added) !== "nothing";
}
