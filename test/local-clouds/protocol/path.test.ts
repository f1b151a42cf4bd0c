/** Property paths. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  covers,
  draftOf,
  fill,
  formatPath,
  meet,
  parsePath,
  withValueAt,
} from "../../../local-clouds/protocol/path.ts";
import { Secret } from "../../../local-clouds/protocol/value.ts";

const step = fc.oneof(
  fc.string({ minLength: 1 }).filter((key) => key !== "*"),
  fc.nat(9),
);

describe("path", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        assert.deepEqual(parsePath(formatPath(steps)), steps);
      }),
    );
  });

  it("refuses what is no path", () => {
    for (const wrong of ["", "a[", "a[x]", "a..b", '["a]'])
      assert.throws(() => parsePath(wrong), RangeError, wrong);
  });

  it("meets every item and value, through secrets", () => {
    const root = { a: [{ b: 1 }, new Secret({ b: 2 }), { c: 3 }], m: { x: { y: 4 }, z: { y: 5 } } };
    assert.deepEqual(meet(root, parsePath("a[*].b")), [
      { at: ["a", 0, "b"], value: 1 },
      { at: ["a", 1, "b"], value: 2 },
    ]);
    assert.deepEqual(
      meet(root, parsePath("m.*.y")).map(({ value }) => value),
      [4, 5],
    );
    assert.deepEqual(meet(root, parsePath("toString")), []);
  });

  it("covers what lies below", () => {
    assert.ok(covers(parsePath("a[*].b"), ["a", 3, "b", "c"]));
    assert.ok(!covers(parsePath("a[*].b"), ["a", 3]));
    assert.ok(!covers(parsePath("a[*].b"), ["a", "x", "b"]));
  });

  it("fills only where nothing is and the parent exists", () => {
    const draft = draftOf({ list: [{}, { on: false }, { on: null }] });
    assert.deepEqual(
      fill(draft, parsePath("list[*].on"), () => true),
      [
        ["list", 0, "on"],
        ["list", 2, "on"],
      ],
    );
    assert.deepEqual(
      fill(draft, parsePath("none.on"), () => true),
      [],
    );
    assert.deepEqual(draft, { list: [{ on: true }, { on: false }, { on: true }] });
  });

  it("changes one place in a copy", () => {
    const root = { a: [{ b: 1 }, { b: 2 }] };
    assert.deepEqual(withValueAt(root, ["a", 1, "b"], 3), { a: [{ b: 1 }, { b: 3 }] });
    assert.deepEqual(withValueAt(root, ["a", 0], undefined), { a: [{ b: 2 }] });
    assert.deepEqual(withValueAt(root, ["x", "y"], 1), { ...root, x: { y: 1 } });
    assert.throws(() => withValueAt(root, ["a", 5], 1), RangeError);
    assert.deepEqual(root, { a: [{ b: 1 }, { b: 2 }] });
  });
});
