/**
 * The planned network of AWS, whoever wrote it, in the model's own form: endpoints, and the stages
 * of routes, network ACLs and security groups that decide about their packets.
 */
import type { Family } from "../../../model/base/address.ts";
import { familyOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet, subtract, union } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import { segmentOfMarks } from "../../../model/network/marks.ts";
import type {
  Direction,
  Endpoint,
  Plane,
  Rule,
  Stage,
  Topology,
  UnknownInput,
} from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { every4, every6 } from "../address-set.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { aclPart, maybeSubnetGroup, openKey, subnetGroup } from "./acl-rules.ts";
import type { AwsAcls } from "./acls.ts";
import { readAcls } from "./acls.ts";
import type { AwsEnd } from "./ends.ts";
import { readEnds } from "./ends.ts";
import type { GroupRules } from "./group-rules.ts";
import { groupRules, maybeGrouped } from "./group-rules.ts";
import { readGroups } from "./groups.ts";
import { inRules } from "./in-rules.ts";
import type { LiftNote } from "./lift.ts";
import { outsideEndpoints } from "./lift.ts";
import { lostNetwork } from "./networks.ts";
import { noteWorld } from "./notes.ts";
import { awsResiduals } from "./residuals.ts";
import { outRules } from "./route-rules.ts";
import { tableOf } from "./route-tables.ts";
import type { AwsSubnet } from "./subnets.ts";
import { unknownCondition } from "./trace.ts";
import { transitAclPart, unheardPeers } from "./transit-acls.ts";
import type { Part } from "./within.ts";
import { withinSubnets } from "./within.ts";
import type { AwsWorld } from "./world.ts";
import { readWorld } from "./world.ts";

/** A lifted network, and what was noticed on the way. */
export interface AwsLifted {
  readonly topology: Topology;
  readonly notes: readonly LiftNote[];
}

const otherwiseOrigins: Partial<Record<Plane, string>> = {
  route: "AWS drops what no route leads to",
  "network-acl": "the rule * of every network ACL denies",
  "security-group": "AWS denies what no rule of a security group allows",
};

/** Lifts everything of AWS in the plan. */
export function liftAws(plan: Plan): AwsLifted {
  const world = readWorld(plan);
  const groups = readGroups(world);
  const acls = readAcls(world.lift, world.networks);
  const ends = readEnds(world, groups);
  const rules = new Map(
    [...groups.byId.values()].map((group) => [group.id, groupRules(world, groups, group)]),
  );
  const stages = new Map<string, Stage>();
  const build: Build = { world, acls, rules, stages, lost: lostGroupOf(world) };
  const inside = ends.map((end) => endpointOf(build, end));
  noteWorld(world);
  const { lift } = world;
  return {
    topology: {
      endpoints: [...inside, ...outsideEndpoints(lift)],
      stages: withoutStrangers([...stages.values()], inside),
      residuals: awsResiduals(ends),
      unknowns: uniqueInputs(lift.unknowns),
    },
    notes: uniqueNotes(lift.notes),
  };
}

interface Build {
  readonly world: AwsWorld;
  readonly acls: AwsAcls;
  readonly rules: ReadonlyMap<string, GroupRules>;
  readonly stages: Map<string, Stage>;
  /** A rule for the ends of which nobody knows the network. */
  readonly lost: readonly Rule[];
}

function lostGroupOf(world: AwsWorld): Rule[] {
  const lost = lostNetwork(world.networks);
  if (lost === undefined) return [];
  return [
    {
      action: "allow",
      peers: [{ group: networkGroup(lost.id) }],
      selectors: everyLayer4,
      conditions: [unknownCondition(lost.input)],
      origin: lost.input,
    },
  ];
}

function endpointOf(build: Build, end: AwsEnd): Endpoint {
  const { addresses, unknownAddresses } = addressesOfEnd(end);
  const segment = segmentOf(end);
  return {
    id: end.id,
    name: end.name,
    ...(segment === undefined ? {} : { segment }),
    addresses,
    unknownAddresses,
    groups: [
      networkGroup(end.network.id),
      anyNetwork,
      ...end.groups.map(({ id }) => id),
      ...(end.lostGroups.length > 0 ? [maybeGrouped] : []),
      ...subnetGroups(end),
    ],
    stages: (["out", "in"] as const).flatMap((direction) => stagesOf(build, end, direction)),
  };
}

