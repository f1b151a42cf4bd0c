import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { clearDeadLocks, readLocks } from "../../../automation/engine/locks.ts";
import type { RunRecord } from "../../../automation/engine/run-folder.ts";
import { environmentStack } from "../../../automation/engine/stack-place.ts";
import { ProblemError } from "../../../model/base/problem.ts";

describe("locks of the file backend", () => {
  const stack = environmentStack("/checkout", "local");
  const deadPid = spawnSync(process.execPath, ["-e", "0"]).pid;
  let state: string;
  let folder: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    folder = join(state, ".pulumi", "locks", "organization", "bulkhead", "local");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(state, { recursive: true, force: true }));

  function lock(name: string, pid: number, host = hostname()): string {
    const file = join(folder, `${name}.json`);
    const content = { pid, username: "ada", hostname: host, timestamp: "2026-11-01T10:00:00Z" };
    writeFileSync(file, JSON.stringify(content));
    return file;
  }

  function record(enginePid: number, host = hostname()): RunRecord {
    const startedAt = "2026-11-01T10:00:00Z";
    return { stack: "local", project: "bulkhead", operation: "up", startedAt, host, enginePid };
  }

  it("breaks one whose owner was ours, on this host, and is dead", () => {
    const file = lock("a", deadPid);
    assert.equal(clearDeadLocks(state, stack, [record(deadPid)]).length, 1);
    assert.ok(!existsSync(file));
  });

  const held: [string, number, string, readonly RunRecord[]][] = [
    ["whose owner lives", process.pid, hostname(), [record(process.pid)]],
    ["of another host", deadPid, "elsewhere", [record(deadPid, "elsewhere")]],
    ["of an engine that Bulkhead did not start", deadPid, hostname(), []],
    ["whose id another host's engine had", deadPid, hostname(), [record(deadPid, "elsewhere")]],
  ];
  for (const [what, pid, host, records] of held) {
    it(`keeps one ${what}, and names its owner`, () => {
      lock("a", pid, host);
      assert.throws(
        () => clearDeadLocks(state, stack, records),
        (error) => error instanceof ProblemError && /ada@/.test(error.message),
      );
      assert.equal(readLocks(state, stack).length, 1);
    });
  }

  it("is content where nothing was ever locked", () => {
    assert.deepEqual(clearDeadLocks(join(state, "absent"), stack, []), []);
  });
});
