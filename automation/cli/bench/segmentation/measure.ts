/** One measurement in a process of its own: the name of the case in, a line of JSON out. */
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { computeReach, forEachPair } from "../../../../model/reach/reach.ts";
import { orderedRules, planAndIntent, type Scale } from "./generator.ts";

const seed = 5;
const b1: Scale = { segments: 1000, rules: 10_000, families: [4, 6], ports: 60, seed };

function allPairs(scale: Scale) {
  const topology = orderedRules(scale);
  const t0 = process.threadCpuUsage().user;
  const begun = performance.now();
  const reach = computeReach(topology);
  const t1 = process.threadCpuUsage().user;
  const compiled = performance.now();
  let pairs = 0;
  forEachPair(reach, "may", () => {
    pairs++;
  });
  return {
    ms: performance.now() - begun,
    compile: compiled - begun,
    pairs,
    cpuCompile: (t1 - t0) / 1000,
    cpuPairs: (process.threadCpuUsage().user - t1) / 1000,
  };
}

const cases: Record<string, () => object> = {
  b1: () => {
    const { plan, intent } = planAndIntent(b1, 25);
    const t0 = process.threadCpuUsage().user;
    const begun = performance.now();
    const { differences, pairs } = compareTopologies(plan, intent);
    return {
      cpuAll: (process.threadCpuUsage().user - t0) / 1000,
      ms: performance.now() - begun,
      differences: differences.length,
      pairs,
    };
  },
  b2: () => allPairs({ segments: 1000, rules: 1_000_000, families: [4, 6], ports: 250, seed }),
  b3: () => allPairs({ segments: 5000, rules: 50_000, families: [4], ports: 60, seed }),
};

const before = process.cpuUsage();
const found = cases[process.argv[2] ?? ""]?.();
process.stdout.write(
  `${JSON.stringify({ ...found, cpu: process.cpuUsage(before).user / 1000, rssMb: process.resourceUsage().maxRSS / 1024 })}\n`,
);
