import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, parseStat, processesOf } from "../../../automation/engine/processes.ts";
import { supervise } from "../../../automation/engine/supervisor.ts";

describe("supervisor", function () {
  this.timeout(30_000);
  const times = { finishMs: 150, stopMs: 150, terminateMs: 150 };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts a program that stands for the engine, and waits until it has said "ready". */
  async function start(source: string) {
    const file = join(folder, "engine.mjs");
    writeFileSync(file, source);
    const stdout = join(folder, "out");
    const running = supervise(
      {
        file: process.execPath,
        args: [file],
        cwd: folder,
        env: { PATH: process.env["PATH"] ?? "" },
        stdout,
        stderr: join(folder, "err"),
      },
      times,
    );
    while (!existsSync(stdout) || !readFileSync(stdout, "utf8").includes("ready")) await sleep(20);
    return { running, output: () => readFileSync(stdout, "utf8") };
  }

  const stay = "setInterval(() => {}, 1000); console.log('ready');";

  it("lets a program end by itself and tells its exit code", async () => {
    const { running } = await start("console.log('ready'); process.exitCode = 7;");
    assert.deepEqual(await running.done, { code: 7, signal: null });
  });

  it("interrupts once where that is enough", async () => {
    const { running } = await start(`process.on('SIGINT', () => process.exit(3)); ${stay}`);
    running.stop();
    assert.deepEqual(await running.done, { code: 3, signal: null, ended: "interrupt" });
  });

  it("interrupts a second time when the first is not answered in time", async () => {
    const { running } = await start(
      `let n = 0; process.on('SIGINT', () => { if (++n === 2) process.exit(4); }); ${stay}`,
    );
    running.stop();
    assert.deepEqual(await running.done, { code: 4, signal: null, ended: "second interrupt" });
  });

  it("terminates, then kills, one that ignores everything", async () => {
    const { running } = await start(
      `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => console.log(s)); ${stay}`,
    );
    running.stop();
    const ending = await running.done;
    assert.equal(ending.ended, "kill");
    assert.equal(ending.signal, "SIGKILL");
    assert.ok(!isAlive(running.pid));
  });

  it("takes the next step at once when asked again", async () => {
    const slow = { finishMs: 60_000, stopMs: 60_000, terminateMs: 150 };
    const file = join(folder, "engine.mjs");
    writeFileSync(file, `process.on('SIGINT', () => {}); ${stay}`);
    const running = supervise(
      {
        file: process.execPath,
        args: [file],
        cwd: folder,
        env: {},
        stdout: join(folder, "out"),
        stderr: join(folder, "err"),
      },
      slow,
    );
    while (!existsSync(join(folder, "out")) || readFileSync(join(folder, "out"), "utf8") === "")
      await sleep(20);
    running.stop();
    running.stop();
    running.stop();
    assert.equal((await running.done).ended, "terminate");
  });

  it("leaves no plugin behind, even one in a process group of its own", async () => {
    const pidFile = join(folder, "pid");
    const plugin =
      "process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
    // `set -m` gives the background job a process group of its own, as the engine does for plugins.
    const source = `
      import { spawn } from 'node:child_process';
      spawn('sh', ['-c', 'set -m; "$0" -e "$1" & echo $! > "$2"; wait', process.execPath, ${JSON.stringify(plugin)}, ${JSON.stringify(pidFile)}], { stdio: 'ignore' });
      process.on('SIGINT', () => process.exit(1));
      ${stay}`;
    const { running } = await start(source);
    while (!existsSync(pidFile) || readFileSync(pidFile, "utf8").trim() === "") await sleep(20);
    const pid = Number(readFileSync(pidFile, "utf8"));
    assert.ok(isAlive(pid));
    running.stop();
    await running.done;
    await sleep(100);
    assert.ok(!isAlive(pid), `process ${pid} still lives`);
  });

  it("rejects where the program cannot be started", async () => {
    const running = supervise({
      file: join(folder, "absent"),
      args: [],
      cwd: folder,
      env: {},
      stdout: join(folder, "out"),
      stderr: join(folder, "err"),
    });
    await assert.rejects(running.done, /ENOENT/);
  });
});

describe("processes", () => {
  it("reads a stat line whatever the process is called", () => {
    const entry = parseStat("42 (a ) b (c) S 1 40 39 0 -1");
    assert.deepEqual(entry, { pid: 42, parent: 1, group: 40, session: 39, zombie: false });
  });

  it("finds a session's members and their descendants, and leaves zombies out", () => {
    const entry = (pid: number, parent: number, session: number, zombie = false) => ({
      pid,
      parent,
      group: pid,
      session,
      zombie,
    });
    const all = [
      entry(10, 1, 10),
      entry(11, 10, 10),
      entry(12, 11, 12), // opened a session of its own
      entry(13, 1, 10), // its parent has ended
      entry(14, 10, 10, true),
      entry(20, 1, 20),
    ];
    assert.deepEqual(processesOf(10, all), [10, 11, 12, 13]);
  });
});
