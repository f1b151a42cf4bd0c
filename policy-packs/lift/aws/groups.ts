/** Security groups: those written, those that VPCs and clusters bring along, and what they allow. */
import type { Marks } from "../../../model/network/marks.ts";
import type { Direction, UnknownInput } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import type { AwsWrittenRule } from "../aws-rules.ts";
import { awsGroupOf, awsRulesOf, awsRuleTypes } from "../aws-rules.ts";
import { marksOf } from "../marks.ts";
import { networkGroup } from "../network-groups.ts";
import { outsider } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { networkAddresses, networkAt, unknownNetwork } from "./networks.ts";
import type { Target } from "./trace.ts";
import { traceAll } from "./trace.ts";
import { awsTypes, vpcTypes } from "./types.ts";
import type { AwsWorld } from "./world.ts";

/** One group. */
export interface AwsGroup {
  /** URN of the resource, or of the one that brings it along with a mark of what it is. */
  readonly id: string;
  readonly name: string;
  /** Name by which rules know its members; its id, but for the control plane's share of a group. */
  readonly members: string;
  readonly network: AwsNetwork;
  readonly marks: Marks | undefined;
  readonly written: readonly AwsWrittenRule[];
  /** Rules that AWS itself puts into a group, beside those written. */
  readonly given: Readonly<Record<Direction, "self" | "everywhere" | "none">>;
  /** Something beyond the plan: what it allows is not known. */
  readonly outside: boolean;
  /** Whether whatever else may be put into it: not so for the groups that services make. */
  readonly open: boolean;
}

/** All groups of a lift. */
export interface AwsGroups {
  readonly byId: Map<string, AwsGroup>;
  readonly defaultOf: ReadonlyMap<string, AwsGroup>;
}

const standalone = [awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress];
const none = { in: "none", out: "none" } as const;

/** Reads all groups. */
export function readGroups(world: AwsWorld): AwsGroups {
  const { lift, networks } = world;
  const byId = new Map<string, AwsGroup>();
  const add = (group: AwsGroup) => byId.set(group.id, group);
  for (const resource of lift.plan.ofType(awsRuleTypes.group, awsRuleTypes.defaultGroup)) {
    const network = networkAt(lift, networks, resource.inputs.at("vpcId"));
    add(writtenGroup(world, resource, network));
  }
  for (const { urn } of lift.plan.ofType(awsTypes.groupOfVpc)) {
    // The group then also guards ends of another network, where its references mean others.
    lift.open({ urn, path: "vpcId" });
  }
  const defaultOf = readDefaults(world, byId);
  for (const cluster of lift.plan.ofType(awsTypes.eksCluster)) {
    add(clusterGroup(world, cluster));
    add(controlPlaneGroup(world, cluster));
  }
  addStandalone(world, { byId, defaultOf });
  return { byId, defaultOf };
}

function writtenGroup(world: AwsWorld, resource: PlannedResource, network: AwsNetwork): AwsGroup {
  const written = world.lift.attempt(() => awsRulesOf(resource)) ?? [];
  return {
    id: resource.urn,
    name: resource.name,
    members: resource.urn,
    network,
    marks: world.lift.attempt(() => marksOf(resource)),
    written,
    given: none,
    outside: false,
    open: true,
  };
}

/**
 * A VPC's default group lets its members talk to each other and call everywhere, until it is
 * adopted, which takes its rules away (Amazon VPC User Guide, "Default security groups").
 */
function readDefaults(world: AwsWorld, byId: Map<string, AwsGroup>): Map<string, AwsGroup> {
  const defaults = new Map<string, AwsGroup>();
  for (const resource of world.lift.plan.ofType(awsRuleTypes.defaultGroup)) {
    const group = byId.get(resource.urn);
    if (group !== undefined) defaults.set(group.network.id, group);
  }
  for (const network of world.networks.byId.values()) {
    if (defaults.has(network.id)) continue;
    if (network.resource === undefined && !network.isDefault) continue;
    const group: AwsGroup = {
      id: `${network.id}#default-group`,
      name: `default group of ${network.name}`,
      members: `${network.id}#default-group`,
      network,
      marks: undefined,
      written: [],
      given: { in: "self", out: "everywhere" },
      outside: false,
      // An account's default VPC is there whether or not a plan makes use of it.
      open: network.resource !== undefined,
    };
    byId.set(group.id, group);
    defaults.set(network.id, group);
  }
  return defaults;
}

/** EKS makes a group for control plane and nodes (EKS user guide, "security group requirements"). */
function clusterGroup(world: AwsWorld, cluster: PlannedResource): AwsGroup {
  return {
    id: clusterGroupId(cluster),
    name: `cluster group of ${cluster.name}`,
    members: clusterGroupId(cluster),
    network: clusterNetwork(world, cluster),
    marks: undefined,
    written: [],
    given: { in: "self", out: "everywhere" },
    outside: false,
    open: false,
  };
}

