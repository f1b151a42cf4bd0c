/**
 * All pairs of a planned network: what every end may send to every other end, and what surely
 * arrives. A packet passes where all stages of its source that look out and all stages of its
 * destination that look in let it pass.
 */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import type { Stage, Topology } from "../network/topology.ts";
import type { Packet, PacketEnd, Reading } from "../network/walk.ts";
import { replyTo } from "../network/walk.ts";
import { pieceAt } from "./address-classes.ts";
import { atomAt, hasBit, selectorsOf } from "./atoms.ts";
import type { Table } from "./compile.ts";
import type { End } from "./ends.ts";
import type { Guard } from "./guards.ts";
import { Guards } from "./guards.ts";
import { eachRange } from "./partition.ts";
import type { Universe } from "./universe.ts";
import { universeOf, universeWith } from "./universe.ts";

/** One topology of a universe, compiled. */
export interface Reach {
  readonly universe: Universe;
  /** Number of the topology in its universe. */
  readonly topology: number;
  /** By number of the end; undefined where the topology does not have it. */
  readonly guards: readonly (Guard | undefined)[];
  /** Whether `may` and `must` are the same everywhere. */
  readonly settled: boolean;
  /** Whether some stage asks about replies. */
  readonly asksReplies: boolean;
}

/** Compiles a topology on its own. Throws an Error where its ids are not what they must be. */
export function computeReach(topology: Topology): Reach {
  return reachIn(universeOf([topology]), 0);
}

/** Compiles one topology of a universe. */
export function reachIn(universe: Universe, topology: number): Reach {
  const compiled = new Guards(universe, topology);
  return reachOf(
    universe,
    topology,
    universe.ends.all.map((end) => compiled.of(end)),
  );
}

/**
 * The same topology with another stage in place of the one of its id, at the cost of that stage.
 * Undefined where the stage tells apart what the universe does not: then all must be cut anew.
 */
export function withStage(reach: Reach, stage: Stage): Reach | undefined {
  const { topology } = reach;
  const universe = universeWith(reach.universe, topology, stage);
  if (universe === undefined) return undefined;
  const compiled = new Guards(universe, topology);
  const guarded = new Set(guardedBy(reach, stage.id));
  const guards = reach.guards.map((guard, index) =>
    guard === undefined || !guarded.has(index)
      ? guard
      : compiled.with(guard, stage.id, universe.ends.all[index] as End),
  );
  return reachOf(universe, topology, guards);
}

/** The ends that a stage guards. */
export function guardedBy({ guards }: Reach, stage: string): number[] {
  const isGuard = (table: Table) => table.stage.stage.id === stage;
  return [...guards.entries()].flatMap(([index, guard]) =>
    guard?.out.some(isGuard) === true || guard?.in.some(isGuard) === true ? [index] : [],
  );
}

function reachOf(
  universe: Universe,
  topology: number,
  guards: readonly (Guard | undefined)[],
): Reach {
  const all = guards.flatMap((guard) => (guard === undefined ? [] : [...guard.out, ...guard.in]));
  return {
    universe,
    topology,
    guards,
    settled: all.every(({ may, must }) => may === must),
    asksReplies: all.some(({ stage }) => !stage.stage.stateful),
  };
}

/** Which tables of a guard are asked, about a request or about a reply. */
export type Asked = "request" | "reply";

/**
 * Whether anything passes from one end to another, and if so, writes it into `row`. Both ends are of
 * one family.
 */
export function passing(
  { universe, guards }: Reach,
  from: number,
  to: number,
  reading: Reading,
  row: Int32Array,
  asked: Asked = "request",
): boolean {
  const source = guards[from];
  const destination = guards[to];
  if (source === undefined || destination === undefined) return false;
  const out = asked === "request" ? source.out : source.replyOut;
  const into = asked === "request" ? destination.in : destination.replyIn;
  if (isClosed(out, to) || isClosed(into, from)) return false;
  row.set(universe.atoms.families[universe.ends.all[from]?.family ?? 4]);
  return narrow(out, to, reading, row) && narrow(into, from, reading, row);
}

function isClosed(tables: readonly Table[], peer: number): boolean {
  for (let t = 0; t < tables.length; t++) {
    if (tables[t]?.index[peer] === 0) return true;
  }
  return false;
}

/** Keeps in the row what the tables let pass for the end on their other side. */
function narrow(
  tables: readonly Table[],
  peer: number,
  reading: Reading,
  row: Int32Array,
): boolean {
  for (let t = 0; t < tables.length; t++) {
    const { index, may, must } = tables[t] as Table;
    const rows = reading === "may" ? may : must;
    const base = (index[peer] as number) * row.length;
    let any = 0;
    for (let word = 0; word < row.length; word++) {
      const left = (row[word] as number) & (rows[base + word] as number);
      row[word] = left;
      any |= left;
    }
    if (any === 0) return false;
  }
  return true;
}

