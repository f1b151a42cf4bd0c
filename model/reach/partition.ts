/** Things that no set tells apart, found by refining one partition by one set after the other. */

/** A partition of the numbers from 0: each has a class. */
export interface Partition {
  readonly classOf: Int32Array;
  readonly count: number;
  /** How many numbers are in each class. */
  readonly sizes: Int32Array;
}

/**
 * Refines a partition into `count` classes, which it changes in place, by sets given as ranges:
 * first, after the last, first, after the last, … Exact, and without comparing two sets.
 */
export function refine(
  classOf: Int32Array,
  count: number,
  sets: Iterable<ArrayLike<number>>,
): Partition {
  const classesMax = classOf.length + count;
  const sizes = new Int32Array(classesMax);
  for (const of of classOf) sizes[of] = (sizes[of] as number) + 1;
  const hits = new Int32Array(classesMax);
  const movedTo = new Int32Array(classesMax);
  let next = count;
  for (const ranges of sets) {
    const touched: number[] = [];
    eachOf(ranges, (number) => {
      const old = classOf[number] as number;
      if (hits[old] === 0) touched.push(old);
      hits[old] = (hits[old] as number) + 1;
    });
    for (const old of touched) {
      const moved = hits[old] as number;
      hits[old] = 0;
      movedTo[old] = old;
      if (moved === sizes[old]) continue;
      movedTo[old] = next;
      sizes[old] = (sizes[old] as number) - moved;
      sizes[next++] = moved;
    }
    eachOf(ranges, (number) => {
      classOf[number] = movedTo[classOf[number] as number] as number;
    });
  }
  return { classOf, count: next, sizes };
}

/** Calls for each of the ranges. */
export function eachRange(
  ranges: ArrayLike<number>,
  visit: (first: number, end: number) => void,
): void {
  for (let r = 0; r < ranges.length; r += 2) visit(ranges[r] as number, ranges[r + 1] as number);
}

/** Calls for each number of the ranges. */
export function eachOf(ranges: ArrayLike<number>, visit: (index: number) => void): void {
  eachRange(ranges, (first, end) => {
    for (let index = first; index < end; index++) visit(index);
  });
}

/** Whether a set holds each class wholly or not at all. */
export function isOfWholeClasses(
  { classOf, sizes }: Partition,
  ranges: ArrayLike<number>,
): boolean {
  const held = new Map<number, number>();
  eachOf(ranges, (number) => {
    const of = classOf[number] as number;
    held.set(of, (held.get(of) ?? 0) + 1);
  });
  return [...held].every(([of, count]) => count === sizes[of]);
}
