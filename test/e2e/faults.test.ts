/**
 * Seeded faults against the real engine: however requests fail, repeated updates reach the world
 * that an update without faults reaches, and what a lost answer leaves behind is listed.
 */
import assert from "node:assert/strict";
import { seedOf } from "../../automation/cli/testing/seed.ts";
import type { WorldResource } from "../../automation/clouds/control.ts";
import { EngineProject, type Snapshot } from "../harness/engine-project.ts";
import { type FaultRun, faultRuns, sampleOf } from "../harness/fault-runs.ts";
import { assertSameWorld } from "../harness/same-world.ts";

const minutes = 60_000;
/** Updates until a stack must have come through. */
const attemptsMax = 40;

const full = process.env["BULKHEAD_FULL"] === "faults";
const seed = seedOf(import.meta.dirname, process.env);
const runs = full ? faultRuns(seed) : sampleOf(faultRuns(seed), seed);

describe(`faults, seed ${seed}`, function () {
  this.timeout((full ? 240 : 10) * minutes);

  let project: EngineProject;
  const clean = {} as Record<"empty" | "first" | "second", Snapshot>;
  const worlds = {} as Record<"empty" | "first" | "second", readonly WorldResource[]>;

  before(async () => {
    project = await EngineProject.open("all-packages.js");
    for (const [name, version] of [["empty"], ["first", "1"], ["second", "2"]] as const) {
      if (version !== undefined) await succeed(["up"], version);
      clean[name] = await project.snapshot();
      worlds[name] = await project.world();
    }
    assert.ok(worlds.first.length >= 30, `${worlds.first.length} resources`);
  });
  after(() => project.close());

  it("meet nothing but what was asked for: without any, nothing is left over", async () => {
    await project.restore(clean.first);
    assert.deepEqual(await project.unmanaged(), []);
    assertSameWorld(await project.world(), worlds.first);
    assert.throws(() => assertSameWorld(worlds.first, worlds.second));
  });

  for (const run of runs) {
    it(`${run.name}: ${run.operation} of ${run.on} meets ${run.kind} at ${run.rate}`, async () => {
      const [from, args, version, to] = plans[run.operation];
      await project.restore(clean[from]);
      await arm(run);
      const removed = await repeat(args, version);
      const { struck, asked } = await disarm();
      assert.ok(asked > 0, "no request was one that could have been met");
      const lost = run.operation === "create" && loses.has(run.kind) ? struck : 0;
      assert.equal(removed, lost, "objects left behind by lost answers");
      assertSameWorld(await project.world(), worlds[to]);
      await succeed(["refresh", "--expect-no-changes"], version);
    });
  }

  async function arm({ operation, kind, on, rate, name }: FaultRun): Promise<void> {
    // Whatever is checked or read fails once at most: an update needs all of it to go well.
    const limit = operation === "check" || operation === "read" ? { count: 1 } : {};
    const body = { on, op: operation, kind, rate, seed: name, delayMs: 20, ...limit };
    await project.ask("POST", "/faults", body);
  }

  async function disarm(): Promise<{ struck: number; asked: number }> {
    const { faults } = await project.ask("GET", "/faults");
    await project.ask("POST", "/faults/clear");
    const [one] = faults as { struck: number; asked: number }[];
    assert.ok(one);
    return one;
  }

  /** Runs the engine until it succeeds, and each time removes what is unmanaged; returns how much. */
  async function repeat(args: readonly string[], version: string): Promise<number> {
    let removed = 0;
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const { code } = await engine(args, version);
      const left = await project.unmanaged();
      for (const { row } of left) await project.ask("POST", "/drift/delete", { id: `row:${row}` });
      removed += left.length;
      if (code === 0) return removed;
    }
    assert.fail(`no success within ${attemptsMax} attempts`);
  }

  async function succeed(args: readonly string[], version: string): Promise<void> {
    const { code, stdout, stderr } = await engine(args, version);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
  }

  function engine([command = "", ...more]: readonly string[], version: string) {
    return project.pulumi(
      [command, "--stack", "test", "--yes", "--skip-preview", ...more],
      version,
    );
  }
});

/** Where a run begins, what is done, by which version of the program, and where it ends. */
const plans = {
  check: ["empty", ["up"], "1", "first"],
  create: ["empty", ["up"], "1", "first"],
  read: ["first", ["up", "--refresh"], "1", "first"],
  update: ["first", ["up"], "2", "second"],
  delete: ["second", ["destroy"], "2", "empty"],
} as const;

/** The answer is lost: what was created is in no state. */
const loses: ReadonlySet<string> = new Set(["timeout", "disconnect"]);
