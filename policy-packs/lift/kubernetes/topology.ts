/** A cluster's pods and what its policies let them do, in the form on which everything is proved. */
import type { Family } from "../../../model/base/address.ts";
import { familyOf } from "../../../model/base/address.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Cluster } from "./cluster.ts";
import { everyPod, Groups, onNodeNetwork } from "./groups.ts";
import { Mesh } from "./mesh.ts";
import type { NetworkPlugin } from "./plugin.ts";
import type { PodSet } from "./pods.ts";
import { podSets, Selector } from "./pods.ts";
import type { Policy } from "./policy.ts";
import { Lifter } from "./stages.ts";
import type { Tie } from "./ties.ts";
import { closedTunnels } from "./tunnels.ts";

/** What a cluster comes to. */
export interface LiftedCluster {
  readonly topology: Topology;
  /** Findings: which of two rules holds is left to chance. */
  readonly ties: readonly Tie[];
  /** Findings: names of ambient pods whose NetworkPolicies close the mesh's tunnel. */
  readonly closedTunnels: readonly string[];
}

/** Groups of ends that are no pods of the cluster itself. */
export interface Beyond {
  /** Its nodes, from which its pods get packets whatever policies say, each from its own. */
  readonly nodes?: string;
  /** The pods of every cluster, this one's too. */
  readonly pods?: string;
}

/** Lifts a cluster whose objects are all in order. */
export function liftCluster(
  cluster: Cluster,
  plugin: NetworkPlugin,
  beyond: Beyond = {},
): LiftedCluster {
  const pods = podSets(cluster, familiesOf(cluster), plugin);
  const selector = new Selector(cluster, pods);
  const groups = new Groups();
  groups.name(everyPod, pods);
  groups.name(
    onNodeNetwork,
    pods.filter(({ hostNetwork }) => hostNetwork),
  );
  const lifter = new Lifter({ pods, selector, groups, plugin, nodes: beyond.nodes });
  const bearing = plugin.enforces ? policiesByPod(cluster.policies, selector) : new Map();
  const mesh = new Mesh(cluster, pods, groups, beyond.pods);
  const inMesh = new Map(pods.map((pod) => [pod.id, mesh.stagesFor(pod)]));
  const stagesOf = new Map(
    pods.map((pod) => {
      const own = inMesh.get(pod.id) ?? [];
      const stages = [...lifter.stagesFor(pod, bearing.get(pod) ?? []), ...own.map(({ id }) => id)];
      return [pod.id, stages];
    }),
  );
  const byId = new Map(lifter.stages().map((stage) => [stage.id, stage]));
  return {
    closedTunnels: closedTunnels(cluster, pods, ({ id }) =>
      (stagesOf.get(id) ?? []).flatMap((stage) => byId.get(stage) ?? []),
    ),
    topology: {
      endpoints: pods.map((pod) => endpointOf(pod, groups, stagesOf.get(pod.id) ?? [])),
      stages: [...lifter.stages(), ...[...inMesh.values()].flat()],
      residuals: [],
      unknowns: [...(plugin.enforces ? cluster.unread : []), ...mesh.unknowns()],
    },
    ties: lifter.ties(),
  };
}

function endpointOf(pod: PodSet, groups: Groups, stages: readonly string[]): Endpoint {
  const { id, name, addresses, unknownAddresses } = pod;
  return { id, name, addresses, unknownAddresses, groups: groups.of(id), stages };
}

/** IPv4, and IPv6 where anything shows that the cluster has it. */
function familiesOf({ workloads, policies }: Cluster): Family[] {
  const written = policies.some(({ rules }) =>
    [...(rules.in ?? []), ...(rules.out ?? [])].some(({ peers }) =>
      peers?.some(
        (peer) =>
          peer.kind === "addresses" && peer.addresses.some(({ from }) => familyOf(from) === 6),
      ),
    ),
  );
  const running = workloads.some(({ addresses }) => addresses.some((one) => one.includes(":")));
  return written || running ? [4, 6] : [4];
}

function policiesByPod(policies: readonly Policy[], selector: Selector): Map<PodSet, Policy[]> {
  const result = new Map<PodSet, Policy[]>();
  for (const policy of policies) {
    for (const pod of selector.select(policy.subject)) {
      // "Host-networked pods are not included in subject selection."
      if (policy.tier !== "namespace" && pod.hostNetwork) continue;
      const known = result.get(pod);
      if (known === undefined) result.set(pod, [policy]);
      else known.push(policy);
    }
  }
  return result;
}
