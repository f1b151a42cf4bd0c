/** Two judges of one deployed world: the lifted network, and the local clouds' packet probe. */
import assert from "node:assert/strict";
import { ask as askClouds } from "../../../automation/clouds/control.ts";
import type { Descriptor } from "../../../automation/clouds/descriptor.ts";
import { readExport } from "../../../automation/engine/exported-state.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import type { Answer, Tally } from "./compare.ts";
import { compare } from "./compare.ts";
import { Draw } from "./draw.ts";
import type { PlacedEnd } from "./packets.ts";
import { PacketSource } from "./packets.ts";
import { podEnds, withAccountPods } from "./pods.ts";
import type { Ask } from "./world.ts";
import { placedEnds } from "./world.ts";

/** Packets of all; every test run draws one in {@link sampledPart}. */
export const packetsTotal = 100_000;
export const sampledPart = 20;

/** Packets that are asked at once. */
const batchMax = 20_000;
/** How long a batch may take, at a tenth of the usual pace. */
const batchMsMax = 100_000;
/** Both fates must be common, or agreement would say little: of each, one packet in so many. */
const rareMax = 25;

/** The probe of running clouds. */
export function probeOf(clouds: Descriptor): Ask {
  return async (packets) => {
    const body = { packets, steps: false };
    const told = await askClouds(clouds, "POST", "/probe/packets", body, batchMsMax);
    return told["answers"] as readonly Answer[];
  };
}

/**
 * What is deployed, by the text of a state export: a plan of which every value is known. Clusters
 * without workloads have the pods of their service accounts.
 */
export function deployedPlan(exported: string): Plan {
  return makePlan(withAccountPods(readExport(exported, "the deployed state")));
}

/** Asks both about packets of all the clouds' networks. */
export async function networksAgree(
  plan: Plan,
  ask: Ask,
  count: number,
  seed: string,
): Promise<Tally> {
  const { topology } = liftNetwork(plan);
  const ends = await placedEnds(plan, topology, ask);
  return agree({ topology, ends }, ask, count, seed);
}

/** Asks both about packets from and to every cluster's pods, each with its own and with what is around. */
export async function clustersAgree(
  plan: Plan,
  ask: Ask,
  count: number,
  seed: string,
): Promise<Tally[]> {
  const { topology } = liftNetwork(plan);
  const around = await placedEnds(plan, topology, ask);
  const clusters = podEnds(plan, topology, around);
  const tallies: Tally[] = [];
  for (const pods of clusters) {
    const [{ cloud }] = pods as [PlacedEnd];
    const near = around.filter((end) => end.cloud === cloud || end.cloud === "outside");
    const world = { topology, ends: [...pods, ...near], asked: hasPod };
    tallies.push(await agree(world, ask, Math.ceil(count / clusters.length), seed));
  }
  return tallies;
}

function hasPod(from: PlacedEnd, to: PlacedEnd): boolean {
  return from.amongPods !== undefined || to.amongPods !== undefined;
}

interface World {
  readonly topology: Topology;
  readonly ends: readonly PlacedEnd[];
  readonly asked?: (from: PlacedEnd, to: PlacedEnd) => boolean;
}

async function agree(
  { topology, ends, asked }: World,
  ask: Ask,
  count: number,
  seed: string,
): Promise<Tally> {
  const reach = computeReach(topology);
  const source = new PacketSource(reach, topology, ends, new Draw(seed), asked);
  const packets = Array.from({ length: count }, () => source.next());
  const answers: Answer[] = [];
  for (let first = 0; first < count; first += batchMax) {
    const batch = packets.slice(first, first + batchMax);
    answers.push(...(await ask(batch.map(({ question }) => question))));
  }
  return compare(topology, reach, packets, answers);
}

/** Fails with an example of each kind where the two ever differ, or where too little was settled by both. */
export function assertAgreement(tally: Tally, count: number): void {
  const { arrive, drop, unsettled, disagreements } = tally;
  const kinds = Map.groupBy(disagreements, ({ kind }) => kind);
  const told = [...kinds].map(([kind, all]) => `${all.length} × ${kind}\n  ${all[0]?.text}`);
  assert.equal(disagreements.length, 0, told.join("\n"));
  const rest = [...unsettled.values()].reduce((sum, one) => sum + one, 0);
  assert.equal(arrive + drop + rest, count);
  const settled = JSON.stringify({ arrive, drop, unsettled: Object.fromEntries(unsettled) });
  assert.ok(arrive * rareMax > count && drop * rareMax > count && rest * 2 < count, settled);
}
