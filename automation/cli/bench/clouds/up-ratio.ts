/** An update of 1,000 resources by the real engine, on the local clouds and on a stub. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startClouds, stopClouds } from "../../../clouds/start.ts";
import { engineEnvironment } from "../../../engine/environment.ts";
import type { Folders } from "../../../engine/folders.ts";
import { type Engine, engineSettings, provideEngine } from "../../../engine/locate.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { alternating } from "../figure.ts";
import { startStub } from "./stub.ts";

const rounds = 3;
const resources = 1000;
const stepMsMax = 900_000;

/** The update's time on the local clouds, over the same on a provider that does nothing. */
export async function upRatio(context: Context, folders: Folders): Promise<number> {
  const engine = await provideEngine({
    allowBuild: true,
    settings: engineSettings(context.variables),
    onProgress: (progress) => context.output.note(`  ${progress.doing}`),
  });
  const project = join(folders.clouds, "project");
  makeProject(context, project);
  const { first, second } = await alternating(
    rounds,
    async () => {
      rmSync(folders.world, { force: true });
      const clouds = await startClouds(folders, context.variables, { kept: false, ports: [] });
      const time = await timeOfUp(context, engine, project, clouds.debugProviders);
      await stopClouds(folders, clouds);
      return time;
    },
    async () => {
      const stub = await startStub();
      const time = await timeOfUp(context, engine, project, `aws:${stub.port}`);
      stub.stop();
      return time;
    },
  );
  context.output.note(
    `  ${(first / 1000).toFixed(1)} s on the clouds, ${(second / 1000).toFixed(1)} s on the stub`,
  );
  return first / second;
}

function makeProject(context: Context, folder: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(context.root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(
    join(folder, "index.js"),
    `import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
for (let i = 0; i < ${resources}; i++) {
  new LogGroup(\`group-\${i}\`, { retentionInDays: 30, tags: { owner: "bench" } });
}
`,
  );
}

/** Milliseconds of an update from nothing; one that fails is no measurement. */
async function timeOfUp(
  context: Context,
  engine: Engine,
  project: string,
  attach: string,
): Promise<number> {
  const state = join(project, "state");
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const env = engineEnvironment(context.variables, {
    local: true,
    folders: { ...context.folders, state },
    binDir: engine.binDir,
    attach,
  });
  const pulumi = (...args: string[]) => run(context, engine.pulumi, args, project, env);
  await pulumi("stack", "init", "bench", "--non-interactive");
  const started = performance.now();
  await pulumi("up", "--stack", "bench", "--non-interactive", "--yes", "--skip-preview");
  return performance.now() - started;
}

function run(
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
