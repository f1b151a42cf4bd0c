/**
 * The number line of addresses cut at every border that anybody mentions, and the pieces put
 * together again into classes that no rule tells apart.
 */
import type { Family } from "../base/address.ts";
import type { Interval, IntervalSet } from "../base/interval-set.ts";
import { covers, intersect } from "../base/interval-set.ts";
import type { Partition } from "./partition.ts";
import { refine } from "./partition.ts";

const start6 = 1n << 32n;
const lineEnd = start6 + (1n << 128n);

/** Pieces of the line in ascending order; the first piece of IPv6 is `first6`. */
export interface AddressCut {
  readonly count: number;
  readonly starts: readonly bigint[];
  readonly first6: number;
}

/** Cuts the line at the borders of all the sets. */
export function cutLine(sets: Iterable<IntervalSet>): AddressCut {
  const small: number[] = [0];
  const large: bigint[] = [start6];
  const mark = (border: bigint) => {
    if (border < start6) small.push(Number(border));
    else if (border < lineEnd) large.push(border);
  };
  for (const set of sets) {
    for (const { from, to } of set) {
      mark(from);
      mark(to + 1n);
    }
  }
  const sorted4 = Float64Array.from(small).sort();
  const starts4 = sorted4.filter((start, index) => start !== sorted4[index - 1]);
  large.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const starts6 = large.filter((start, index) => start !== large[index - 1]);
  const starts = [...Array.from(starts4, BigInt), ...starts6];
  return { count: starts.length, starts, first6: starts4.length };
}

/** The piece in which an address is. */
export function pieceAt({ starts, first6, count }: AddressCut, address: bigint): number {
  let low = address < start6 ? 0 : first6;
  let high = (address < start6 ? first6 : count) - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as bigint) <= address) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The addresses of a piece. */
export function pieceInterval({ starts }: AddressCut, piece: number): Interval {
  return { from: starts[piece] as bigint, to: (starts[piece + 1] ?? lineEnd) - 1n };
}

export function familyOfPiece({ first6 }: AddressCut, piece: number): Family {
  return piece < first6 ? 4 : 6;
}

/**
 * The pieces of a set as ranges: first, after the last, first, after the last, …
 * Undefined where a border of the set is not a cut.
 */
export function piecesOf(cut: AddressCut, set: IntervalSet): number[] | undefined {
  const ranges: number[] = [];
  for (const { from, to } of set) {
    const first = pieceAt(cut, from);
    const last = pieceAt(cut, to);
    const { from: start } = pieceInterval(cut, first);
    if (start !== from || pieceInterval(cut, last).to !== to) return undefined;
    ranges.push(first, last + 1);
  }
  return ranges;
}

/** Like {@link piecesOf}, of a set at whose borders the line was cut. */
export function cutPiecesOf(cut: AddressCut, set: IntervalSet): number[] {
  const ranges = piecesOf(cut, set);
  if (ranges === undefined) throw new Error("a set of addresses was not cut out of the line");
  return ranges;
}

/** How surely an address that is one of the possible ones lies in the set. */
export function unknownIn(set: IntervalSet, possible: IntervalSet): "no" | "perhaps" | "yes" {
  if (intersect(set, possible).length === 0) return "no";
  return covers(set, possible) ? "yes" : "perhaps";
}

/** Classes of pieces: two have the same one if they are of one family and in the same sets. */
export function classify(cut: AddressCut, sets: readonly IntervalSet[]): Partition {
  const families = new Int32Array(cut.count).fill(1).fill(0, 0, cut.first6);
  return refine(
    families,
    2,
    sets.map((set) => cutPiecesOf(cut, set)),
  );
}
