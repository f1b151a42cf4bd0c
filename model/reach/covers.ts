/** Which ends a peer term names, as ranges of their numbers. */
import { cutPiecesOf, unknownIn } from "./address-classes.ts";
import type { Cover, Ranges } from "./ends.ts";
import { eachOf } from "./partition.ts";
import type { Universe } from "./universe.ts";

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
  const sure: number[] = [];
  const perhaps: number[] = [];
  eachOf(cutPiecesOf(cut, addresses), (piece) => {
    for (const end of ends.ofClass[classes.classOf[piece] as number] ?? []) sure.push(end);
  });
  for (const [possible, floating] of ends.floating) {
    const match = unknownIn(addresses, possible);
    if (match !== "no") (match === "yes" ? sure : perhaps).push(...floating);
  }
  const cover = { sure: rangesOf(sure), perhaps: rangesOf(perhaps) };
  universe.setCovers[set] = cover;
  return cover;
}

function memberRanges(universe: Universe, group: number): Ranges {
  const count = universe.ends.all.length;
  return group < 0 ? Int32Array.of(0, count) : rangesOf(membersOf(universe, group));
}

function membersOf({ ends, members }: Universe, group: number): number[] {
  return (members.get(group) ?? []).flatMap((subject) => ends.ofSubject[subject] ?? []);
}

function withinGroup(universe: Universe, cover: Cover, group: number): Cover {
  if (group < 0) return cover;
  const members = new Set(membersOf(universe, group));
  const within = (ranges: Ranges) => {
    const found: number[] = [];
    eachOf(ranges, (end) => {
      if (members.has(end)) found.push(end);
    });
    return rangesOf(found);
  };
  return { sure: within(cover.sure), perhaps: within(cover.perhaps) };
}

/** Numbers in any order, some of them perhaps several times, as ranges. */
function rangesOf(numbers: readonly number[]): Ranges {
  const sorted = Int32Array.from(numbers).sort();
  const ranges: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const number = sorted[i] as number;
    const last = ranges.length - 1;
    if (number === ranges[last]) ranges[last] = number + 1;
    else if (number === sorted[i - 1]) continue;
    else ranges.push(number, number + 1);
  }
  return Int32Array.from(ranges);
}
