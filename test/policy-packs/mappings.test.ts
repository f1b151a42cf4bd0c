/** Every check of the other scanners has one answer: our rules, or why there is none. */
import assert from "node:assert/strict";
import {
  catalogue,
  checksOf,
  linesFor,
  type MappingLine,
  mappingOf,
  reasons,
  scanners,
} from "../../policy-packs/mappings/tables.ts";
import { rules } from "../../policy-packs/rules/index.ts";

/** Why a check has no rule: it is not about zero trust, cannot be said of a plan, or nobody wrote it. */
const reasonWords = ["not-zero-trust", "not-expressible", "no-rule"];

/** How many checks each named version has; a list that was cut shows here. */
const checkCounts = { checkov: 1372, trivy: 517, "cdk-nag": 468 };

const lines = catalogue();
const ids = new Set(lines.map(({ id }) => id));

describe("the catalogue's ids", () => {
  it("are each listed once, with a section and a sentence", () => {
    assert.equal(ids.size, lines.length);
    for (const { id, section, says, impossible } of lines) {
      assert.match(id, /^[A-Z]{1,2}\d\d[a-z]?$/);
      assert.match(section, /^[a-z]+(\/[a-z]+)?$/, id);
      assert.match(says, /^[A-Z].*\.$/, id);
      assert.match(impossible ?? "So.", /^[A-Z].*\.$/, id);
    }
  });

  it("hold every rule, and no rule that is said to be impossible", () => {
    const existing = rules.map(({ id }) => id);
    assert.deepEqual(
      existing.filter((id) => !ids.has(id)),
      [],
    );
    const impossible = lines.filter((line) => line.impossible !== undefined);
    assert.deepEqual(
      impossible.filter(({ id }) => existing.includes(id)),
      [],
    );
  });
});

describe("the reasons", () => {
  it("are of three words, say a sentence, and are all in use", () => {
    for (const [reason, says] of reasons()) {
      assert.ok(reasonWords.includes(reason.split(":")[0] ?? ""), reason);
      assert.match(says, /^[A-Z].*\.$/, reason);
    }
    const used = scanners.flatMap((scanner) => mappingOf(scanner)).map(({ reason }) => reason);
    assert.deepEqual(
      [...reasons().keys()].filter((reason) => !used.includes(reason)),
      [],
    );
  });
});

for (const scanner of scanners) {
  describe(`the mapping from ${scanner}`, () => {
    const checks = checksOf(scanner);
    const mapping = mappingOf(scanner);

    it("answers every check once", () => {
      assert.equal(checks.length, checkCounts[scanner]);
      assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
      for (const { id } of checks) assert.equal(linesFor(id, mapping).length, 1, id);
    });

    it("answers nothing else", () => {
      const spoken = new Set(checks.flatMap(({ id }) => linesFor(id, mapping)));
      assert.deepEqual(
        mapping.filter((line) => !spoken.has(line)),
        [],
      );
    });

    it("names rules of the catalogue, or one known reason", () => {
      const known = reasons();
      for (const { id, ours, reason, leftOut } of mapping) {
        assert.deepEqual(
          ours.filter((our) => !ids.has(our)),
          [],
          id,
        );
        assert.equal(new Set(ours).size, ours.length, id);
        assert.equal(ours.length === 0, reason !== undefined, id);
        if (reason !== undefined) assert.ok(known.has(reason), `${id}: ${reason}`);
        if (leftOut !== undefined) assert.ok(leftOut.length > 0 && ours.length > 0, id);
      }
    });
  });
}

it("cdk-nag's packs answer alike where they list the same rule", () => {
  const mapping = mappingOf("cdk-nag");
  const answers = (line: MappingLine | undefined) => ({ ...line, id: "" });
  for (const [rule, same] of Map.groupBy(checksOf("cdk-nag"), ({ of }) => of.join(" "))) {
    const [first, ...others] = same.map(({ id }) => answers(linesFor(id, mapping)[0]));
    for (const other of others) assert.deepEqual(other, first, rule);
  }
});
