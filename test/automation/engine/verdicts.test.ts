import assert from "node:assert/strict";
import {
  countOutcomes,
  readVerdictFile,
  readVerdicts,
} from "../../../automation/engine/verdicts.ts";

const start = (run: string) =>
  JSON.stringify({ kind: "start", run, pack: "zero-trust", rules: ["AN02", "MS01"] });
const end = (run: string, verdicts: number) => JSON.stringify({ kind: "end", run, verdicts });
const pass = (run: string) =>
  JSON.stringify({
    kind: "verdict",
    run,
    rule: "MS01",
    verdict: "pass",
    level: "mandatory",
    resource: "u",
  });
const fail = (run: string) =>
  JSON.stringify({
    kind: "verdict",
    run,
    rule: "AN02",
    severity: "critical",
    verdict: "fail",
    level: "mandatory",
    resource: "u",
    findings: [
      {
        resource: "u",
        path: "ingress[0]",
        witness: "a packet",
        fix: "delete it",
        message: "[AN02] Nobody opens SSH · u · ingress[0]",
      },
    ],
  });

describe("verdicts", () => {
  it("a file that is missing means that the pack did not run", () => {
    assert.equal(readVerdictFile("/nowhere/verdicts.jsonl", 1).faults.length, 1);
  });

  it("a finished run has no faults and its findings in full", () => {
    const read = readVerdicts([start("1"), pass("1"), fail("1"), end("1", 2)].join("\n"), 1);
    assert.deepEqual(read.faults, []);
    assert.deepEqual(read.rules, ["AN02", "MS01"]);
    assert.deepEqual(countOutcomes(read.verdicts), {
      pass: 1,
      fail: 1,
      unknown: 0,
      "not-applicable": 0,
    });
    assert.deepEqual(read.verdicts[1]?.findings[0], {
      rule: "AN02",
      level: "mandatory",
      severity: "critical",
      sentence: "Nobody opens SSH",
      urn: "u",
      path: "ingress[0]",
      witness: "a packet",
      fix: "delete it",
    });
  });

  it("the update's verdicts replace the preview's", () => {
    const text = [start("1"), fail("1"), end("1", 1), start("2"), pass("2"), end("2", 1)].join(
      "\n",
    );
    assert.deepEqual(
      readVerdicts(text, 2).verdicts.map((one) => one.outcome),
      ["pass"],
    );
  });

  const faulty: [string, string, number][] = [
    ["a pack that stopped before its end", [start("1"), pass("1")].join("\n"), 1],
    ["an update that no pack judged", [start("1"), pass("1"), end("1", 1)].join("\n"), 2],
    ["a verdict that is lost", [start("1"), pass("1"), end("1", 2)].join("\n"), 1],
    ["a line cut off", `${start("1")}\n{"kind":"verd\n${end("1", 0)}`, 1],
    ["a verdict of nobody", [start("1"), pass("9"), end("1", 0)].join("\n"), 1],
    ["an empty file", "", 1],
  ];
  for (const [what, text, phases] of faulty) {
    it(`${what} is a fault`, () => assert.ok(readVerdicts(text, phases).faults.length > 0));
  }

  it("an outcome that cannot be read is no pass", () => {
    const odd = pass("1").replace('"pass"', '"fine"');
    assert.equal(
      readVerdicts([start("1"), odd, end("1", 1)].join("\n"), 1).verdicts[0]?.outcome,
      "unknown",
    );
  });
});