/** Two ends and what passes between them. `row` is good until the next pair. */
export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly row: Int32Array;
}

/** Calls for every pair of ends between which something passes, except where both are outside. */
export function forEachPair(reach: Reach, reading: Reading, visit: (pair: Pair) => void): void {
  const row = new Int32Array(reach.universe.atoms.words);
  forEachOpen([reach], (from, to) => {
    if (passing(reach, from, to, reading, row)) visit({ from, to, row });
  });
}

/** Pairs from some ends or to some ends; all where neither is given. */
export interface Selection {
  readonly from?: readonly number[];
  readonly to?: readonly number[];
}

/**
 * Calls for the pairs of ends of one family between which something may pass in one of the
 * topologies, as far as one look at the source can tell. Pairs of two outsiders are left out.
 */
export function forEachOpen(
  reaches: readonly Reach[],
  visit: (from: number, to: number) => void,
  selection: Selection = {},
): void {
  const universe = reaches[0]?.universe;
  if (universe === undefined) return;
  const { all, blocks } = universe.ends;
  for (const to of selection.to ?? []) {
    const { start, outside, end } = blocks[all[to]?.family ?? 4];
    const last = to < outside ? end : outside;
    for (let from = start; from < last; from++) visit(from, to);
  }
  if (selection.to !== undefined && selection.from === undefined) return;
  const open = new Uint8Array(all.length);
  for (const from of selection.from ?? all.keys()) {
    const { start, outside, end } = blocks[all[from]?.family ?? 4];
    const last = from < outside ? end : outside;
    open.fill(0, start, last);
    for (const { guards } of reaches) markOpen(open, guards[from]);
    for (let to = open.indexOf(1, start); to >= 0 && to < last; to = open.indexOf(1, to + 1)) {
      visit(from, to);
    }
  }
}

/** Marks the ends that the stage with the fewest of them lets the source speak to. */
function markOpen(open: Uint8Array, guard: Guard | undefined): void {
  if (guard === undefined) return;
  let fewest: Table | undefined;
  for (const table of guard.out) {
    if (fewest === undefined || table.openCount < fewest.openCount) fewest = table;
  }
  if (fewest === undefined) open.fill(1);
  else eachRange(fewest.open, (first, end) => open.fill(1, first, end));
}

/** The selectors that pass between two ends, whatever the source port. */
export function selectorsBetween(
  reach: Reach,
  from: number,
  to: number,
  reading: Reading,
): IntervalSet {
  const { all } = reach.universe.ends;
  if (all[from]?.family !== all[to]?.family) return [];
  const row = new Int32Array(reach.universe.atoms.words);
  return passing(reach, from, to, reading, row) ? selectorsOf(reach.universe.atoms, row) : [];
}

/** The end at which a packet's end is; throws where the topology has none. */
export function endAt({ universe, topology }: Reach, { endpoint, address }: PacketEnd): number {
  const { ends, subjects, cut, classes } = universe;
  const subject = subjects.findIndex(({ id }) => id === endpoint);
  const of =
    typeof address === "bigint"
      ? (ends.ofClass[classes.classOf[pieceAt(cut, address)] as number] ?? [])
      : (ends.ofSubject[subject] ?? []).filter((index) =>
          isFloating(ends.all[index], address.unknown),
        );
  const found = of.find((index) => {
    const { subjects: members, presence } = ends.all[index] as End;
    const belongs = endpoint === undefined ? members.length === 0 : members.includes(subject);
    return belongs && ((presence >> topology) & 1) === 1;
  });
  if (found === undefined) throw new Error(`no end for ${String(endpoint)}`);
  return found;
}

function isFloating(end: End | undefined, family: Family): boolean {
  return end !== undefined && end.addressClass < 0 && end.family === family;
}

/** Whether a packet arrives, and its reply: what `walk` answers packet by packet. */
export function arrival(
  reach: Reach,
  packet: Packet,
  reading: Reading,
): { arrives: boolean; replyArrives: boolean } {
  const from = endAt(reach, packet.from);
  const to = endAt(reach, packet.to);
  const { atoms } = reach.universe;
  const row = new Int32Array(atoms.words);
  const isIn = ({ selector, sourcePort }: Packet) =>
    hasBit(row, atomAt(atoms, Number(selector), sourcePort));
  const arrives = passing(reach, from, to, reading, row) && isIn(packet);
  const answered = passing(reach, to, from, reading, row, "reply") && isIn(replyTo(packet));
  return { arrives, replyArrives: answered };
}
