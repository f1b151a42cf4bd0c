/** Network interfaces as planned, with where they stand and by which groups they are guarded. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet, union } from "../../../model/base/interval-set.ts";
import type { Marks } from "../../../model/network/marks.ts";
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { marksOf } from "../marks.ts";
import { readOr } from "../uncertain.ts";
import type { EndpointType } from "./endpoint-type.ts";
import { endpointTypes } from "./endpoint-types.ts";
import type { AwsGroup, AwsGroups } from "./groups.ts";
import { controlPlaneGroupId, groupsAt } from "./groups.ts";
import { resourceAt } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { defaultNetwork, unknownNetwork } from "./networks.ts";
import { firstAt, valuesAt } from "./paths.ts";
import { placed } from "./placed.ts";
import { publicResources, sourcePublic } from "./publicness.ts";
import type { Publicness } from "./route-rule.ts";
import type { AwsSubnet } from "./subnets.ts";
import { outsideSubnet } from "./subnets.ts";
import type { Target } from "./trace.ts";
import { traceAll } from "./trace.ts";
import { awsTypes, subnetTypes } from "./types.ts";
import type { AwsWorld } from "./world.ts";

/** One end: an interface, or as many as a group or a service may have. */
export interface AwsEnd {
  readonly id: string;
  readonly name: string;
  readonly marks: Marks | undefined;
  readonly network: AwsNetwork;
  /** Where it stands: in one of these. */
  readonly subnets: readonly AwsSubnet[];
  readonly groups: readonly AwsGroup[];
  /** Inputs that say further groups, which are not known. */
  readonly lostGroups: readonly UnknownInput[];
  /** Whether it has no group at all, and so passes everything. */
  readonly unfiltered: boolean;
  readonly public: Publicness | "subnet";
  /** Private addresses of its own; the others are any of its subnets'. */
  readonly addresses: IntervalSet;
}

/** Every planned end: what stands in a VPC by a resource of its own. */
export function readEnds(world: AwsWorld, groups: AwsGroups): AwsEnd[] {
  const added = addedGroups(world);
  const shown = publicResources(world.lift);
  const planned = endpointTypes.flatMap((type) =>
    world.lift.plan
      .ofType(type.type)
      .filter((resource) => isMeant(world, type, resource))
      .flatMap((resource) => {
        const more = added.get(resource.urn) ?? [];
        return readEnd(world, groups, { type, resource, more, shown });
      }),
  );
  return planned;
}

interface Reading {
  readonly type: EndpointType;
  readonly resource: PlannedResource;
  /** Resources that add a group to this one. */
  readonly more: readonly PlannedResource[];
  /** URNs of the resources that get a public address of their own. */
  readonly shown: ReadonlySet<string>;
}

function isMeant(world: AwsWorld, { only }: EndpointType, { inputs }: PlannedResource): boolean {
  let meant = true;
  world.lift.attempt(() => {
    meant = (only ?? []).every((condition) => holds(condition, inputs));
  });
  return meant;
}

function holds(condition: string, inputs: PlannedResource["inputs"]): boolean {
  if (condition.startsWith("!")) {
    const view = inputs.at(condition.slice(1));
    return view.state === "absent";
  }
  const [key = "", word = ""] = condition.split("=");
  const text = inputs.at(key).text();
  return word.endsWith("?") ? text === undefined || text === word.slice(0, -1) : text === word;
}

function readEnd(world: AwsWorld, groups: AwsGroups, reading: Reading): AwsEnd[] {
  const { type, resource } = reading;
  const subnetViews = firstAt(world.lift.tracer, resource, type.subnets);
  const groupViews = firstAt(world.lift.tracer, resource, type.groups);
  const nothing =
    subnetViews.views.length + subnetViews.lost.length === 0 &&
    groupViews.views.length + groupViews.lost.length === 0;
  if (nothing && type.without === "nowhere" && type.ungrouped === undefined) return [];
  const standing = subnetsAt(world, subnetViews);
  const known = standing.find(({ planned }) => planned)?.network;
  const named = groupsAt(world, groups, groupViews.views, known);
  const found = named.flatMap((target) => (target.kind === "group" ? [target.group] : []));
  const network = known ?? found[0]?.network ?? networkWithout(world, reading, standing);
  const extra = reading.more.flatMap(({ inputs }) =>
    groupsAt(world, groups, [inputs.at("securityGroupId")], network),
  );
  const lostGroups = [
    ...groupViews.lost,
    ...[...named, ...extra].flatMap((one) => (one.kind === "unknown" ? [one.input] : [])),
  ];
  const unnamed = named.length === 0 && groupViews.lost.length === 0;
  const unfiltered = unnamed && type.ungrouped === "unfiltered" && extra.length === 0;
  const given = unnamed && !unfiltered ? ungrouped(world, groups, reading, network) : found;
  const members = [
    ...(given ?? []),
    ...controlPlane(groups, resource),
    ...extra.flatMap((one) => (one.kind === "group" ? [one.group] : [])),
  ];
  return [
    {
      id: resource.urn,
      name: resource.name,
      marks: world.lift.attempt(() => marksOf(resource)),
      network,
      subnets: placed(world, standing, network),
      groups: unique(members),
      lostGroups: given === undefined ? [...lostGroups, network.input] : lostGroups,
      unfiltered,
      public: reading.shown.has(resource.urn) || sourcePublic(world.lift.tracer, type, resource),
      addresses: ownAddresses(type, resource),
    },
  ];
}

