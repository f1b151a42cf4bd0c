/**
 * The foundation's figures: what Bulkhead costs on top of what it stands on. It works on the stack
 * `local` of this checkout and its local clouds.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type CloudsInUse, useClouds } from "../../clouds/use-clouds.ts";
import { engineEnvironment } from "../../engine/environment.ts";
import { type Engine, engineSettings, provideEngine } from "../../engine/locate.ts";
import { ToldError } from "../../engine/told-error.ts";
import { type Context, packFolders } from "../context.ts";
import { alternating, atMost, type Figure } from "./figure.ts";
import { compileCache, makeEmptyPack, readyTime } from "./pack-process.ts";

const area = "foundation";
const rounds = { launcher: 15, pack: 9, up: 5 };
const bars = { launcherMs: 150, packRatio: 1.25, upRatio: 1.25 };
const stepMsMax = 600_000;

/** Measures all figures, one after the other. */
export async function measureFoundation(context: Context): Promise<Figure[]> {
  const say = context.output.note;
  say("▸ launcher");
  const launcher = await launcherOverhead(context);
  say("▸ policy pack");
  const pack = await packReady(context);
  say("▸ up without changes");
  const engine = await provideEngine({
    allowBuild: true,
    settings: engineSettings(context.variables),
    onProgress: (progress) => say(`  ${progress.doing}`),
  });
  const clouds = await useClouds({
    folders: context.folders,
    variables: context.variables,
    say,
    hurry: () => context.interrupts.requested,
  });
  try {
    return [launcher, pack, await upWithoutChanges(context, engine, clouds)];
  } finally {
    await clouds.release();
  }
}

/** A warm `./bulkhead --version` over `node` doing nothing. */
async function launcherOverhead(context: Context): Promise<Figure> {
  const bulkhead = join(context.root, "bulkhead");
  const { first, second } = await alternating(
    rounds.launcher,
    () => timeOf(context, bulkhead, ["--version"]),
    () => timeOf(context, process.execPath, ["--eval", "0"]),
  );
  return atMost(area, "launcher_overhead_ms", first - second, "ms", bars.launcherMs);
}

/** From a pack's start until it serves, over the same for a pack without any rule. */
async function packReady(context: Context): Promise<Figure> {
  const empty = join(context.root, ".bulkhead", "bench", "empty-pack");
  makeEmptyPack(empty);
  try {
    const own = packFolders()[0] ?? "";
    const { first, second } = await alternating(
      rounds.pack,
      () => readyTime(context, own),
      () => readyTime(context, empty),
    );
    return atMost(area, "pack_ready_ratio", first / second, "ratio", bars.packRatio);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

/** `./bulkhead up local` over the bare engine with the same pack and the same running clouds. */
async function upWithoutChanges(
  context: Context,
  engine: Engine,
  clouds: CloudsInUse,
): Promise<Figure> {
  const bulkhead = join(context.root, "bulkhead");
  const env = engineEnvironment(context.variables, {
    local: true,
    folders: context.folders,
    binDir: engine.binDir,
    attach: clouds.descriptor.debugProviders,
  });
  const packs = packFolders().flatMap((folder) => ["--policy-pack", folder]);
  const bare = ["up", "--stack", "local", "--non-interactive", "--yes", ...packs];
  // The first brings whatever is missing, the second warms what the first has written.
  await timeOf(context, bulkhead, ["up", "local"]);
  await timeOf(context, bulkhead, ["up", "local", "--expect-no-changes"]);
  const { first, second } = await alternating(
    rounds.up,
    () => timeOf(context, bulkhead, ["up", "local", "--expect-no-changes"]),
    () =>
      timeOf(context, engine.pulumi, bare, { ...env, NODE_COMPILE_CACHE: compileCache(context) }),
  );
  return atMost(area, "up_nochange_ratio", first / second, "ratio", bars.upRatio);
}

/** Milliseconds of one run; a run that fails is no measurement. */
function timeOf(
  context: Context,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = { ...context.variables, CI: "true" },
): Promise<number> {
  context.interrupts.check();
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: context.root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: stepMsMax,
    });
    let said = "";
    const take = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(performance.now() - started);
      else reject(new ToldError(`${file} ${args.join(" ")} ended with ${code}:\n${said}`, false));
    });
  });
}
