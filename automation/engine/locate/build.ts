import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { provideGo } from "./go.ts";
import { type Job, runJob } from "./job.ts";
import type { Step } from "./progress.ts";
import { builtFolder, type EngineSettings, readRecipe, toolsFolder } from "./settings.ts";
import { installed } from "./staging.ts";
import { askVersion } from "./version.ts";

/** Measured: everything compiled anew takes 3.5 to 5 minutes on 2 cores, by what else they do. */
const measured = { ms: 240_000, cores: 2 };
/** Before this part is compiled, what was measured elsewhere says more than the pace so far. */
const paceTellsFrom = 0.15;
/**
 * Measured: which part of the time has gone when a part of the packages is compiled. Small ones
 * come first; at nine tenths the clouds' large SDKs hold everything up.
 */
const curve: readonly (readonly [packages: number, time: number])[] = [
  [0, 0],
  [0.27, 0.09],
  [0.51, 0.24],
  [0.7, 0.39],
  [0.88, 0.54],
  [0.9, 0.79],
  [0.97, 0.94],
  [1, 1],
];

/** Compiles the engine into the cache and returns its folder. Throws an error that says why not. */
export async function buildEngine(
  settings: EngineSettings,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<string> {
  const log = join(settings.cache, "build.log");
  rmSync(log, { force: true });
  const found = await provideGo(settings, log, report, signal);
  if ("why" in found) throw new Error(found.why.join("; "));

  const folder = builtFolder(settings);
  await installed(settings.cache, folder, async (staging) => {
    const bin = join(staging, "bin");
    mkdirSync(bin);
    const pulumi = join(bin, "pulumi");
    await compile(pulumi, found, settings, log, report, signal);
    const version = await askVersion(pulumi, settings);
    const { version: wanted } = readRecipe(settings);
    if (version !== wanted)
      throw new Error(`the built engine says it is ${version}, not ${wanted}`);
  });
  return folder;
}

async function compile(
  pulumi: string,
  found: { readonly go: string; readonly version: string },
  settings: EngineSettings,
  log: string,
  report: (step: Step) => void,
  signal: AbortSignal,
): Promise<void> {
  const recipe = readRecipe(settings);
  const job: Omit<Job, "args"> = {
    command: found.go,
    cwd: toolsFolder(settings),
    environment: { ...settings.environment, ...recipe.environment },
    log,
    signal,
  };
  const tags = recipe.arguments.slice(
    recipe.arguments.indexOf("-tags"),
    recipe.arguments.indexOf("-tags") + 2,
  );
  report({
    step: "sources",
    doing: `getting the sources of Pulumi ${recipe.version} (Go ${found.version})`,
    log,
  });
  const list = await runJob({ ...job, args: ["list", ...tags, "-deps", recipe.package] });
  const total = list.trim().split("\n").length;

  const started = Date.now();
  let done = 0;
  const tell = (): void =>
    report({
      step: "compile",
      doing: `compiling Pulumi ${recipe.version} with Go ${found.version}`,
      counted: { done, total, unit: "packages" },
      leftMs: leftMs(Date.now() - started, done / total),
      log,
    });
  tell();
  const tick = setInterval(tell, 1_000);
  try {
    // -v names each package when it is compiled; what Go's own cache holds is not named.
    const args = ["build", "-v", "-o", pulumi, ...recipe.arguments, recipe.package];
    await runJob({ ...job, args, onLine: (line) => void (isPackage(line) && done++) });
  } finally {
    clearInterval(tick);
  }
}

/** Time left: by the measured figure and this machine's cores at first, then by the pace so far. */
export function leftMs(elapsedMs: number, part: number, cores = availableParallelism()): number {
  const measuredHere = (measured.ms * measured.cores) / cores;
  const whole = part < paceTellsFrom ? measuredHere : elapsedMs / timePart(part);
  return Math.max(0, Math.round(whole - elapsedMs));
}

/** The part of the time that has gone, interpolated on {@link curve}. */
function timePart(part: number): number {
  const above = curve.findIndex(([packages]) => packages >= part);
  const [p0, t0] = curve[above - 1] ?? [0, 0];
  const [p1, t1] = curve[above] ?? [1, 1];
  return p1 === p0 ? t1 : t0 + ((part - p0) / (p1 - p0)) * (t1 - t0);
}

function isPackage(line: string): boolean {
  return /^[\w.~-]+(\/[\w.~+-]+)*$/.test(line);
}
