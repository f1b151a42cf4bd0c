/** Sides in files: what `--save` wrote comes back, and nothing else is taken for it. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareSides } from "../../../automation/gate/compare.ts";
import { decide } from "../../../automation/gate/decide.ts";
import {
  emptySide,
  loadSides,
  type Side,
  saveSides,
  sideVersion,
} from "../../../automation/gate/side.ts";
import { ProblemError } from "../../../model/base/problem.ts";

const urn = "urn:pulumi:local::bulkhead::aws:s3/bucket:Bucket::logs";
const finding = {
  ...{ rule: "AD01", level: "mandatory", severity: "critical", urn },
  ...{ sentence: "s", path: "acl", witness: "w", fix: "f" },
};

function sideWith(more: Partial<Side>): Side {
  return { ...emptySide("c", "local", []), ...more };
}

describe("sides of a gate", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "bulkhead-side-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it("come back as they were kept", () => {
    const file = join(dir, "base.json");
    const network = {
      topology: { endpoints: [], stages: [], residuals: [], unknowns: [] },
      segmentations: [],
    };
    const sides = [sideWith({ findings: [finding] }), sideWith({ stack: "dev", network })];
    saveSides(file, sides);
    assert.deepEqual(loadSides(file), sides);
  });

  for (const [what, text] of [
    ["no JSON", "["],
    ["another form", "{}"],
    ["another version", `[{"version":${sideVersion + 1}}]`],
    [
      "a network that cannot be read",
      `[{"version":${sideVersion},"stack":"local","network":{"a":1}}]`,
    ],
  ] as const) {
    it(`are not read out of ${what}`, () => {
      const file = join(dir, "base.json");
      writeFileSync(file, text);
      assert.throws(() => loadSides(file), ProblemError);
    });
  }

  it("are not kept where nothing can be written, and that is told", () => {
    writeFileSync(join(dir, "file"), "");
    assert.throws(() => saveSides(join(dir, "file", "base.json"), []), ProblemError);
  });

  it("that could not be previewed decide nothing, on either side", () => {
    const broken = emptySide("c", "local", ["line one", "line two"]);
    const good = sideWith({ findings: [finding] });
    for (const [base, head, name] of [
      [broken, good, "base"],
      [good, broken, "head"],
    ] as const) {
      const { decision, reasons } = decide(compareSides(base, head));
      assert.equal(decision, "undecided");
      assert.deepEqual(reasons.slice(0, 2), [`${name}: line one`, `${name}: line two`]);
    }
  });

  it("are compared in one order, the gravest first, in whatever order packs judged", () => {
    const grave = { ...finding, urn: `${urn}-a` };
    const found = [grave, finding, { ...finding, rule: "AD02", severity: "low" }];
    const before = sideWith({ findings: [grave] });
    const orders = [found, found.toReversed()].map((findings) =>
      compareSides(before, sideWith({ findings })).findings.map(({ urn, age }) => [urn, age]),
    );
    assert.deepEqual(orders[0], [
      [urn, "new"],
      [grave.urn, "unchanged"],
      [urn, "new"],
    ]);
    assert.deepEqual(orders[1], orders[0]);
  });

  it("of a stack that the change brings hold nothing before, and all that is found is new", () => {
    const comparison = compareSides(emptySide("c", "local", []), sideWith({ findings: [finding] }));
    assert.deepEqual(
      comparison.findings.map(({ age }) => age),
      ["new"],
    );
    assert.equal(decide(comparison).decision, "blocked");
  });
});
