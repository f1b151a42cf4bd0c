import assert from "node:assert/strict";
import fc from "fast-check";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import {
  covers,
  has,
  intersect,
  intervalSet,
  subtract,
  union,
} from "../../../model/base/interval-set.ts";

/** Numbers small enough that every one of them can be asked. */
const top = 40n;
const interval = fc
  .tuple(fc.bigInt(0n, top), fc.bigInt(0n, top))
  .map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a }));
const intervals = fc.array(interval, { maxLength: 8 });
const set = intervals.map(intervalSet);
const numbers = Array.from({ length: Number(top) + 3 }, (_, i) => BigInt(i) - 1n);

/** Sorted, disjoint and never adjacent, as the type promises. */
function canonical(some: IntervalSet): boolean {
  return some.every(
    ({ from, to }, i) => from <= to && (i === 0 || from > (some[i - 1]?.to ?? 0n) + 1n),
  );
}

describe("interval sets", () => {
  it("hold exactly the numbers of their intervals, in one canonical form", () => {
    fc.assert(
      fc.property(intervals, (some) => {
        const made = intervalSet(some);
        assert.ok(canonical(made));
        for (const n of numbers) {
          assert.equal(
            has(made, n),
            some.some(({ from, to }) => from <= n && n <= to),
          );
        }
        assert.deepEqual(intervalSet([...some].reverse()), made);
      }),
    );
  });

  it("join, meet and subtract number by number", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const results = {
          union: union(a, b),
          intersect: intersect(a, b),
          subtract: subtract(a, b),
        };
        for (const result of Object.values(results)) assert.ok(canonical(result));
        for (const n of numbers) {
          assert.equal(has(results.union, n), has(a, n) || has(b, n));
          assert.equal(has(results.intersect, n), has(a, n) && has(b, n));
          assert.equal(has(results.subtract, n), has(a, n) && !has(b, n));
        }
      }),
    );
  });

  it("cover what adds nothing to them", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        assert.equal(
          covers(a, b),
          numbers.every((n) => !has(b, n) || has(a, n)),
        );
        assert.ok(covers(union(a, b), a));
      }),
    );
  });
});
