/**
 * The figures of segmentation with proof: all pairs of large networks, what a change costs, and how
 * the cost grows. Every measurement is a process of its own, so that nothing is warm.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Context } from "../context.ts";
import { atMost, type Figure, median } from "./figure.ts";
import type { Measured } from "./segmentation/measure.ts";

const area = "segmentation";
const rounds = 3;
const stepMsMax = 300_000;

/** Pairs of 10,000 segments over pairs of 1,000. */
const pairsRatio = 100;

/** Measures all figures, one after the other. */
export async function measureSegmentation(context: Context): Promise<Figure[]> {
  const say = context.output.note;
  say("▸ 10,000 rules, 1,000 segments, IPv4 and IPv6, compared with the intent");
  const b1 = await runs(context, "b1");
  say("▸ 1,000,000 ordered rules, 1,000 segments");
  const b2 = await runs(context, "b2");
  say("▸ 50,000 rules, 5,000 segments");
  const b3 = await runs(context, "b3");
  say("▸ one rule changed, and a counterexample");
  const b4 = await runs(context, "b4");
  const b5 = await runs(context, "b5");
  say("▸ 10,000 segments over 1,000");
  const growth = (await medianMs(context, "growth10k")) / (await medianMs(context, "growth1k"));
  return [
    atMost(area, "b1_s", middle(b1, "ms") / 1000, "s", 0.5),
    atMost(area, "b1_rss_mb", middle(b1, "rssMb"), "MB", 400),
    atMost(area, "b2_s", middle(b2, "ms") / 1000, "s", 3),
    atMost(area, "b3_s", middle(b3, "ms") / 1000, "s", 3),
    atMost(area, "b4_ms", middle(b4, "ms"), "ms", 20),
    atMost(area, "b5_ms", middle(b5, "ms"), "ms", 5),
    atMost(area, "growth_ratio", growth / pairsRatio, "ratio", 1),
  ];
}

function middle(all: readonly Run[], value: "ms" | "rssMb"): number {
  return median(all.map((run) => run[value]));
}

interface Run extends Measured {
  /** Of the whole process, records of rules included. */
  readonly rssMb: number;
}

async function medianMs(context: Context, name: string): Promise<number> {
  return middle(await runs(context, name), "ms");
}

async function runs(context: Context, name: string): Promise<Run[]> {
  const all: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    context.interrupts.check();
    const script = join(context.root, "automation/cli/bench/segmentation/measure.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [script, name], {
      env: context.variables,
      timeout: stepMsMax,
    });
    const run = JSON.parse(stdout) as Run;
    if (!(run.found > 0)) throw new Error(`${name} found nothing`);
    const { ms, cpuMs, found } = run;
    context.output.note(`  ${name} ${ms.toFixed(0)} ms (cpu ${cpuMs.toFixed(0)}), found ${found}`);
    all.push(run);
  }
  return all;
}
