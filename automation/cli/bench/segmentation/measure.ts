/**
 * One measurement in a process of its own, so that nothing is warm: the name of the case in, a line
 * of JSON out.
 */
import type { Stage, Topology } from "../../../../model/network/topology.ts";
import { compareTopologies, recompare } from "../../../../model/reach/compare.ts";
import { Gathering } from "../../../../model/reach/differences.ts";
import { judge } from "../../../../model/reach/judge.ts";
import { comparePairs, type DifferenceKind } from "../../../../model/reach/pairs.ts";
import { computeReach, forEachPair, reachIn } from "../../../../model/reach/reach.ts";
import { universeOf } from "../../../../model/reach/universe.ts";
import { orderedRules, planAndIntent, type Scale } from "./generator.ts";

/** Milliseconds, and how much was found: a figure of nothing would be none. */
export interface Measured {
  readonly ms: number;
  readonly found: number;
  /** Main thread alone: less than `ms` where the machine had other things to do. */
  readonly cpuMs: number;
}

const seed = 5;
const flaws = 25;
const b1: Scale = { segments: 1000, rules: 10_000, families: [4, 6], ports: 60, seed };
const b2: Scale = { segments: 1000, rules: 1_000_000, families: [4, 6], ports: 250, seed };
const b3: Scale = { segments: 5000, rules: 50_000, families: [4], ports: 60, seed };

function timed(work: () => number): Measured {
  const cpu = process.threadCpuUsage();
  const begun = performance.now();
  const found = work();
  const ms = performance.now() - begun;
  const { user, system } = process.threadCpuUsage(cpu);
  return { ms, found, cpuMs: (user + system) / 1000 };
}

function intentDifference(scale: Scale): Measured {
  const { plan, intent } = planAndIntent(scale, flaws);
  return timed(() => compareTopologies(plan, intent).differences.length);
}

function allPairs(topology: Topology): Measured {
  return timed(() => {
    let pairs = 0;
    forEachPair(computeReach(topology), "may", () => {
      pairs++;
    });
    return pairs;
  });
}

/** The slowest of some changes of one rule each: its ports become those of another rule. */
function oneRuleChange(): Measured {
  const { plan, intent } = planAndIntent(b1, flaws);
  const comparison = compareTopologies(plan, intent);
  const changes = [101, 502, 903, 1304, 1705].map((at) =>
    timed(() => recompare(comparison, withOtherPorts(plan, at)).differences.length),
  );
  return slowest(changes);
}

function withOtherPorts({ stages }: Topology, at: number): Stage {
  const stage = stages[at] as Stage;
  const selectors = stages[at + 1]?.tiers[0]?.rules[0]?.selectors ?? [];
  const [tier] = stage.tiers;
  if (tier === undefined) return stage;
  const [first, ...rest] = tier.rules;
  const rules = first === undefined ? [] : [{ ...first, selectors }, ...rest];
  return { ...stage, tiers: [{ ...tier, rules }] };
}

/** The slowest counterexample: a packet, walked through both topologies. */
function counterexample(): Measured {
  const { plan, intent } = planAndIntent(b1, flaws);
  const universe = universeOf([plan, intent]);
  const [actual, wanted] = [reachIn(universe, 0), reachIn(universe, 1)];
  const gathering = new Gathering<DifferenceKind>(universe);
  comparePairs(actual, wanted, (found) => gathering.add(found));
  const times = [...gathering.all()].map((gathered) =>
    timed(() => judge(actual, wanted, gathered).actual?.steps.length ?? 0),
  );
  return slowest(times);
}

function slowest(all: readonly Measured[]): Measured {
  return all.reduce((worst, one) => (one.ms > worst.ms ? one : worst));
}

const growthScale = (segments: number): Scale => ({ ...b3, segments, rules: segments * 10 });

const cases: Readonly<Record<string, () => Measured>> = {
  b1: () => intentDifference(b1),
  b2: () => allPairs(orderedRules(b2)),
  b3: () => intentDifference(b3),
  b4: oneRuleChange,
  b5: counterexample,
  growth1k: () => intentDifference(growthScale(1000)),
  growth10k: () => intentDifference(growthScale(10_000)),
};

const name = process.argv[2] ?? "";
const measure = cases[name];
if (measure === undefined) throw new Error(`no case ${name}`);
const measured = measure();
const rssMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
process.stdout.write(`${JSON.stringify({ ...measured, rssMb })}\n`);