/** Subnets of the plan, and stand-ins for others. */
function subnetsAt(world: AwsWorld, { views, lost }: ReturnType<typeof firstAt>): AwsSubnet[] {
  const unknown = (input: UnknownInput) =>
    outsideSubnet(unknownNetwork(world.networks, input), `?${input.urn} ${input.path}`, input);
  const read = (target: Target): AwsSubnet[] => {
    if (target.kind === "absent") return [];
    if (target.kind === "resource") return plannedSubnets(world, [target.resource]);
    if (target.kind === "outside") {
      const input = { urn: views[0]?.urn ?? "", path: target.value };
      return [{ ...unknown(input), id: target.value }];
    }
    const some = plannedSubnets(world, target.candidates);
    return some.length > 0 ? some : [unknown(target.input)];
  };
  return [
    ...traceAll(world.lift.tracer, views, ...subnetTypes).flatMap(read),
    ...lost.map(unknown),
  ];
}

function plannedSubnets(world: AwsWorld, resources: readonly PlannedResource[]): AwsSubnet[] {
  return resources.flatMap(({ urn }) => world.subnets.get(urn) ?? []);
}

function networkWithout(
  { networks }: AwsWorld,
  { type, resource }: Reading,
  [standing]: readonly AwsSubnet[],
): AwsNetwork {
  if (standing !== undefined) return unknownNetwork(networks, standing.input);
  if (type.without === "default-vpc") return defaultNetwork(networks);
  return unknownNetwork(networks, { urn: resource.urn, path: type.subnets[0] ?? "" });
}

/**
 * An interface for which no group is named gets its cluster's or its VPC's default one; undefined
 * where it is not known which that is.
 */
function ungrouped(
  world: AwsWorld,
  groups: AwsGroups,
  { type, resource }: Reading,
  network: AwsNetwork,
): AwsGroup[] | undefined {
  if (resource.type === awsTypes.eksCluster) return [];
  const cluster =
    type.ungrouped === "cluster"
      ? resourceAt(world.lift, resource.inputs.at("clusterName"), awsTypes.eksCluster)
      : undefined;
  const found =
    groups.byId.get(`${cluster?.urn}#cluster-group`) ?? groups.defaultOf.get(network.id);
  return found === undefined ? undefined : [found];
}

/** EKS puts its own group on the control plane's interfaces, beside those that are named. */
function controlPlane(groups: AwsGroups, resource: PlannedResource): AwsGroup[] {
  if (resource.type !== awsTypes.eksCluster) return [];
  const found = groups.byId.get(controlPlaneGroupId(resource));
  return found === undefined ? [] : [found];
}

function ownAddresses(type: EndpointType, resource: PlannedResource): IntervalSet {
  return (type.addresses ?? []).reduce((all, path) => {
    const asked = valuesAt(resource.inputs, path);
    const given = asked.views.length > 0 ? asked : valuesAt(resource.outputs, path);
    return given.views.reduce(
      (sum, view) => union(sum, readOr(() => addressesOf(view), emptySet).value),
      all,
    );
  }, emptySet);
}

/** Groups that resources of their own add to an interface, an instance or an endpoint. */
function addedGroups({ lift }: AwsWorld): Map<string, PlannedResource[]> {
  const added = new Map<string, PlannedResource[]>();
  for (const [type, key, ...targets] of [
    [awsTypes.groupOfInterface, "networkInterfaceId", awsTypes.networkInterface, awsTypes.instance],
    [awsTypes.groupOfEndpoint, "vpcEndpointId", awsTypes.vpcEndpoint],
  ] as const) {
    for (const resource of lift.plan.ofType(type)) {
      const to = resourceAt(lift, resource.inputs.at(key), ...targets);
      if (to !== undefined) added.set(to.urn, [...(added.get(to.urn) ?? []), resource]);
    }
  }
  return added;
}

function unique(groups: readonly AwsGroup[]): AwsGroup[] {
  return [...new Map(groups.map((group) => [group.id, group])).values()];
}
