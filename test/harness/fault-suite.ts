/** Fault runs as tests: however requests fail, repeated operations reach the world that none reach. */
import assert from "node:assert/strict";
import type { WorldResource } from "../../automation/clouds/control.ts";
import type { FaultKind } from "../../local-clouds/faults/fault.ts";
import type { Outcome } from "./checkout.ts";
import { drawn, type FaultRun } from "./fault-runs.ts";
import { assertSameWorld } from "./same-world.ts";

/** What a run does; `1` and `2` are versions of the program. */
export type FaultOperationName = "up" | "refresh" | "destroy";
export type ProgramVersion = "1" | "2";

/** World and state at one moment. */
export interface Snapshot {
  readonly world: Readonly<Record<string, unknown>>;
  /** Folder with a copy of the backend. */
  readonly state: string;
}

/** A program with its backend and clouds. */
export interface FaultProject {
  run(
    operation: FaultOperationName,
    version: ProgramVersion,
    ...more: readonly string[]
  ): Promise<Outcome>;
  /** Asks the clouds' control door. */
  ask(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
  ): Promise<Readonly<Record<string, unknown>>>;
  world(): Promise<WorldResource[]>;
  /** What the world holds and no state does. */
  unmanaged(): Promise<WorldResource[]>;
  snapshot(): Promise<Snapshot>;
  restore(snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/** Operations until one must have gone well that no further fault met. */
const attemptsMax = 10;

/** Where a run begins, what is done by which version, and where it ends. */
const plans = {
  check: { from: "empty", operations: ["up"], version: "1", to: "first" },
  create: { from: "empty", operations: ["up"], version: "1", to: "first" },
  read: { from: "first", operations: ["refresh", "up"], version: "1", to: "first" },
  update: { from: "first", operations: ["up"], version: "2", to: "second" },
  delete: { from: "second", operations: ["destroy"], version: "2", to: "empty" },
} as const;

/** The answer is lost: what was created is in no state. */
const loses: ReadonlySet<string> = new Set(["timeout", "disconnect"]);

/** Resources of a package up to which checks and reads of all of them may fail in one run. */
const resourcesAtOnceMax = 40;

/** A failed check or read ends an update at once: of a large package one type is met. */
function pickType({ on, name }: FaultRun, world: readonly WorldResource[]): string {
  const prefix = on.slice(0, -1);
  const tokens = world.map(({ token }) => token).filter((token) => token.startsWith(prefix));
  if (tokens.length <= resourcesAtOnceMax) return on;
  const types = [...new Set(tokens)].sort();
  return types[drawn(`${name} type`) % types.length] ?? on;
}

/** Defines the tests of these runs. */
export function faultSuite(open: () => Promise<FaultProject>, runs: readonly FaultRun[]): void {
  let project: FaultProject;
  const clean = {} as Record<"empty" | "first" | "second", Snapshot>;
  const worlds = {} as Record<"empty" | "first" | "second", readonly WorldResource[]>;

  before(async () => {
    project = await open();
    for (const [name, version] of [["empty"], ["first", "1"], ["second", "2"]] as const) {
      if (version !== undefined) await succeed("up", version);
      clean[name] = await project.snapshot();
      worlds[name] = await project.world();
    }
    assert.ok(worlds.first.length >= 30, `${worlds.first.length} resources`);
  });
  after(() => project.close());

  it("without any fault nothing is left over, and a change of the program changes the world", async () => {
    await project.restore(clean.first);
    assert.deepEqual(await project.unmanaged(), []);
    assertSameWorld(await project.world(), worlds.first);
    assert.throws(() => assertSameWorld(worlds.first, worlds.second));
  });

  for (const run of runs) {
    it(`${run.name}: ${run.operation} of ${run.on} meets ${run.kind} at ${run.rate}`, async () => {
      const { from, operations, version, to } = plans[run.operation];
      await project.restore(clean[from]);
      await arm(run);
      let removed = 0;
      for (const operation of operations) removed += await repeat(operation, version, run.kind);
      const { struck, asked } = await disarm();
      assert.ok(asked > 0, "no request was one that could have been met");
      const lost = run.operation === "create" && loses.has(run.kind) ? struck : 0;
      assert.equal(removed, lost, "objects left behind by lost answers");
      assertSameWorld(await project.world(), worlds[to]);
      if (to !== "empty") await succeed("refresh", version, "--expect-no-changes");
    });
  }

  async function arm(run: FaultRun): Promise<void> {
    const { operation, kind, rate, name } = run;
    const single = operation === "check" || operation === "read";
    const on = single ? pickType(run, worlds.second) : run.on;
    // Whatever is checked or read fails once at most: an update needs all of it to go well.
    const limit = single ? { count: 1 } : {};
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

  /** Repeats an operation until it goes well, each time removing what is unmanaged; returns how much. */
  async function repeat(
    operation: FaultOperationName,
    version: ProgramVersion,
    kind: FaultKind,
  ): Promise<number> {
    let removed = 0;
    let said = "";
    let before = await struckSoFar();
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const { code, stdout, stderr } = await project.run(operation, version);
      const left = await project.unmanaged();
      for (const { row } of left) await project.ask("POST", "/drift/delete", { id: `row:${row}` });
      removed += left.length;
      if (code === 0) return removed;
      // An update of what is gone fails for ever, until a refresh tells the state.
      if (kind === "gone") await succeed("refresh", version);
      said = `${stdout}\n${stderr}`;
      const struck = await struckSoFar();
      if (struck > before) attempt = -1;
      before = struck;
    }
    assert.fail(`${operation} fails, though no fault meets it any more:\n${said}`);
  }

  async function struckSoFar(): Promise<number> {
    const { faults } = await project.ask("GET", "/faults");
    return (faults as { struck: number }[]).reduce((sum, { struck }) => sum + struck, 0);
  }

  async function succeed(
    operation: FaultOperationName,
    version: ProgramVersion,
    ...more: readonly string[]
  ): Promise<void> {
    const { code, stdout, stderr } = await project.run(operation, version, ...more);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
  }
}
