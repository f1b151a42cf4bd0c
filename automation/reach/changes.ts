/** What two states of a network differ in, as flows that were added, removed or changed. */
import { ProblemError } from "../../model/base/problem.ts";
import type { Topology } from "../../model/network/topology.ts";
import type { Reading } from "../../model/network/walk.ts";
import type { Reach } from "../../model/reach/reach.ts";
import { forEachOpen, passing, reachIn } from "../../model/reach/reach.ts";
import type { Universe } from "../../model/reach/universe.ts";
import { universeOf } from "../../model/reach/universe.ts";
import { packetOf, replay } from "../../model/reach/witness.ts";
import type { Party } from "../report/reach/connections.ts";
import { partiesOf, SelectorSets } from "../report/reach/connections.ts";
import { joinPassing, type Passing, passingText } from "../report/reach/merged.ts";
import { PartyPairs } from "../report/reach/party-pairs.ts";

/** Pairs of ends that are compared: more would take minutes. */
const pairsMax = 400_000_000;

/** One pair of names between which something else passes than before. */
export interface FlowChange {
  readonly kind: "added" | "removed" | "changed";
  readonly from: string;
  readonly to: string;
  /** Where one side is `outside`: its addresses. */
  readonly addresses: readonly string[];
  /** Ports before and after, as far as they may pass and surely do. */
  readonly before: string;
  readonly after: string;
}

interface Change {
  readonly before: Passing;
  readonly after: Passing;
}

/**
 * The changes, sorted by their names. What hangs on something unknown hangs on it in both states:
 * it is a change where what may pass differs, or what surely passes. Throws a {@link ProblemError}
 * where there are too many pairs, and an Error where the naive walk does not confirm a change.
 */
export function flowChanges(before: Topology, after: Topology): FlowChange[] {
  const universe = universeOf([before, after]);
  throwIfTooMany(universe.ends.all.length ** 2);
  const states = { before: reachIn(universe, 0), after: reachIn(universe, 1) };
  const parties = universe.ends.all.map((end) => [
    ...new Map(
      [states.before, states.after]
        .flatMap((reach) => partiesOf(reach, end))
        .map((party): [string, Party] => [keyOf(party), party]),
    ).values(),
  ]);
  const pairs = new PartyPairs<Change>(universe, (a, b) => ({
    before: joinPassing(a.before, b.before),
    after: joinPassing(a.after, b.after),
  }));
  forEachChange(universe, states, (from, to, change) => {
    for (const source of parties[from] ?? []) {
      for (const destination of parties[to] ?? []) pairs.add(source, destination, change);
    }
  });
  return pairs
    .merged((value) => [value.before, value.after].map(passingText).join(" / "))
    .map(({ value, ...names }) => ({
      ...names,
      kind: kindOf(value),
      before: passingText(value.before),
      after: passingText(value.after),
    }));
}

function throwIfTooMany(pairs: number): void {
  if (pairs <= pairsMax) return;
  const [got, allowed] = [`${pairs} pairs of ends`, `at most ${pairsMax}`];
  const next = "Compare fewer workloads at a time, e.g. one cluster.";
  throw new ProblemError([{ code: "input-too-large", place: "reach diff", got, allowed, next }]);
}

function keyOf(party: Party): string {
  return "endpoint" in party ? party.endpoint.id : String(party.range.from);
}

function kindOf({ before, after }: Change): FlowChange["kind"] {
  if (before.may.length === 0) return "added";
  return after.may.length === 0 ? "removed" : "changed";
}

interface States {
  readonly before: Reach;
  readonly after: Reach;
}

function forEachChange(
  universe: Universe,
  { before, after }: States,
  visit: (from: number, to: number, change: Change) => void,
): void {
  const sets = new SelectorSets(universe.atoms);
  const row = () => new Int32Array(universe.atoms.words);
  const rows = { before: row(), after: row(), surelyBefore: row(), surelyAfter: row() };
  const settled = before.settled && after.settled;
  const fill = (reach: Reach, from: number, to: number, reading: Reading, into: Int32Array) => {
    if (!passing(reach, from, to, reading, into)) into.fill(0);
  };
  const of = (one: Int32Array, surely: Int32Array): Passing => {
    const may = sets.of(one);
    return { may, must: settled ? may : sets.of(surely) };
  };
  forEachOpen([before, after], (from, to) => {
    const passed = passing(before, from, to, "may", rows.before);
    const passes = passing(after, from, to, "may", rows.after);
    // What may not pass does not surely pass either.
    if (!passed && !passes) return;
    if (!passed) rows.before.fill(0);
    if (!passes) rows.after.fill(0);
    if (!settled) {
      fill(before, from, to, "must", rows.surelyBefore);
      fill(after, from, to, "must", rows.surelyAfter);
    }
    const may = isSame(rows.before, rows.after);
    if (may && (settled || isSame(rows.surelyBefore, rows.surelyAfter))) return;
    confirm(universe, from, to, may ? "must" : "may", rows);
    visit(from, to, {
      before: of(rows.before, rows.surelyBefore),
      after: of(rows.after, rows.surelyAfter),
    });
  });
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  for (let word = 0; word < a.length; word++) if (a[word] !== b[word]) return false;
  return true;
}

type Rows = Readonly<Record<"before" | "after" | "surelyBefore" | "surelyAfter", Int32Array>>;

/** One packet of the change, walked through both states. */
function confirm(universe: Universe, from: number, to: number, reading: Reading, rows: Rows): void {
  const [was, is] =
    reading === "may" ? [rows.before, rows.after] : [rows.surelyBefore, rows.surelyAfter];
  const row = was.map((word, index) => word ^ (is[index] as number));
  const subject = (end: number) => universe.ends.all[end]?.subjects[0];
  const sight = { from, to, fromSubject: subject(from), toSubject: subject(to), row };
  const packet = packetOf(universe, sight);
  const [first, second] = [0, 1].map(
    (state) => replay(universe, state, packet, { from, to }, reading)?.arrives === true,
  );
  if (first === second) {
    throw new Error(
      `the walk finds no change from ${packet.from.endpoint} to ${packet.to.endpoint}`,
    );
  }
}
