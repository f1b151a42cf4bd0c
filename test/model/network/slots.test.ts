import assert from "node:assert/strict";
import fc from "fast-check";
import { hash32, stableSlots } from "../../../model/network/slots.ts";

const keys = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40 });

describe("stable slots", () => {
  it("are different for different keys and within the range", () => {
    fc.assert(
      fc.property(keys, (some) => {
        const slots = [...stableSlots(some, 40).values()];
        assert.equal(new Set(slots).size, some.length);
        assert.ok(slots.every((slot) => slot >= 0 && slot < 40));
      }),
    );
  });

  it("never move when a key is added at the end", () => {
    fc.assert(
      fc.property(keys, (some) => {
        const before = stableSlots(some.slice(0, -1), 40);
        const after = stableSlots(some, 40);
        for (const [key, slot] of before) assert.equal(after.get(key), slot);
      }),
    );
  });

  it("do not depend on the order where no two keys want the same slot", () => {
    const some = ["web", "app", "data"];
    assert.equal(new Set(some.map((key) => hash32(key) % 1000)).size, 3);
    assert.deepEqual(
      new Map([...stableSlots(some, 1000)].sort()),
      new Map([...stableSlots([...some].reverse(), 1000)].sort()),
    );
  });

  it("refuse more keys than slots", () => {
    assert.throws(() => stableSlots(["a", "b"], 1), RangeError);
  });

  it("hash as FNV-1a does", () => {
    // Test vectors of the FNV authors.
    assert.equal(hash32(""), 0x811c9dc5);
    assert.equal(hash32("a"), 0xe40c292c);
    assert.equal(hash32("foobar"), 0xbf9cf968);
  });
});