/**
 * What EKS's group means for the control plane, whose interfaces always have it: to and from its
 * members. That it also lets the control plane call everywhere is EKS's own affair: a residual.
 */
function controlPlaneGroup(world: AwsWorld, cluster: PlannedResource): AwsGroup {
  return {
    ...clusterGroup(world, cluster),
    id: controlPlaneGroupId(cluster),
    name: `control plane of ${cluster.name}`,
    given: { in: "self", out: "self" },
  };
}

/** Id of the group that a control plane always has. */
export function controlPlaneGroupId({ urn }: PlannedResource): string {
  return `${urn}#control-plane-group`;
}

function clusterGroupId({ urn }: PlannedResource): string {
  return `${urn}#cluster-group`;
}

function clusterNetwork(world: AwsWorld, { inputs, urn }: PlannedResource): AwsNetwork {
  let network: AwsNetwork | undefined;
  world.lift.attempt(() => {
    const views = inputs.at("vpcConfig", "subnetIds").items();
    for (const target of traceAll(world.lift.tracer, views, awsTypes.subnet)) {
      if (target.kind === "resource") {
        network ??= world.subnets.get(target.resource.urn)?.network;
      }
    }
  });
  return network ?? unknownNetwork(world.networks, { urn, path: "vpcConfig.subnetIds" });
}

function addStandalone(world: AwsWorld, groups: AwsGroups): void {
  for (const resource of world.lift.plan.ofType(...standalone)) {
    const [group] = groupsAt(world, groups, [awsGroupOf(resource)]);
    if (group?.kind === "unknown") world.lift.open(group.input);
    if (group?.kind !== "group") continue;
    const { id, written } = group.group;
    world.lift.attempt(() => {
      groups.byId.set(id, { ...group.group, written: [...written, ...awsRulesOf(resource)] });
    });
  }
}

/** What a reference to a group leads to. */
export type GroupTarget =
  | { readonly kind: "group"; readonly group: AwsGroup }
  | { readonly kind: "unknown"; readonly input: UnknownInput; readonly candidates: AwsGroup[] };

const groupTypes = [awsRuleTypes.group, awsRuleTypes.defaultGroup];
/** Resources whose outputs hold the id of a group. */
const bringers = [...vpcTypes, awsTypes.eksCluster];

/** The groups that views of one property name; a group beyond the plan is made at its mention. */
export function groupsAt(
  world: AwsWorld,
  groups: AwsGroups,
  views: readonly View[],
  network?: AwsNetwork,
): GroupTarget[] {
  const first = traceAll(world.lift.tracer, views, ...groupTypes);
  const settled = first.every(({ kind }) => kind === "resource");
  const targets = settled ? first : traceAll(world.lift.tracer, views, ...groupTypes, ...bringers);
  return targets.flatMap((target): GroupTarget[] => {
    if (target.kind === "absent") return [];
    if (target.kind === "unknown") {
      const candidates = target.candidates.flatMap((one) => broughtBy(groups, one) ?? []);
      return [{ kind: "unknown", input: target.input, candidates }];
    }
    const group = groupOf(world, groups, target, network);
    return group === undefined ? [] : [{ kind: "group", group }];
  });
}

function groupOf(
  world: AwsWorld,
  groups: AwsGroups,
  target: Exclude<Target, { kind: "absent" | "unknown" }>,
  network: AwsNetwork | undefined,
): AwsGroup | undefined {
  if (target.kind === "resource") return broughtBy(groups, target.resource);
  return outsideGroup(world, groups, target.value, network);
}

function broughtBy(groups: AwsGroups, resource: PlannedResource): AwsGroup | undefined {
  if (groupTypes.some((type) => type === resource.type)) return groups.byId.get(resource.urn);
  if (resource.type === awsTypes.eksCluster) return groups.byId.get(clusterGroupId(resource));
  return groups.defaultOf.get(resource.urn);
}

function outsideGroup(
  world: AwsWorld,
  groups: AwsGroups,
  id: string,
  network: AwsNetwork | undefined,
): AwsGroup {
  const found = groups.byId.get(id);
  if (found !== undefined) return found;
  const where = network ?? unknownNetwork(world.networks, { urn: "", path: id });
  const group: AwsGroup = {
    id,
    name: id,
    members: id,
    network: where,
    marks: undefined,
    written: [],
    given: none,
    outside: true,
    open: false,
  };
  groups.byId.set(id, group);
  const members = outsider(world.lift, id, [id, networkGroup(where.id)]);
  members.addresses = networkAddresses(where);
  members.open = where.open;
  return group;
}