function addressesOfEnd(end: AwsEnd) {
  const families = new Set(end.addresses.map(({ from }) => familyOf(from)));
  const free = ([4, 6] as const).filter((family) => !families.has(family));
  const known = end.subnets.reduce((all, subnet) => union(all, subnet.addresses), emptySet);
  const open = new Set(end.subnets.flatMap((subnet) => subnet.open));
  return {
    addresses: free.reduce((all, family) => union(all, partOf(known, family)), end.addresses),
    unknownAddresses: free.filter((family) => open.has(family)),
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

function subnetGroups({ subnets }: AwsEnd): string[] {
  const [only] = subnets;
  if (only !== undefined && subnets.length === 1) {
    return [subnetGroup(only.id), maybeSubnetGroup(only.id)];
  }
  return subnets.map(({ id }) => maybeSubnetGroup(id));
}

/** Out: group, border, route. In: route, border, group. All must let pass, in whatever order. */
function stagesOf(build: Build, end: AwsEnd, direction: Direction): string[] {
  return [
    ...groupStage(build, end, direction),
    ...aclStage(build, end, direction),
    ...routeStage(build, end, direction),
  ];
}

function groupStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  if (end.unfiltered) return [];
  const open = end.lostGroups.map(
    (input): Rule => ({
      action: "allow",
      peers: [{}],
      selectors: everyLayer4,
      conditions: [unknownCondition(input)],
      origin: input,
    }),
  );
  const keys = [
    ...end.groups.map(({ id }) => id),
    ...end.lostGroups.map(({ urn, path }) => `${urn} ${path}`),
  ];
  const rules = () => [
    ...end.groups.flatMap(({ id }) => build.rules.get(id)?.[direction] ?? []),
    ...open,
  ];
  return [addStage(build, "security-group", direction, true, keys.join(" + "), rules)];
}

function aclStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  const { world, acls } = build;
  const own = withinSubnets(end.subnets, (subnet) => {
    const unheard = direction === "in" ? unheardPeers(world, subnet) : [];
    return aclPart(acls, subnet, direction, unheard);
  });
  const landing = withinSubnets(end.subnets, (subnet) =>
    transitAclPart(world, acls, subnet, direction),
  );
  const beyond = () => [...landing.rules, passedBy(end)];
  return [
    ...(own.key === openKey
      ? []
      : [addStage(build, "network-acl", direction, false, own.key, () => own.rules)]),
    ...(landing.rules.length === 0
      ? []
      : [addStage(build, "network-acl", direction, false, landing.key, beyond)]),
  ];
}

/** What takes no transit gateway passes by its ACLs. */
function passedBy({ network }: AwsEnd): Rule {
  return { action: "allow", peers: [{}], selectors: everyLayer4, origin: network.input };
}

/** A connection that was let out by a route comes back by it: what comes in is asked once. */
function routeStage(build: Build, end: AwsEnd, direction: Direction): string[] {
  const part = withinSubnets(end.subnets, (subnet) => routePart(build, end, subnet, direction));
  const rules = () => [...build.lost, ...part.rules];
  return [addStage(build, "route", direction, direction === "in", part.key, rules)];
}

function routePart({ world }: Build, end: AwsEnd, subnet: AwsSubnet, direction: Direction): Part {
  const table = tableOf(world.tables, subnet);
  if (table === undefined) return unknownRoutes(subnet);
  const publicness = end.public === "subnet" ? subnet.mapsPublic : end.public;
  const zone = table.routes.some(({ way }) => way.kind === "transit") ? ` ${subnet.zone}` : "";
  const word = typeof publicness === "boolean" ? String(publicness) : "unknown";
  return {
    key: `${table.id}${zone} public ${word}`,
    rules:
      direction === "out"
        ? outRules(world, table, subnet, publicness)
        : inRules(world, table, publicness),
  };
}

function unknownRoutes({ id, input }: AwsSubnet): Part {
  const rule: Rule = {
    action: "allow",
    peers: [{}],
    selectors: everyLayer4,
    conditions: [unknownCondition(input)],
    origin: input,
  };
  return { key: `unknown table of ${id}`, rules: [rule] };
}

function addStage(
  { stages }: Build,
  plane: Plane,
  direction: Direction,
  stateful: boolean,
  key: string,
  rules: () => readonly Rule[],
): string {
  const id = `${plane} ${direction} ${key}`;
  if (!stages.has(id)) {
    const otherwiseOrigin = otherwiseOrigins[plane] ?? "";
    stages.set(id, {
      id,
      plane,
      direction,
      stateful,
      tiers: [{ rules: rules(), otherwise: "deny", otherwiseOrigin }],
    });
  }
  return id;
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

function uniqueInputs(inputs: readonly UnknownInput[]): UnknownInput[] {
  return [...new Map(inputs.map((one) => [`${one.urn} ${one.path}`, one])).values()];
}

function uniqueNotes(notes: readonly LiftNote[]): LiftNote[] {
  return [...new Map(notes.map((one) => [`${one.code} ${one.urn} ${one.says}`, one])).values()];
}
