/**
 * The planned network of AWS, whoever wrote it, in the model's own form: endpoints, and the stages
 * of routes, network ACLs and security groups that decide about their packets.
 */
import type { Family } from "../../../model/base/address.ts";
import { cidrSet, familyOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet, subtract, union } from "../../../model/base/interval-set.ts";
import { delegatedAddresses6 } from "../../../model/base/special-addresses.ts";
import { segmentOfMarks } from "../../../model/network/marks.ts";
import type { Endpoint, Stage, Topology } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { every4, every6 } from "../address-set.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { maybeSubnetGroup, subnetGroup } from "./acl-rules.ts";
import { readAcls } from "./acls.ts";
import type { AwsEnd } from "./ends.ts";
import { readEnds } from "./ends.ts";
import { groupRules, maybeGrouped } from "./group-rules.ts";
import { readGroups } from "./groups.ts";
import type { LiftNote } from "./lift.ts";
import { outsideEndpoints } from "./lift.ts";
import { memberEnds } from "./members.ts";
import type { AwsNetworks } from "./networks.ts";
import { noteWorld } from "./notes.ts";
import { awsResiduals } from "./residuals.ts";
import type { Build } from "./stages.ts";
import { lostGroupOf, stagesOf } from "./stages.ts";
import type { AwsSubnet } from "./subnets.ts";
import { readWorld } from "./world.ts";

/** A lifted network, and what was noticed on the way. */
export interface AwsLifted {
  readonly topology: Topology;
  readonly notes: readonly LiftNote[];
}

/** Lifts everything of AWS in the plan. */
export function liftAws(plan: Plan): AwsLifted {
  const world = readWorld(plan);
  const groups = readGroups(world);
  const acls = readAcls(world.lift, world.networks);
  const ends = [...readEnds(world, groups), ...memberEnds(world, groups)];
  const rules = new Map(
    [...groups.byId.values()].map((group) => [group.id, groupRules(world, groups, group)]),
  );
  const stages = new Map<string, Stage>();
  const build: Build = {
    world,
    acls,
    rules,
    stages,
    parts: new WeakMap(),
    lost: lostGroupOf(world),
  };
  const provided = providedAddresses(world.networks);
  const inside = ends.map((end) => endpointOf(build, end, provided));
  noteWorld(world);
  const { lift } = world;
  return {
    topology: {
      endpoints: [...inside, ...outsideEndpoints(lift)],
      stages: withoutStrangers([...stages.values()], inside),
      residuals: awsResiduals(ends),
      unknowns: lift.opened(),
    },
    notes: uniqueNotes(lift.notes),
  };
}

function endpointOf(build: Build, end: AwsEnd, provided: IntervalSet): Endpoint {
  const { addresses, unknownAddresses } = addressesOfEnd(end);
  const isProvided = unknownAddresses.includes(6) && end.network.provided;
  const segment = segmentOf(end);
  return {
    id: end.id,
    name: end.name,
    ...(segment === undefined ? {} : { segment }),
    addresses,
    unknownAddresses,
    ...(isProvided ? { unknownWithin: provided } : {}),
    groups: [
      networkGroup(end.network.id),
      anyNetwork,
      ...end.groups.map(({ members }) => members),
      ...(end.lostGroups.length > 0 ? [maybeGrouped] : []),
      ...subnetGroups(end),
    ],
    stages: (["out", "in"] as const).flatMap((direction) => stagesOf(build, end, direction)),
  };
}

/**
 * Where addresses lie that Amazon has still to choose: not among the private ones, nor in a block
 * that another network has. Of IPv4 it chooses none.
 */
function providedAddresses({ byId }: AwsNetworks): IntervalSet {
  const taken = [...byId.values()].flatMap(({ cidrs }) => cidrs);
  return union(every4, subtract(delegatedAddresses6, cidrSet(taken)));
}

function addressesOfEnd(end: AwsEnd) {
  const families = new Set(end.addresses.map(({ from }) => familyOf(from)));
  const free = ([4, 6] as const).filter((family) => !families.has(family));
  const { known, open } = blocksOf(end.subnets);
  return {
    addresses: free.reduce((all, family) => union(all, partOf(known, family)), end.addresses),
    unknownAddresses: free.filter((family) => open.has(family)),
  };
}

const blocks = new WeakMap<readonly AwsSubnet[], ReturnType<typeof readBlocks>>();

function blocksOf(subnets: readonly AwsSubnet[]) {
  const found = blocks.get(subnets) ?? readBlocks(subnets);
  blocks.set(subnets, found);
  return found;
}

function readBlocks(subnets: readonly AwsSubnet[]) {
  return {
    known: intervalSet(subnets.flatMap(({ addresses }) => [...addresses])),
    open: new Set(subnets.flatMap((subnet) => subnet.open)),
  };
}

function partOf(set: IntervalSet, family: Family): IntervalSet {
  return subtract(set, family === 4 ? every6 : every4);
}

/** Its own mark decides, then that of its groups, then that of its subnets. */
function segmentOf(end: AwsEnd): string | undefined {
  const sources = [
    [end.marks],
    end.groups.map(({ marks }) => marks),
    end.subnets.map(({ marks }) => marks),
  ];
  for (const marks of sources) {
    const found = new Set(marks.flatMap((one) => segmentOfMarks(one) ?? []));
    if (found.size === 1) return [...found][0];
  }
  return undefined;
}

/** Where the blocks of subnets are known, addresses tell who stands in which. */
function subnetGroups({ subnets }: AwsEnd): string[] {
  const maybe = subnets.filter(({ open }) => open.length > 0).map(({ id }) => maybeSubnetGroup(id));
  const [only] = subnets;
  return only !== undefined && subnets.length === 1 ? [subnetGroup(only.id), ...maybe] : maybe;
}

/** Rules about ends of unknown groups say nothing where there is no such end. */
function withoutStrangers(stages: readonly Stage[], ends: readonly Endpoint[]): Stage[] {
  if (ends.some(({ groups }) => groups.includes(maybeGrouped))) return [...stages];
  return stages.map((stage) => ({
    ...stage,
    tiers: stage.tiers.map((tier) => ({
      ...tier,
      rules: tier.rules.filter(({ peers }) => !peers.some(({ group }) => group === maybeGrouped)),
    })),
  }));
}

function uniqueNotes(notes: readonly LiftNote[]): LiftNote[] {
  return [...new Map(notes.map((one) => [`${one.code} ${one.urn} ${one.says}`, one])).values()];
}
