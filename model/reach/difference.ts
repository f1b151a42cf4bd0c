/** What a change does to a network: flows that are new, gone or other than before. */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { subtract } from "../base/interval-set.ts";
import type { Topology } from "../network/topology.ts";
import type { Reading } from "../network/walk.ts";
import { selectorsOf } from "./atoms.ts";
import type { Side } from "./compare.ts";
import { sideOf } from "./compare.ts";
import type { Gathered } from "./differences.ts";
import { Gathering } from "./differences.ts";
import type { Reach } from "./reach.ts";
import { forEachOpen, passing, reachIn } from "./reach.ts";
import { universeOf } from "./universe.ts";
import type { Witness } from "./witness.ts";
import { packetOf, replay } from "./witness.ts";

/** What one pair of endpoints, in one family of addresses, may do that it could not, or no longer. */
export interface FlowChange {
  /** `added`: nothing passed before; `removed`: nothing passes any more; else `changed`. */
  readonly kind: "added" | "removed" | "changed";
  readonly family: Family;
  readonly from: Side;
  readonly to: Side;
  readonly added: IntervalSet;
  readonly removed: IntervalSet;
  /** A packet that passes now and did not before, or the reverse where none was added. */
  readonly witness: ChangeWitness;
}

/** `actual` is the trace after the change, `wanted` the one before. */
export type ChangeWitness = Omit<Witness, "inputs">;

/** Two states of one network. */
export interface StateDifference {
  readonly changes: readonly FlowChange[];
  readonly addedEndpoints: readonly string[];
  readonly removedEndpoints: readonly string[];
}

type Change = "added" | "removed";

/**
 * Compares two states of a network; endpoints are the same where their ids are. Throws an Error
 * where the naive walk does not confirm a change.
 */
export function differenceOf(
  before: Topology,
  after: Topology,
  reading: Reading = "may",
): StateDifference {
  const universe = universeOf([before, after]);
  const states = { old: reachIn(universe, 0), now: reachIn(universe, 1), reading };
  const changes = new Map<string, Partial<Record<Change, Gathered<Change>>>>();
  for (const gathered of changesOf(states)) {
    const key = `${gathered.family} ${gathered.from} ${gathered.to}`;
    changes.set(key, { ...changes.get(key), [gathered.kind]: gathered });
  }
  const only = (has: 0 | 1) =>
    universe.subjects.flatMap(({ id, states: [one, other] }) =>
      (has === 0 ? one : other) !== undefined && (has === 0 ? other : one) === undefined
        ? [id]
        : [],
    );
  return {
    changes: [...changes.values()].flatMap((change) => flowChange(states, change)),
    addedEndpoints: only(1),
    removedEndpoints: only(0),
  };
}

interface States {
  readonly old: Reach;
  readonly now: Reach;
  readonly reading: Reading;
}

/** Pair of ends by pair of ends, what passes in one state and not in the other. */
function changesOf({ old, now, reading }: States): Gathered<Change>[] {
  const gathering = new Gathering<Change>(old.universe);
  const { words } = old.universe.atoms;
  const rows = { old: new Int32Array(words), now: new Int32Array(words) };
  const less = new Int32Array(words);
  const report = (kind: Change, from: number, to: number, a: Int32Array, b: Int32Array) => {
    let any = 0;
    for (let word = 0; word < words; word++) {
      less[word] = (a[word] as number) & ~(b[word] as number);
      any |= less[word] as number;
    }
    if (any !== 0) gathering.add({ kind, settled: true, from, to, row: less });
  };
  forEachOpen([old, now], (from, to) => {
    const passed = passing(old, from, to, reading, rows.old);
    const passes = passing(now, from, to, reading, rows.now);
    // Of the pairs that may be open, most are not.
    if (!passed && !passes) return;
    if (!passed) rows.old.fill(0);
    if (!passes) rows.now.fill(0);
    report("added", from, to, rows.now, rows.old);
    report("removed", from, to, rows.old, rows.now);
  });
  return [...gathering.all()];
}

function flowChange(
  states: States,
  { added, removed }: Partial<Record<Change, Gathered<Change>>>,
): FlowChange[] {
  const shown = added ?? removed;
  if (shown === undefined) return [];
  const { family, from, to } = shown;
  const [before, after] = [states.old, states.now].map((reach) => everything(reach, states, shown));
  // An endpoint with another address does with it what it did with the old one: that is no change.
  const isMoved = movedEnds(states.old, shown);
  const more = isMoved ? subtract(added?.selectors ?? [], before ?? []) : (added?.selectors ?? []);
  const less = isMoved
    ? subtract(removed?.selectors ?? [], after ?? [])
    : (removed?.selectors ?? []);
  if (more.length === 0 && less.length === 0) return [];
  const { subjects } = states.old.universe;
  const side = (subject: number | undefined, addresses: IntervalSet): Side =>
    sideOf(subject === undefined ? undefined : subjects[subject], addresses);
  return [
    {
      kind: before?.length === 0 ? "added" : after?.length === 0 ? "removed" : "changed",
      family,
      from: side(from, shown.fromAddresses),
      to: side(to, shown.toAddresses),
      added: more,
      removed: less,
      witness: witnessOf(states, shown),
    },
  ];
}

/** The numbers of the ends of an endpoint, or of the addresses that none has. */
function endsOfSide({ universe: { ends } }: Reach, subject: number | undefined): readonly number[] {
  if (subject !== undefined) return ends.ofSubject[subject] ?? [];
  return [...ends.all.keys()].filter((index) => ends.all[index]?.subjects.length === 0);
}

/** All that passes between two endpoints in one state. */
function everything(
  reach: Reach,
  { reading }: States,
  { from, to, family }: Gathered<Change>,
): IntervalSet {
  const { atoms, ends } = reach.universe;
  const row = new Int32Array(atoms.words);
  const sum = new Int32Array(atoms.words);
  const isHere = (end: number) => ends.all[end]?.family === family;
  const destinations = endsOfSide(reach, to).filter(isHere);
  for (const source of endsOfSide(reach, from).filter(isHere)) {
    for (const destination of destinations) {
      if (!passing(reach, source, destination, reading, row)) continue;
      for (let word = 0; word < row.length; word++) {
        sum[word] = (sum[word] as number) | (row[word] as number);
      }
    }
  }
  return selectorsOf(atoms, sum);
}

const bothStates = 0b11;

/** Whether one of the two has an address in one state only, though both are there in both. */
function movedEnds(reach: Reach, { from, to, family }: Gathered<Change>): boolean {
  const { subjects, ends } = reach.universe;
  return [from, to].some((subject) => {
    if (subject === undefined) return false;
    if (subjects[subject]?.states.includes(undefined) === true) return false;
    return endsOfSide(reach, subject).some((index) => {
      const end = ends.all[index];
      return end?.family === family && end.presence !== bothStates;
    });
  });
}

function witnessOf({ old, now, reading }: States, shown: Gathered<Change>): ChangeWitness {
  const { best, from, to, kind } = shown;
  const packet = packetOf(old.universe, { ...best, fromSubject: from, toSubject: to });
  const trace = ({ universe, topology }: Reach) =>
    replay(universe, topology, packet, best, reading);
  const witness = { packet, actual: trace(now), wanted: trace(old) };
  const isAdded = kind === "added";
  const [passes, stopped] = isAdded
    ? [witness.actual, witness.wanted]
    : [witness.wanted, witness.actual];
  if (passes?.arrives !== true || stopped?.arrives === true) {
    throw new Error(`reach and walk disagree on what is ${kind}`);
  }
  return witness;
}
