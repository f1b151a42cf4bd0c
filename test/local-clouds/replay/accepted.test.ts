import assert from "node:assert/strict";
import {
  type Accepted,
  acceptedList,
  accepting,
  stale,
} from "../../../local-clouds/replay/accepted.ts";

/** The ten Google cases must not need more. */
const entriesMax = 20;

const entry: Accepted = {
  type: "gcp:*",
  method: "Create*",
  paths: ["labels", "rules[*].note"],
  reason: "for the test",
};

describe("accepted differences", () => {
  it("cover a path and what lies below, for their types and methods", () => {
    const spot = {
      type: "gcp:a/b:B",
      method: "Create (preview)",
      path: "labels.x",
      verdict: "extra",
      ours: "x",
    };
    assert.equal(accepting([entry], spot), entry);
    assert.equal(accepting([entry], { ...spot, path: "rules[3].note" }), entry);
    assert.equal(accepting([entry], { ...spot, path: "rules[3].other" }), undefined);
    assert.equal(accepting([entry], { ...spot, path: "label" }), undefined);
    assert.equal(accepting([entry], { ...spot, type: "aws:a/b:B" }), undefined);
    assert.equal(accepting([entry], { ...spot, method: "Check" }), undefined);
  });

  it("never cover a whole answer", () => {
    const whole = { type: "gcp:a/b:B", method: "Create", path: "", verdict: "differs", ours: 1 };
    assert.equal(accepting([entry], whole), undefined);
  });

  it("may hold for one way of differing only", () => {
    const extra = { ...entry, verdict: "extra" };
    const spot = {
      type: "gcp:a/b:B",
      method: "Create",
      path: "labels",
      verdict: "extra",
      ours: null,
    };
    assert.equal(accepting([extra], spot), extra);
    assert.equal(accepting([extra], { ...spot, verdict: "missing" }), undefined);
  });

  it("may hold for what is only told to be unset", () => {
    const unset = { ...entry, paths: ["*"], ours: null };
    const spot = { type: "gcp:a/b:B", method: "Create", path: "note", verdict: "extra" };
    assert.equal(accepting([unset], { ...spot, ours: null }), unset);
    assert.equal(accepting([unset], { ...spot, ours: "" }), undefined);
  });

  it("are stale when their type was exchanged and nothing needed them", () => {
    const create = { type: "gcp:a/b:B", method: "Create" };
    assert.deepEqual(stale([entry], [create], new Set()), [entry]);
    assert.deepEqual(stale([entry], [create], new Set([entry])), []);
    assert.deepEqual(stale([entry], [{ type: "gcp:a/b:B", method: "Check" }], new Set()), []);
  });

  it("are few for Google, and each has a reason", () => {
    const google = acceptedList.filter(({ type }) => !/^(aws|azure)/.test(type));
    assert.ok(google.length <= entriesMax, `${google.length} entries`);
    for (const { reason } of acceptedList) assert.ok(reason.length > 10);
  });
});
