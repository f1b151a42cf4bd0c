/** A small Pulumi project for measurements, and the engine run on it. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engineEnvironment } from "../../engine/environment.ts";
import { type Engine, engineSettings, provideEngine } from "../../engine/locate.ts";
import { ToldError } from "../../engine/told-error.ts";
import type { Context } from "../context.ts";

const stepMsMax = 900_000;

/** The engine, which is told about while it is fetched or compiled. */
export function benchEngine(context: Context): Promise<Engine> {
  return provideEngine({
    allowBuild: true,
    settings: engineSettings(context.variables),
    onProgress: (progress) => context.output.note(`  ${progress.doing}`),
  });
}

/** Writes a project with this program. */
export function makeProject(context: Context, folder: string, program: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(context.root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "index.js"), program);
}

/** A command of the engine on a project. */
export interface EngineRun {
  readonly engine: Engine;
  readonly project: string;
  /** `name:port,…` of providers that already run. */
  readonly attach: string;
  readonly args: readonly string[];
  readonly variables?: NodeJS.ProcessEnv;
}

/** Makes an empty stack `bench`, and runs the command on it; milliseconds of the command alone. */
export async function timeOnEmptyStack(context: Context, run: EngineRun): Promise<number> {
  const { engine, project, attach, args } = run;
  const state = join(project, "state");
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const env = {
    ...engineEnvironment(context.variables, {
      local: true,
      folders: { ...context.folders, state },
      binDir: engine.binDir,
      attach,
    }),
    ...run.variables,
  };
  const pulumi = (...words: readonly string[]) =>
    ended(context, engine.pulumi, words, project, env);
  await pulumi("stack", "init", "bench", "--non-interactive");
  const started = performance.now();
  await pulumi(...args, "--stack", "bench", "--non-interactive");
  return performance.now() - started;
}

/** Rejects where the command fails: that is no measurement. */
function ended(
  context: Context,
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  context.interrupts.check();
  return new Promise((resolve, reject) => {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    const child = spawn(file, args, { cwd, env, stdio: [...stdio], timeout: stepMsMax });
    let said = "";
    const take = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new ToldError(`pulumi ${args.join(" ")} ended with ${code}:\n${said}`, false));
    });
  });
}
