import assert from "node:assert/strict";
import type { Problem } from "../../../model/base/problem.ts";
import { formatProblem, nearest, ProblemError, throwIfAny } from "../../../model/base/problem.ts";

const problem: Problem = {
  code: "input-type",
  place: "places[0].cidr4",
  got: '"ten"',
  allowed: "a prefix",
  next: "Write one.",
};

describe("problems", () => {
  it("say place, value got, values allowed, next step and code in one line", () => {
    assert.equal(
      formatProblem(problem),
      'places[0].cidr4: got "ten"; allowed: a prefix. Write one. [input-type]',
    );
  });

  it("are thrown all at once, and only if there are any", () => {
    throwIfAny([]);
    assert.throws(
      () => throwIfAny([problem, { ...problem, place: "places[1].cidr4" }]),
      (error) =>
        error instanceof ProblemError &&
        error.problems.length === 2 &&
        error.message.split("\n").length === 2,
    );
  });

  it("guess the name that was meant, if any is near", () => {
    assert.equal(nearest("clutser", ["web", "cluster"]), "cluster");
    assert.equal(nearest("wed", ["web", "app"]), "web");
    assert.equal(nearest("warehouse", ["web", "app"]), undefined);
    assert.equal(nearest("web", []), undefined);
  });
});
