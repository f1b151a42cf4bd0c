/** Which ends a peer term names, as ranges of their numbers. */
import type { Family } from "../base/address.ts";
import { cutPiecesOf, eachOf, unknownIn } from "./address-classes.ts";
import type { Universe } from "./universe.ts";

/** Ranges of ends: first, after the last, first, after the last, … */
export type Ranges = Int32Array;

/** The ends that match surely, and those of which an address not known yet may match. */
export interface Cover {
  readonly sure: Ranges;
  readonly perhaps: Ranges;
}

const families: readonly Family[] = [4, 6];

/** The ends that a term of the vocabulary names. */
export function coverOf(universe: Universe, term: number): Cover {
  const known = universe.covers[term];
  if (known !== undefined) return known;
  const { addresses, group } = universe.vocabulary.terms[term] ?? { addresses: -1, group: -1 };
  const cover =
    addresses < 0
      ? { sure: memberRanges(universe, group), perhaps: new Int32Array(0) }
      : withinGroup(universe, coverOfSet(universe, addresses), group);
  universe.covers[term] = cover;
  return cover;
}

/** The ends with an address in a set of the vocabulary. */
export function coverOfSet(universe: Universe, set: number): Cover {
  const known = universe.setCovers[set];
  if (known !== undefined) return known;
  const { cut, classes, ends, vocabulary } = universe;
  const addresses = vocabulary.addresses.sets[set] ?? [];
  const sure = new Uint8Array(ends.all.length);
  const perhaps = new Uint8Array(ends.all.length);
  eachOf(cutPiecesOf(cut, addresses), (piece) => {
    for (const end of ends.ofClass[classes.classOf[piece] as number] ?? []) sure[end] = 1;
  });
  for (const family of families) {
    const match = unknownIn(addresses, family);
    const marks = match === "yes" ? sure : perhaps;
    if (match !== "no") for (const end of ends.floating[family]) marks[end] = 1;
  }
  const cover = { sure: rangesOf(sure), perhaps: rangesOf(perhaps) };
  universe.setCovers[set] = cover;
  return cover;
}

function memberRanges(universe: Universe, group: number): Ranges {
  const count = universe.ends.all.length;
  return group < 0 ? Int32Array.of(0, count) : rangesOf(membersOf(universe, group));
}

function membersOf({ ends, members }: Universe, group: number): Uint8Array {
  const marks = new Uint8Array(ends.all.length);
  for (const subject of members.get(group) ?? []) {
    for (const end of ends.ofSubject[subject] ?? []) marks[end] = 1;
  }
  return marks;
}

function withinGroup(universe: Universe, cover: Cover, group: number): Cover {
  if (group < 0) return cover;
  const members = membersOf(universe, group);
  const within = (ranges: Ranges) => {
    const marks = new Uint8Array(members.length);
    eachOf(ranges, (end) => {
      marks[end] = members[end] as number;
    });
    return rangesOf(marks);
  };
  return { sure: within(cover.sure), perhaps: within(cover.perhaps) };
}

function rangesOf(marks: Uint8Array): Ranges {
  const ranges: number[] = [];
  for (let end = 0; end < marks.length; end++) {
    if (marks[end] === 0) continue;
    const first = end;
    while (end < marks.length && marks[end] === 1) end++;
    ranges.push(first, end);
  }
  return Int32Array.from(ranges);
}
