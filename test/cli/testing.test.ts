import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sumLine } from "../../automation/cli/test.ts";
import { countMocha, runStep } from "../../automation/cli/testing/run-step.ts";
import { seedOf } from "../../automation/cli/testing/seed.ts";
import { mochaSteps } from "../../automation/cli/testing/steps.ts";

const report = (passes: number, failures: number, pending: number) =>
  JSON.stringify({
    stats: { passes, failures, pending },
    failures: Array.from({ length: failures }, (_, n) => ({
      fullTitle: `broken ${n}`,
      err: { message: "no" },
    })),
    pending: Array.from({ length: pending }, (_, n) => ({ fullTitle: `left out ${n}` })),
  });

describe("counting tests", () => {
  it("takes mocha's numbers and names what failed or was left out", () => {
    const counted = countMocha(report(5, 1, 2), 1, "", false);
    assert.deepEqual([counted.passed, counted.failed, counted.skipped], [5, 1, 2]);
    assert.match(counted.details, /broken 0/);
    assert.match(counted.details, /left out 1/);
  });

  it("what is left out has failed where everything is required", () => {
    const counted = countMocha(report(5, 0, 2), 0, "", true);
    assert.deepEqual([counted.passed, counted.failed, counted.skipped], [5, 2, 0]);
  });

  it("a suite that could not be loaded has failed", () => {
    const counted = countMocha("", 1, "SyntaxError: no", false);
    assert.equal(counted.failed, 1);
    assert.match(counted.details, /SyntaxError/);
    assert.equal(countMocha(report(0, 0, 0), 7, "crashed", false).failed, 1);
  });

  it("sums all steps in one line", () => {
    const step = { name: "x", details: "", elapsedMs: 1 };
    const line = sumLine([
      { ...step, passed: 3, failed: 0, skipped: 1 },
      { ...step, passed: 4, failed: 2, skipped: 0 },
    ]);
    assert.equal(line, "7 passed, 2 failed, 1 skipped");
  });

  it("gives each file to one scope", () => {
    const files = [
      "test/components/network/lower.test.ts",
      "test/components/network/network.test.ts",
      "test/e2e/up.test.ts",
      "test/model/base/address.test.ts",
    ];
    const steps = mochaSteps(files);
    assert.deepEqual(Object.fromEntries(steps.map((step) => [step.name, step.files.length])), {
      golden: 1,
      mock: 1,
      e2e: 1,
      unit: 1,
    });
    assert.deepEqual(
      steps.filter((step) => step.alone).map((step) => step.name),
      ["e2e"],
    );
  });

  it("names a tool that is missing", async () => {
    const root = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    try {
      const result = await runStep(
        { kind: "tool", name: "types", tool: "tsc", args: [] },
        { root, requireAll: false, onInterrupt: () => () => undefined },
      );
      assert.equal(result.failed, 1);
      assert.match(result.details, /tsc is not installed/);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("gives the tests what the run was asked for", async () => {
    const root = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    try {
      const bin = join(root, "node_modules", ".bin");
      mkdirSync(bin, { recursive: true });
      const script = '#!/bin/sh\ntest "$BULKHEAD_FULL $BULKHEAD_SEED" = "faults 7"\n';
      writeFileSync(join(bin, "tool"), script, { mode: 0o755 });
      const step = { kind: "tool", name: "x", tool: "tool", args: [] } as const;
      const settings = { root, requireAll: false, onInterrupt: () => () => undefined };
      const variables = { BULKHEAD_FULL: "faults", BULKHEAD_SEED: "7" };
      assert.equal((await runStep(step, { ...settings, variables })).passed, 1);
      assert.equal((await runStep(step, settings)).failed, 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("draws by the seed that is given, else by the commit", () => {
    assert.equal(seedOf("/", { BULKHEAD_SEED: "7" }), "7");
    assert.equal(seedOf("/", {}), "0");
    assert.match(seedOf(import.meta.dirname, {}), /^([0-9a-f]{12}|0)$/);
  });
});
