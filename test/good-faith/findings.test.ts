/** What the rules say about programs in good faith is what somebody judged, and mostly right. */
import assert from "node:assert/strict";
import { allFound, type Judged, judgedFindings, verdicts } from "./findings.ts";
import { type Found, keyOf } from "./found.ts";

/** One finding in so many may be wrong. */
const findingsPerWrongMin = 20;

const howToJudge =
  "Run `node test/good-faith/list.ts > FILE`, judge what has a `?` in it " +
  "(test/good-faith/README.md says how), and put it in place of test/good-faith/findings.tsv";

describe("findings in programs in good faith", function () {
  this.timeout(60_000);
  let judged: readonly Judged[] = [];
  let found: readonly Found[] = [];

  before(async () => {
    judged = judgedFindings();
    found = await allFound();
  });

  it("are those of the table, no more and no less", () => {
    const without = (all: readonly string[], others: readonly string[]) => {
      const left = [...others];
      return all.filter((one) => {
        const index = left.indexOf(one);
        if (index >= 0) left.splice(index, 1);
        return index < 0;
      });
    };
    const known = judged.map(keyOf);
    const now = found.map(keyOf);
    const added = without(now, known).map((key) => `  new, not judged yet: ${key}`);
    const gone = without(known, now).map((key) => `  judged, but not found any more: ${key}`);
    const differences = [...added, ...gone];
    assert.equal(differences.length, 0, `\n${differences.join("\n")}\n${howToJudge}`);
    assert.deepEqual(known, now, howToJudge);
  });

  it("have a verdict and one sentence each", () => {
    for (const line of judged) {
      assert.ok((verdicts as readonly string[]).includes(line.verdict), keyOf(line));
      assert.match(line.reason, /^[A-Z][^\t]{20,}\.$/, keyOf(line));
    }
  });

  it("are wrong once in twenty at most", () => {
    const wrong = judged.filter(({ verdict }) => verdict === "wrong");
    const allowed = Math.floor(judged.length / findingsPerWrongMin);
    const lines = wrong.map((line) => `  ${keyOf(line)}: ${line.reason}`).join("\n");
    assert.ok(
      wrong.length <= allowed,
      `${wrong.length} of ${judged.length} findings are wrong, ${allowed} may be:\n${lines}`,
    );
  });

  it("are not more before anything exists", async () => {
    const after = new Set(found.map(keyOf));
    const before = (await allFound("preview")).map(keyOf);
    assert.deepEqual(
      before.filter((key) => !after.has(key)),
      [],
    );
    // What is not known yet is left open; that is little.
    assert.ok(before.length >= after.size * 0.9);
  });
});
