/** The pack's figures, with the whole catalogue: how soon it serves, how fast it judges, what it holds. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { judgeSubject } from "../../../policy-packs/kit/judge.ts";
import { makePlan, plannedResource } from "../../../policy-packs/kit/plan.ts";
import { rules } from "../../../policy-packs/rules/index.ts";
import { type Context, packFolders } from "../context.ts";
import { alternating, atMost, type Figure, median } from "./figure.ts";
import { makeEmptyPack, PackProcess, readyTime } from "./pack-process.ts";
import { AnalyzerClient } from "./policy/analyzer-client.ts";
import { previewRatio } from "./policy/preview-ratio.ts";
import { type BenchResource, benchResources, largeGroup } from "./policy/resources.ts";

const area = "policy";
const rounds = { ready: 9, pack: 3, group: 60, warm: 20 };
const bars = {
  readyRatio: 1.25,
  readyMb: 200,
  analyzeS: 1.6,
  analyzeCpuS: 0.9,
  stack1000S: 0.7,
  stack10000S: 5,
  growth: 1.3,
  rss1000Mb: 260,
  rss10000Mb: 800,
  groupMs: 5,
  previewRatio: 1.15,
};
const groupRules = 1000;

/** Measures all figures; the preview of 1,000 resources only where asked for. */
export async function measurePolicy(
  context: Context,
  options: { readonly long: boolean },
): Promise<Figure[]> {
  const bench = join(context.root, ".bulkhead", "bench", area);
  rmSync(bench, { recursive: true, force: true });
  const empty = join(bench, "empty-pack");
  makeEmptyPack(empty);
  try {
    const figures = [await ready(context, empty), ...(await judging(context))];
    if (options.long) {
      const ratio = await previewRatio(context, join(bench, "clouds"), empty);
      figures.push(atMost(area, "preview1000_ratio", ratio, "ratio", bars.previewRatio));
    }
    return figures;
  } finally {
    rmSync(bench, { recursive: true, force: true });
  }
}

async function ready(context: Context, empty: string): Promise<Figure> {
  context.output.note("▸ until the pack serves");
  const { first, second } = await alternating(
    rounds.ready,
    () => readyTime(context, ownPack()),
    () => readyTime(context, empty),
  );
  return atMost(area, "pack_ready_ratio", first / second, "ratio", bars.readyRatio);
}

/** What one process took, from its start to the verdict on its stack. */
interface Judged {
  readonly readyMb: number;
  readonly analyzeS: number;
  readonly analyzeCpuS: number;
  readonly stackS: number;
  readonly peakMb: number;
}

async function judging(context: Context): Promise<Figure[]> {
  context.output.note("▸ 1,000 resources");
  const small = await several(context, benchResources(1000));
  context.output.note("▸ 10,000 resources");
  const large = await judged(context, benchResources(10_000));
  context.output.note(`▸ a group of ${groupRules} rules`);
  const growth = large.stackS / (10 * small.stackS);
  return [
    atMost(area, "pack_ready_mb", small.readyMb, "MB", bars.readyMb),
    atMost(area, "analyze1000_s", small.analyzeS, "s", bars.analyzeS),
    atMost(area, "analyze1000_cpu_s", small.analyzeCpuS, "s", bars.analyzeCpuS),
    atMost(area, "stack1000_s", small.stackS, "s", bars.stack1000S),
    atMost(area, "stack10000_s", large.stackS, "s", bars.stack10000S),
    atMost(area, "stack_growth_ratio", growth, "ratio", bars.growth),
    atMost(area, "rss1000_mb", small.peakMb, "MB", bars.rss1000Mb),
    atMost(area, "rss10000_mb", large.peakMb, "MB", bars.rss10000Mb),
    atMost(area, "group1000_ms", groupTime(), "ms", bars.groupMs),
  ];
}

/** The middle of several processes. */
async function several(context: Context, resources: readonly BenchResource[]): Promise<Judged> {
  const all: Judged[] = [];
  for (let round = 0; round < rounds.pack; round++) all.push(await judged(context, resources));
  const middle = (key: keyof Judged) => median(all.map((one) => one[key]));
  return {
    readyMb: middle("readyMb"),
    analyzeS: middle("analyzeS"),
    analyzeCpuS: middle("analyzeCpuS"),
    stackS: middle("stackS"),
    peakMb: middle("peakMb"),
  };
}

async function judged(context: Context, resources: readonly BenchResource[]): Promise<Judged> {
  return withPack(context, async (pack, client) => {
    // The rules are loaded while the program starts: the first resource does not pay for them.
    await client.analyze([{ type: "pulumi:pulumi:Stack", name: "s", props: {}, dependsOn: {} }]);
    const readyMb = pack.peakMb();
    const cpu = pack.cpuSeconds();
    const analyzeS = (await client.analyze(resources)) / 1000;
    const analyzeCpuS = pack.cpuSeconds() - cpu;
    const stackS = (await client.analyzeStack(resources)) / 1000;
    return { readyMb, analyzeS, analyzeCpuS, stackS, peakMb: pack.peakMb() };
  });
}

/** Milliseconds that all rules about one resource take for a large group, read anew each time. */
function groupTime(): number {
  const { type, name, props } = largeGroup(groupRules);
  const raw = { urn: `urn:pulumi:bench::bench::${type}::${name}`, type, name, inputs: props };
  const about = rules.filter(
    ({ needs, subjects }) => needs === "resource" && subjects.includes(type),
  );
  const plan = makePlan([]);
  const times = Array.from({ length: rounds.group }, () => {
    const started = performance.now();
    const resource = plannedResource(raw);
    for (const rule of about) judgeSubject(rule, resource, plan);
    return performance.now() - started;
  });
  return median(times.slice(rounds.warm));
}

async function withPack<T>(
  context: Context,
  work: (pack: PackProcess, client: AnalyzerClient) => Promise<T>,
): Promise<T> {
  context.interrupts.check();
  const pack = await PackProcess.start(context, ownPack());
  const client = new AnalyzerClient(pack.port);
  try {
    await client.configure();
    return await work(pack, client);
  } finally {
    client.close();
    await pack.stop();
  }
}

function ownPack(): string {
  return packFolders()[0] ?? "";
}
