/**
 * Sets of whole numbers as sorted, disjoint, non-adjacent closed intervals.
 *
 * Addresses and layer-4 selectors are both drawn on one number line each (see `address.ts` and
 * `layer4.ts`), so this one algebra serves every packet set.
 */

/** Closed interval, `from` ≤ `to`. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/** Sorted by `from`, disjoint, never adjacent: two equal sets have equal arrays. */
export type IntervalSet = readonly Interval[];

export const emptySet: IntervalSet = [];

/** The set that holds exactly the numbers of the given intervals, in any order, overlapping or not. */
export function intervalSet(intervals: readonly Interval[]): IntervalSet {
  const sorted = [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && next.from <= last.to + 1n) {
      if (next.to > last.to) merged[merged.length - 1] = { from: last.from, to: next.to };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** Numbers in either set. */
export function union(a: IntervalSet, b: IntervalSet): IntervalSet {
  return intervalSet([...a, ...b]);
}

/** Numbers in both sets. */
export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  const result: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as Interval;
    const y = b[j] as Interval;
    const from = x.from > y.from ? x.from : y.from;
    const to = x.to < y.to ? x.to : y.to;
    if (from <= to) result.push({ from, to });
    if (x.to < y.to) i++;
    else j++;
  }
  return result;
}

/** Numbers of `a` that are not in `b`. */
export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  const result: Interval[] = [];
  for (const { from, to } of a) {
    let start = from;
    for (const hole of b) {
      if (hole.to < start || hole.from > to) continue;
      if (hole.from > start) result.push({ from: start, to: hole.from - 1n });
      start = hole.to + 1n;
    }
    if (start <= to) result.push({ from: start, to });
  }
  return result;
}

/** Whether the set holds the number. */
export function has(set: IntervalSet, value: bigint): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { from, to } = set[middle] as Interval;
    if (value < from) high = middle - 1;
    else if (value > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** Whether every number of `inner` is in `outer`. */
export function covers(outer: IntervalSet, inner: IntervalSet): boolean {
  return subtract(inner, outer).length === 0;
}
