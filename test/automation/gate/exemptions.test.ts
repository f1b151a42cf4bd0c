/** Which exemptions count in a gate: never one that the change gives itself for a critical rule. */
import assert from "node:assert/strict";
import { gateExemptions } from "../../../automation/gate/exemptions.ts";
import { gateResult } from "../../../automation/gate/result.ts";
import { commentOf } from "../../../automation/gate/words/markdown.ts";
import { applyExemptions } from "../../../model/policy/exemption.ts";
import type { Finding } from "../../../model/policy/finding.ts";
import type { Severity } from "../../../model/policy/rule.ts";
import { rules } from "../../../policy-packs/rules/index.ts";

const urn = "urn:pulumi:local::bulkhead::aws:s3/bucket:Bucket::logs";
const tip = "0123456789abcdef0123456789abcdef01234567";
const day = 24 * 60 * 60 * 1000;
const now = Date.parse("2026-03-01T00:00:00Z");

function ruleOf(severity: Severity): string {
  return rules.find((rule) => rule.severity === severity)?.id ?? "";
}

function exempting(rule: string) {
  const expires = new Date(now + 30 * day).toISOString().slice(0, 10);
  return { rule, urn, reason: "moving", owner: "ada", ticket: "T-1", expires };
}

function findingOf(severity: Severity): Finding {
  return { rule: ruleOf(severity), severity, urn, sentence: "", path: "", witness: "", fix: "" };
}

const both = JSON.stringify([exempting(ruleOf("critical")), exempting(ruleOf("high"))]);

describe("exemptions in a gate", () => {
  it("count for critical rules where the base has them, for others where the change has them", () => {
    const findings = [findingOf("critical"), findingOf("high")];
    const covered = (head: string | undefined, base: string | undefined) =>
      applyExemptions(findings, gateExemptions(head, base, tip).head, now).exempted.map(
        ({ finding }) => finding.severity,
      );
    assert.deepEqual(covered(both, undefined), ["high"]);
    assert.deepEqual(covered(both, both), ["critical", "high"]);
    assert.deepEqual(covered(undefined, both), ["critical"]);
    assert.deepEqual(covered(undefined, undefined), []);
  });

  it("are told where they count only later", () => {
    const { notes, faults } = gateExemptions(both, "[]", tip);
    assert.deepEqual(faults, []);
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? "", new RegExp(`^The exemption of ${ruleOf("critical")} until .*ada`));
    assert.deepEqual(gateExemptions(both, both, tip).notes, []);
  });

  for (const [what, text, problems] of [
    ["is no JSON", "[{", 1],
    ["is no list", '{"rule":"AN02"}', 1],
    ["has one mistake among what is right", `[${both.slice(1, -1)},{"rule":"AN02"}]`, 5],
  ] as const) {
    it(`count none of a change's file that ${what}, and the gate is undecided`, () => {
      const { head, faults, notes } = gateExemptions(text, both, tip);
      assert.deepEqual(head.stated, []);
      assert.equal(faults.length, problems);
      const about = { base: tip, head: tip, changedFiles: [], faults, notes };
      const result = gateResult(about, []);
      assert.equal(result.decision, "undecided");
      for (const fault of faults) assert.ok(commentOf(result).includes(fault.slice(0, 40)), fault);
    });

    it(`count none of a base's file that ${what}, which is told and can be mended`, () => {
      const { head, base, faults, notes } = gateExemptions(both, text, tip);
      assert.deepEqual([head.reviewed, base.stated, base.reviewed], [[], [], []]);
      assert.deepEqual(faults, []);
      assert.equal(notes.filter((note) => note.includes(" at 0123456789ab")).length, problems);
      const about = { base: tip, head: tip, changedFiles: [], faults, notes };
      assert.equal(gateResult(about, []).decision, "passed");
    });
  }
});
