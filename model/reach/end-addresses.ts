/**
 * The addresses of ends. Thousands of machines may share an end, and thousands of differences the
 * internet, so nothing here may cost as much as the whole end for each of them.
 */
import type { IntervalSet } from "../base/interval-set.ts";
import { intervalSet } from "../base/interval-set.ts";
import { cutPiecesOf, pieceInterval } from "./address-classes.ts";
import type { End } from "./ends.ts";
import { eachOf } from "./partition.ts";
import type { Universe } from "./universe.ts";

/** By the universe's ends, then by endpoint and ends. */
const known = new WeakMap<Universe["ends"], Map<string, IntervalSet>>();

/** The addresses of some ends, of one endpoint where given. */
export function addressesOfEnds(
  universe: Universe,
  subject: number | undefined,
  numbers: Iterable<number>,
): IntervalSet {
  const memory = known.get(universe.ends) ?? new Map<string, IntervalSet>();
  known.set(universe.ends, memory);
  const all = [...numbers];
  const key = `${subject} ${all.join()}`;
  const found = memory.get(key);
  if (found !== undefined) return found;
  const addresses =
    subject === undefined ? allAddresses(universe, all) : ownAddresses(universe, subject, all);
  memory.set(key, addresses);
  return addresses;
}

function allAddresses({ ends, cut }: Universe, numbers: readonly number[]): IntervalSet {
  const pieces = numbers.flatMap((index) => ends.all[index]?.pieces ?? []);
  return intervalSet(pieces.map((piece) => pieceInterval(cut, piece)));
}

function ownAddresses(
  { ends, cut, subjects }: Universe,
  subject: number,
  numbers: readonly number[],
): IntervalSet {
  const sets = numbers.flatMap((index) => {
    const end = ends.all[index];
    return end === undefined ? [] : [piecesOf(end)];
  });
  const own: number[] = [];
  for (const state of subjects[subject]?.states ?? []) {
    eachOf(cutPiecesOf(cut, state?.addresses ?? []), (piece) => {
      if (sets.some((pieces) => pieces.has(piece))) own.push(piece);
    });
  }
  return intervalSet(own.map((piece) => pieceInterval(cut, piece)));
}

const pieceSets = new WeakMap<End, ReadonlySet<number>>();

function piecesOf(end: End): ReadonlySet<number> {
  const found = pieceSets.get(end) ?? new Set(end.pieces);
  pieceSets.set(end, found);
  return found;
}
