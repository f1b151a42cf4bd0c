/** Gathers what differs between ends into one difference for each pair of endpoints. */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";
import { pieceInterval } from "./address-classes.ts";
import { selectorsOf } from "./atoms.ts";
import { addressesOfEnds } from "./end-addresses.ts";
import type { Universe } from "./universe.ts";

/** What differs for one pair of ends, in bits. */
export interface Found<Kind extends string> {
  readonly kind: Kind;
  /** Whether it holds however the unknowns turn out. */
  readonly settled: boolean;
  readonly from: number;
  readonly to: number;
  readonly row: Int32Array;
}

/** All that differs in one way between two endpoints, or between one and the addresses of nobody. */
export interface Gathered<Kind extends string> {
  readonly kind: Kind;
  readonly settled: boolean;
  readonly family: Family;
  /** Numbers of the endpoints; undefined for addresses that none has. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly selectors: IntervalSet;
  readonly fromAddresses: IntervalSet;
  readonly toAddresses: IntervalSet;
  /** The pair of ends that a person reads best, and what differs there. */
  readonly best: { readonly from: number; readonly to: number; readonly row: Int32Array };
}

interface Draft<Kind extends string> {
  readonly kind: Kind;
  readonly settled: boolean;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly row: Int32Array;
  readonly fromEnds: Set<number>;
  readonly toEnds: Set<number>;
  best: { readonly from: number; readonly to: number; readonly row: Int32Array };
  rank: number;
}

/** Addresses made for documentation (RFC 5737, RFC 3849): nobody takes them for a real host. */
export const readable: Readonly<Record<Family, bigint>> = {
  4: 0xcb007107n,
  6: (1n << 32n) + 0x20010db8000000000000000000000007n,
};

export class Gathering<Kind extends string> {
  readonly #universe: Universe;
  readonly #drafts = new Map<string, Draft<Kind>>();
  readonly #ranks: number[] = [];

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  add(found: Found<Kind>): void {
    const { all } = this.#universe.ends;
    const nobody = [undefined];
    const sources = all[found.from]?.subjects ?? [];
    const destinations = all[found.to]?.subjects ?? [];
    const rank = this.#rank(found.from) + this.#rank(found.to);
    for (const from of sources.length === 0 ? nobody : sources) {
      for (const to of destinations.length === 0 ? nobody : destinations) {
        if (from === to && this.#isOneAddress(found, from)) continue;
        this.#join(found, from, to, rank);
      }
    }
  }

  /** The differences, in the order of their endpoints. */
  *all(): Generator<Gathered<Kind>> {
    const { atoms, ends } = this.#universe;
    for (const { row, fromEnds, toEnds, rank: _, ...draft } of this.#drafts.values()) {
      yield {
        ...draft,
        family: ends.all[draft.best.from]?.family ?? 4,
        selectors: selectorsOf(atoms, row),
        fromAddresses: this.#addresses(draft.from, fromEnds),
        toAddresses: this.#addresses(draft.to, toEnds),
      };
    }
  }

  #join(
    { kind, settled, from: fromEnd, to: toEnd, row }: Found<Kind>,
    from: number | undefined,
    to: number | undefined,
    rank: number,
  ): void {
    const family = this.#universe.ends.all[fromEnd]?.family;
    const key = `${kind} ${settled} ${family} ${from} ${to}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      const best = { from: fromEnd, to: toEnd, row: row.slice() };
      const ends = { fromEnds: new Set<number>(), toEnds: new Set<number>() };
      draft = { kind, settled, from, to, row: row.slice(), ...ends, best, rank };
      this.#drafts.set(key, draft);
    } else {
      for (let word = 0; word < row.length; word++) {
        draft.row[word] = (draft.row[word] as number) | (row[word] as number);
      }
      if (rank < draft.rank) {
        draft.best = { from: fromEnd, to: toEnd, row: row.slice() };
        draft.rank = rank;
      }
    }
    draft.fromEnds.add(fromEnd);
    draft.toEnds.add(toEnd);
  }

  /** Low for what a person reads well. */
  #rank(index: number): number {
    const rank = this.#ranks[index] ?? this.#rankOf(index);
    this.#ranks[index] = rank;
    return rank;
  }

  #rankOf(index: number): number {
    const { ends, cut } = this.#universe;
    const end = ends.all[index];
    if (end === undefined || end.pieces.length === 0) return 2;
    if (end.subjects.length > 0) return 1;
    const address = readable[end.family];
    return end.pieces.some((piece) => {
      const { from, to } = pieceInterval(cut, piece);
      return from <= address && address <= to;
    })
      ? 0
      : 1;
  }

  /** A packet to the very address that it comes from never leaves its host. */
  #isOneAddress({ from, to }: Found<Kind>, subject: number | undefined): boolean {
    if (subject === undefined || from !== to) return false;
    const addresses = this.#addresses(subject, new Set([from]));
    return addresses.length === 1 && addresses[0]?.from === addresses[0]?.to;
  }

  #addresses(subject: number | undefined, ends: ReadonlySet<number>): IntervalSet {
    return addressesOfEnds(this.#universe, subject, ends);
  }
}
