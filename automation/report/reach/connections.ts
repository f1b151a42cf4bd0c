/** Who may talk to whom in a computed network, pair by pair, as every output format reads it. */
import type { Interval, IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Endpoint } from "../../../model/network/topology.ts";
import { pieceInterval } from "../../../model/reach/address-classes.ts";
import { selectorsOf } from "../../../model/reach/atoms.ts";
import type { End } from "../../../model/reach/ends.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import { forEachPair, passing } from "../../../model/reach/reach.ts";

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
 * the things it stands for.
 */
export function forEachConnection(reach: Reach, visit: (connection: Connection) => void): void {
  const parties = reach.universe.ends.all.map((end) => partiesOf(reach, end));
  const texts = new Selectors(reach);
  const sure = new Int32Array(reach.universe.atoms.words);
  forEachPair(reach, "may", ({ from, to, row }) => {
    const may = texts.of(row);
    if (!reach.settled) passing(reach, from, to, "must", sure);
    const must = reach.settled ? may : texts.of(sure);
    for (const source of parties[from] ?? []) {
      for (const destination of parties[to] ?? []) {
        visit({ from: source, to: destination, may, must });
      }
    }
  });
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

/** Few rows come again and again. */
class Selectors {
  private readonly reach: Reach;
  private readonly known = new Map<string, IntervalSet>();

  constructor(reach: Reach) {
    this.reach = reach;
  }

  of(row: Int32Array): IntervalSet {
    const key = row.join();
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const selectors = selectorsOf(this.reach.universe.atoms, row);
    this.known.set(key, selectors);
    return selectors;
  }
}

/** Connections of parties with the same name as one; `nameOf` leaves out what it has no name for. */
export function joinedConnections(
  reach: Reach,
  nameOf: (party: Party, side: "from" | "to") => string | undefined,
): JoinedConnection[] {
  const joined = new Map<string, Map<string, JoinedConnection>>();
  forEachConnection(reach, ({ from: source, to: destination, may, must }) => {
    const from = nameOf(source, "from");
    const to = nameOf(destination, "to");
    if (from === undefined || to === undefined) return;
    let row = joined.get(from);
    if (row === undefined) {
      row = new Map();
      joined.set(from, row);
    }
    const known = row.get(to);
    row.set(to, known === undefined ? { from, to, may, must } : both(known, may, must));
  });
  return [...joined.values()].flatMap((row) => [...row.values()]);
}

/** Connections of everything that has one name. */
export interface JoinedConnection {
  readonly from: string;
  readonly to: string;
  readonly may: IntervalSet;
  readonly must: IntervalSet;
}

function both(known: JoinedConnection, may: IntervalSet, must: IntervalSet): JoinedConnection {
  // Sets are made once for each row, so the same set is the same object.
  if (known.may === may && known.must === must) return known;
  return { ...known, may: union(known.may, may), must: union(known.must, must) };
}
