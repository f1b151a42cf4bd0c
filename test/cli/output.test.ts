import assert from "node:assert/strict";
import { alternating, atMost, median } from "../../automation/cli/bench/figure.ts";
import { exitCodeOf, Interrupted } from "../../automation/cli/exit.ts";
import { duration, makeOutput, table } from "../../automation/cli/output.ts";
import { ToldError } from "../../automation/engine/told-error.ts";
import { type ProblemCode, ProblemError } from "../../model/base/problem.ts";

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
};

describe("output", () => {
  it("sends results and notes to their own streams", () => {
    const [out, err] = [stream(false), stream(false)];
    const output = makeOutput(out, err, {});
    output.result("r");
    output.note("n");
    assert.deepEqual([out.written, err.written], [["r\n"], ["n\n"]]);
  });

  const cases: [Record<string, string>, boolean, boolean, boolean][] = [
    [{}, true, true, true],
    [{}, false, false, false],
    [{ NO_COLOR: "1" }, true, true, false],
    [{ NO_COLOR: "" }, true, true, true],
    [{ CI: "true" }, true, false, false],
    [{ TERM: "dumb" }, true, false, false],
  ];
  for (const [variables, tty, live, colour] of cases) {
    it(`${JSON.stringify(variables)}, ${tty ? "terminal" : "pipe"}: live ${live}, colour ${colour}`, () => {
      const output = makeOutput(stream(tty), stream(tty), variables);
      assert.deepEqual([output.live, output.colour], [live, colour]);
    });
  }

  it("puts numbers to the right and words to the left", () => {
    assert.equal(
      table([
        ["a", "1"],
        ["bcd", "12"],
      ]),
      "a     1\nbcd  12",
    );
  });

  it("writes durations as people read them", () => {
    assert.deepEqual(
      [duration(1234), duration(42_400), duration(125_000)],
      ["1.2 s", "42 s", "2 min 5 s"],
    );
  });
});

describe("exit codes", () => {
  const problem = (code: ProblemCode) => ({ code, place: "p", got: "g", allowed: "a", next: "n" });
  it("tell wrong use, a failed operation and a broken machine apart", () => {
    assert.equal(exitCodeOf(new ProblemError([problem("address-overlap")])), 2);
    assert.equal(exitCodeOf(new ProblemError([problem("operation-failed")])), 1);
    assert.equal(
      exitCodeOf(new ProblemError([problem("input-type"), problem("environment-broken")])),
      3,
    );
    assert.equal(exitCodeOf(new ToldError("x", true)), 3);
    assert.equal(exitCodeOf(new ToldError("x", false)), 1);
    assert.equal(exitCodeOf(new Interrupted()), 1);
    assert.equal(exitCodeOf(new TypeError("defect")), 4);
  });
});

describe("figures", () => {
  it("take the middle, and judge the figure as it is shown", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.equal(atMost("a", "n", 1.2549, "ratio", 1.25).holds, true);
    assert.equal(atMost("a", "n", 1.2551, "ratio", 1.25).holds, false);
  });

  it("are measured by turns", async () => {
    const order: string[] = [];
    const run = (name: string) => async () => order.push(name);
    const { first, second } = await alternating(3, run("a"), run("b"));
    assert.deepEqual(order, ["a", "b", "a", "b", "a", "b"]);
    assert.deepEqual([first, second], [3, 4]);
  });
});
