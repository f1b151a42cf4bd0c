/** A Pulumi project of a test's own, on clouds of its own, driven by the real engine. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ask, type WorldResource, worldState } from "../../automation/clouds/control.ts";
import { type Descriptor, parseDescriptor } from "../../automation/clouds/descriptor.ts";
import { heldInBackend } from "../../automation/clouds/held.ts";
import { unmanaged } from "../../automation/clouds/unmanaged.ts";
import { engineEnvironment } from "../../automation/engine/environment.ts";
import { type Folders, foldersOf } from "../../automation/engine/folders.ts";
import { type Engine, findEngine } from "../../automation/engine/locate.ts";
import type { Outcome } from "./checkout.ts";
import type { FaultOperationName, FaultProject, ProgramVersion, Snapshot } from "./fault-suite.ts";

const root = join(import.meta.dirname, "..", "..");
const stack = "test";

/** A project with a program, a backend and clouds; `close` ends and removes all of it. */
export class EngineProject implements FaultProject {
  readonly dir: string;
  readonly folders: Folders;
  readonly clouds: Descriptor;
  private readonly engine: Engine;
  private readonly child: ChildProcess;
  private snapshots = 0;

  private constructor(dir: string, engine: Engine, child: ChildProcess, clouds: Descriptor) {
    this.dir = dir;
    this.folders = foldersOf(dir);
    this.engine = engine;
    this.child = child;
    this.clouds = clouds;
  }

  /** The state of its stack, as the engine exports it. */
  async exported(): Promise<string> {
    const { code, stdout, stderr } = await this.pulumi(["stack", "export", "--stack", stack], "1");
    assert.equal(code, 0, stderr);
    return stdout;
  }

  /** Opens a project that runs a program of `test/harness/programs`. */
  static async open(program: string): Promise<EngineProject> {
    const { engine } = await findEngine();
    assert.ok(engine, "no engine is there: ./bulkhead doctor tells how to get one");
    const dir = mkdtempSync(join(tmpdir(), "bulkhead-project-"));
    writeFileSync(join(dir, "Pulumi.yaml"), projectFile);
    writeFileSync(join(dir, "package.json"), '{ "type": "module" }\n');
    copyFileSync(join(root, "test", "harness", "programs", program), join(dir, "index.js"));
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
    // By which programs that use the components find them.
    symlinkSync(root, join(dir, "bulkhead"));
    const child = spawn(
      process.execPath,
      [join(root, "local-clouds", "main.ts"), "--world", join(dir, "world"), "--with-parent"],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    assert.ok(child.stdout);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const clouds = parseDescriptor(JSON.parse(line));
    assert.ok(clouds, line);
    const project = new EngineProject(dir, engine, child, clouds);
    mkdirSync(project.folders.state, { recursive: true });
    const made = await project.pulumi(["stack", "init", stack], "1");
    assert.equal(made.code, 0, made.stderr);
    return project;
  }

  run(
    operation: FaultOperationName,
    version: ProgramVersion,
    ...more: readonly string[]
  ): Promise<Outcome> {
    const args = [operation, "--stack", stack, "--yes", "--skip-preview", ...more];
    return this.pulumi(args, version);
  }

  /** What Pulumi's own command previews; packs and how it is told stand in `more`. */
  preview(...more: readonly string[]): Promise<Outcome> {
    return this.pulumi(["preview", "--stack", stack, ...more], "1");
  }

  /** Runs the engine; `version` is the program's. */
  private pulumi(args: readonly string[], version: ProgramVersion): Promise<Outcome> {
    const env = engineEnvironment(process.env, {
      local: true,
      folders: this.folders,
      binDir: this.engine.binDir,
      attach: this.clouds.debugProviders,
    });
    const child = spawn(this.engine.pulumi, [...args, "--non-interactive"], {
      cwd: this.dir,
      env: { ...env, PROGRAM_VERSION: version, PULUMI_CONTINUE_ON_ERROR: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, ...text }));
    });
  }

  ask(method: "GET" | "POST", path: string, body?: unknown) {
    return ask(this.clouds, method, path, body);
  }

  world(): Promise<WorldResource[]> {
    return worldState(this.clouds);
  }

  async unmanaged(): Promise<WorldResource[]> {
    return unmanaged(await this.world(), heldInBackend(this.folders.state));
  }

  async snapshot(): Promise<Snapshot> {
    const state = join(this.dir, `state-${this.snapshots++}`);
    cpSync(this.folders.state, state, { recursive: true });
    return { world: await this.ask("GET", "/state/export"), state };
  }

  async restore(snapshot: Snapshot): Promise<void> {
    await this.ask("POST", "/reset");
    await this.ask("POST", "/state/import", snapshot.world);
    rmSync(this.folders.state, { recursive: true, force: true });
    cpSync(snapshot.state, this.folders.state, { recursive: true });
  }

  async close(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.stdin?.end();
    if (this.child.exitCode === null) await ended;
    if (existsSync(this.dir)) rmSync(this.dir, { recursive: true, force: true });
  }
}

const projectFile = `name: faults
runtime:
  name: nodejs
  options:
    typescript: false
`;
