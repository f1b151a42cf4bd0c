/** What np-guard's own kind of work takes here: from YAML to all pairs, as a process of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import type { Figure } from "../figure.ts";
import { atMost, median } from "../figure.ts";
import { manifestCase, withOneMoreCaller } from "./manifest-case.ts";

const area = "segmentation";
const size = { workloads: 1000, seed: 7 };
const rounds = 5;
const runMsMax = 120_000;

const bars = { allSeconds: 1, diffSeconds: 1.2, fasterAtLeast: 40 };

/**
 * Seconds that netpol-analyzer (October 2025) takes for a cluster of this size and kind: `list` of
 * 1,000 Deployments in 50 namespaces with a policy each, measured on two cores. Its `diff` of one
 * changed policy is two lists.
 */
const peerSeconds = 38.9;

/** The figures `np1000_s`, `np1000_ratio` and `np1000_diff_s`. */
export async function measureManifests(context: Context): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "bulkhead-bench-"));
  try {
    const files = manifestCase(size);
    const before = written(join(folder, "before"), files);
    const after = written(join(folder, "after"), withOneMoreCaller(files));
    const all = await seconds(context, ["reach", "--kubernetes", before, "--output", "lines"]);
    const diff = await seconds(context, ["reach", "diff", "--kubernetes", before, after]);
    const ratio = Math.round(peerSeconds / all);
    return [
      atMost(area, "np1000_s", all, "s", bars.allSeconds),
      {
        area,
        name: "np1000_ratio",
        value: ratio,
        unit: "ratio",
        bar: `>=${bars.fasterAtLeast}`,
        holds: ratio >= bars.fasterAtLeast,
      },
      atMost(area, "np1000_diff_s", diff, "s", bars.diffSeconds),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function written(folder: string, files: ReadonlyMap<string, string>): string {
  mkdirSync(folder);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return folder;
}

/** The middle of several runs; the first only fills the compile cache. */
async function seconds(context: Context, args: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const time = await run(context, args);
    if (round > 0) times.push(time);
  }
  return median(times) / 1000;
}

/** Milliseconds of one run, which must print something: a run that fails is no measurement. */
function run(context: Context, args: readonly string[]): Promise<number> {
  context.interrupts.check();
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(join(context.root, "bulkhead"), args, {
      cwd: context.root,
      env: { ...context.variables, CI: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: runMsMax,
    });
    let [bytes, said] = [0, ""];
    child.stdout.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0 && bytes > 0) resolve(performance.now() - started);
      else reject(new ToldError(`bulkhead ${args.join(" ")} ended with ${code}:\n${said}`, false));
    });
  });
}
