import assert from "node:assert/strict";
import fc from "fast-check";
import type { Marks } from "../../../model/network/marks.ts";
import {
  markDescription,
  marksOfDescription,
  marksOfTags,
  markTags,
} from "../../../model/network/marks.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/);
const marks: fc.Arbitrary<Marks> = fc.oneof(
  fc.record({ place: name }, { noNullPrototype: true }),
  fc.record({ place: name, segment: name }, { noNullPrototype: true }),
);

describe("marks", () => {
  it("are read back from tags and descriptions as they were written", () => {
    fc.assert(
      fc.property(marks, (some) => {
        assert.deepEqual(marksOfTags({ other: "x", ...markTags(some) }), some);
        assert.deepEqual(marksOfDescription(`made by hand ${markDescription(some)}`), some);
      }),
    );
  });

  it("are not seen where nobody wrote them", () => {
    assert.equal(marksOfTags({ segment: "web" }), undefined);
    assert.equal(marksOfTags({ "bulkhead:segment": "web" }), undefined);
    assert.equal(marksOfDescription("the web tier"), undefined);
  });
});
