/** A policy pack as a process of its own, started as the engine's language host starts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ToldError } from "../../engine/told-error.ts";
import type { Context } from "../context.ts";

/** Ticks of processor time in a second, as Linux counts them for programs (proc(5)). */
const ticksPerSecond = 100;

/** A pack that serves. */
export class PackProcess {
  readonly port: number;
  /** Milliseconds from its start until it said where it serves. */
  readonly readyMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, readyMs: number) {
    this.#child = child;
    this.port = port;
    this.readyMs = readyMs;
  }

  /** Starts the pack in a folder; a {@link ToldError} where it ends before it serves. */
  static async start(context: Context, folder: string): Promise<PackProcess> {
    const runner = createRequire(join(context.root, "package.json")).resolve(
      "@pulumi/pulumi/cmd/run-policy-pack",
    );
    const started = performance.now();
    // The pack connects to the engine only when it has something to say, which here it never has.
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", folder], {
      cwd: folder,
      env: { ...context.variables, NODE_COMPILE_CACHE: compileCache(context) },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const said = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) =>
        reject(new ToldError(`the pack ${folder} ended with ${code} before it served`, true)),
      );
    });
    return new PackProcess(child, Number.parseInt(said, 10), performance.now() - started);
  }

  /** Processor time so far, in seconds; Linux only. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }

  /** The most memory it has had so far, in megabytes; Linux only. */
  peakMb(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** Ends it. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return resolve();
      this.#child.once("close", () => resolve());
      this.#child.kill("SIGKILL");
    });
  }
}

/** Milliseconds until a pack serves. */
export async function readyTime(context: Context, folder: string): Promise<number> {
  const pack = await PackProcess.start(context, folder);
  await pack.stop();
  return pack.readyMs;
}

/** Makes a pack without any rule, to compare with. */
export function makeEmptyPack(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "empty", version: "0.0.1", type: "module", main: "index.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(folder, "index.js"),
    'import { PolicyPack } from "@pulumi/policy";\nnew PolicyPack("empty", { policies: [] });\n',
  );
}

/** Where compiled code is kept, as `./bulkhead` sets it. */
export function compileCache(context: Context): string {
  return context.variables["NODE_COMPILE_CACHE"] ?? join(context.root, ".bulkhead", "compile");
}
