/** Who may talk to whom in a computed network, pair by pair, as every output format reads it. */
import type { Interval, IntervalSet } from "../../../model/base/interval-set.ts";
import type { Problem } from "../../../model/base/problem.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { Endpoint } from "../../../model/network/topology.ts";
import { pieceInterval } from "../../../model/reach/address-classes.ts";
import type { Atoms } from "../../../model/reach/atoms.ts";
import { selectorsOf } from "../../../model/reach/atoms.ts";
import type { End } from "../../../model/reach/ends.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import { forEachPair, passing } from "../../../model/reach/reach.ts";

/** Connections that are told one by one; a network without any policy soon has more. */
export const connectionsMax = 5_000_000;

/** One side of a connection: an endpoint, or a range of addresses that no endpoint has. */
export type Party = { readonly endpoint: Endpoint } | { readonly range: Interval };

export interface Connection {
  readonly from: Party;
  readonly to: Party;
  /** What may pass. */
  readonly may: IntervalSet;
  /** What surely passes, however the unknowns turn out. */
  readonly must: IntervalSet;
}

/**
 * Calls for every connection, once for each range of addresses between which any rule tells apart;
 * pairs of two outsiders are nobody's business. An endpoint's connections to itself are those among
 * the things it stands for. Throws a {@link ProblemError} where they are more than the limit.
 */
export function forEachConnection(reach: Reach, visit: (connection: Connection) => void): void {
  const parties = reach.universe.ends.all.map((end) => partiesOf(reach, end));
  const texts = new SelectorSets(reach.universe.atoms);
  const sure = new Int32Array(reach.universe.atoms.words);
  let count = 0;
  forEachPair(reach, "may", ({ from, to, row }) => {
    count += (parties[from]?.length ?? 0) * (parties[to]?.length ?? 0);
    if (count > connectionsMax) throw new ProblemError([tooMany()]);
    const may = texts.of(row);
    if (!reach.settled && !passing(reach, from, to, "must", sure)) sure.fill(0);
    const must = reach.settled ? may : texts.of(sure);
    for (const source of parties[from] ?? []) {
      for (const destination of parties[to] ?? []) {
        visit({ from: source, to: destination, may, must });
      }
    }
  });
}

function tooMany(): Problem {
  return {
    code: "input-too-large",
    place: "connections",
    got: `more than ${connectionsMax}`,
    allowed: `at most ${connectionsMax}`,
    next: "Ask about two ends, or compare two states with reach diff.",
  };
}

function partiesOf({ universe, topology }: Reach, end: End): Party[] {
  if (end.subjects.length === 0) {
    return end.pieces.map((piece) => ({ range: pieceInterval(universe.cut, piece) }));
  }
  return end.subjects.flatMap((subject): Party[] => {
    const endpoint = universe.subjects[subject]?.states[topology];
    return endpoint === undefined ? [] : [{ endpoint }];
  });
}

/** The selectors of rows: few rows come again and again. */
class SelectorSets {
  private readonly atoms: Atoms;
  private readonly known = new Map<string, IntervalSet>();

  constructor(atoms: Atoms) {
    this.atoms = atoms;
  }

  /** The same object for the same row. */
  of(row: Int32Array): IntervalSet {
    const key = row.join();
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const selectors = selectorsOf(this.atoms, row);
    this.known.set(key, selectors);
    return selectors;
  }
}
