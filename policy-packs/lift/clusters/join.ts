/**
 * Planned clusters among the networks of the clouds: every workload's pods are endpoints of their own,
 * behind their cluster's policies and mesh, and behind the rules of what carries them.
 */
import type {
  Condition,
  Endpoint,
  Rule,
  Stage,
  Topology,
} from "../../../model/network/topology.ts";
import { joinTopologies } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { awsTypes } from "../aws/types.ts";
import { azureTypes } from "../azure/types.ts";
import { everyPod } from "../kubernetes/groups.ts";
import type { PlannedCluster } from "../kubernetes/plan.ts";
import { plannedClusters } from "../kubernetes/plan.ts";
import { anyPlugin } from "../kubernetes/plugin.ts";
import { liftCluster } from "../kubernetes/topology.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import { aksHost } from "./aks.ts";
import { eksHost } from "./eks.ts";
import { gkeHost } from "./gke.ts";
import type { ClusterHost } from "./host.ts";
import { everyClusterPod, inCluster, nodesGroup } from "./names.ts";
import type { ClusterNote } from "./notes.ts";
import { clusterNotes, unplannedNote } from "./notes.ts";
import { placed, unplaced } from "./placed.ts";
import { lostRule } from "./pod-network.ts";
import { clusterBehind } from "./provider.ts";
import { qualified } from "./qualified.ts";

/** Clouds with the clusters in them. */
export interface Joined {
  readonly topology: Topology;
  readonly notes: readonly ClusterNote[];
}

/** Everything that stands in a cloud, and the pods of every planned cluster that has any. */
export function withClusters(plan: Plan, clouds: Topology): Joined {
  const planned = plannedClusters(plan).filter(({ cluster }) => cluster.workloads.length > 0);
  const parts = planned.map((one) => partOf(plan, clouds, one, planned.length > 1));
  const nodes = new Map<string, string[]>();
  for (const { provider, carriers } of parts) {
    for (const { id } of carriers) {
      nodes.set(id, [...(nodes.get(id) ?? []), inCluster(provider, nodesGroup)]);
    }
  }
  const endpoints = clouds.endpoints.map((endpoint) => {
    const more = nodes.get(endpoint.id);
    return more === undefined ? endpoint : { ...endpoint, groups: [...endpoint.groups, ...more] };
  });
  const lost = parts.flatMap(({ lost: rule }) => rule ?? []);
  const stages = clouds.stages.map((stage) => withRules(stage, lost));
  return {
    topology: joinTopologies([
      { ...clouds, endpoints, stages },
      ...parts.map(({ topology }) => topology),
    ]),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

interface Part {
  readonly provider: string;
  readonly carriers: readonly Endpoint[];
  readonly topology: Topology;
  readonly notes: readonly ClusterNote[];
  /** Lets pods of which nobody knows the place pass the rules of what they may stand beside. */
  readonly lost: Rule | undefined;
}

/** Whoever may be in a network and its groups may pass what names these. */
function withRules(stage: Stage, rules: readonly Rule[]): Stage {
  const [first, ...rest] = stage.tiers;
  if (rules.length === 0 || first === undefined) return stage;
  return { ...stage, tiers: [{ ...first, rules: [...rules, ...first.rules] }, ...rest] };
}

function partOf(plan: Plan, clouds: Topology, planned: PlannedCluster, several: boolean): Part {
  const { provider, cluster } = planned;
  const host = settle(() => hostOf(plan, provider));
  const carriers =
    host instanceof Undecided
      ? []
      : clouds.endpoints.filter(({ id }) => host.carriers.includes(id));
  const enforces = host instanceof Undecided ? true : host.enforces;
  const lifted = liftCluster(
    cluster,
    { ...anyPlugin, enforces },
    { nodes: nodesGroup, ...(several ? { pods: everyClusterPod } : {}) },
  );
  const own = qualified(lifted.topology, provider);
  const notes = [
    ...(host instanceof Undecided ? [unplannedNote(provider)] : []),
    ...clusterNotes(planned, lifted),
  ];
  if (host instanceof Undecided || carriers.length === 0) {
    const why = reasonOf(host);
    const lost = lostRule(inCluster(provider, everyPod), why);
    return { provider, carriers, topology: unplaced(own, provider, why), notes, lost };
  }
  const topology = placed(own, { provider, host, carriers, clouds });
  return { provider, carriers, topology, notes, lost: undefined };
}

function hostOf(plan: Plan, provider: string): ClusterHost {
  const resource = clusterBehind(plan, provider);
  if (resource.type === awsTypes.eksCluster) return eksHost(plan, resource);
  return resource.type === azureTypes.cluster ? aksHost(plan, resource) : gkeHost(plan, resource);
}

function reasonOf(host: ClusterHost | Undecided): Condition {
  return unknownCondition(
    host instanceof Undecided ? host : { urn: host.resource.urn, path: "its nodes" },
  );
}
