import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { type Job, runJob } from "../../../automation/engine/locate/job.ts";

/** A file that every write to fails with ENOSPC (`man 4 full`). */
const fullDisk = "/dev/full";

describe("a job on a full disk", () => {
  before(function () {
    // Only Linux has such a file.
    if (!existsSync(fullDisk)) this.skip();
  });

  const job = (script: string): Job => ({
    command: "sh",
    args: ["-c", script],
    cwd: tmpdir(),
    environment: process.env,
    log: fullDisk,
    signal: new AbortController().signal,
  });

  it("goes on without its log", async () => {
    assert.equal(await runJob(job("echo said >&2; sleep 0.1; echo said >&2; echo done")), "done\n");
  });

  it("that fails says in its own words why", async () => {
    await assert.rejects(
      runJob(job("echo 'write: no space left on device' >&2; sleep 0.1; echo >&2; exit 1")),
      /ended with 1: write: no space left on device/,
    );
  });
});
