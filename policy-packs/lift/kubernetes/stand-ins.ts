/**
 * Pods that nobody planned here and that policies bind all the same: workloads that an intent names
 * and somebody else deploys, whatever else may be put into their namespaces, and the resolver.
 */
import { workloadLabel } from "../../../model/mesh/intent.ts";
import {
  clusterNamespaces,
  clusterSegments,
  resolverApps,
  resolverLabel,
  systemNamespace,
  type WorkloadName,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { Cluster } from "./cluster.ts";
import type { Labels } from "./labels.ts";
import type { Workload } from "./workload.ts";

/** The cluster with a stand-in for everybody of whom the intent speaks and nobody planned. */
export function withStandIns<C extends Cluster>(
  cluster: C,
  intent: NetworkIntent,
  place: PlaceIntent,
): C {
  const planned = new Set(cluster.workloads.map(({ namespace, owner }) => `${namespace}/${owner}`));
  const resolved = cluster.workloads.some(
    ({ namespace, labels }) =>
      namespace === systemNamespace && resolverApps.includes(labels[resolverLabel] ?? ""),
  );
  const [resolver = ""] = resolverApps;
  const members = clusterSegments(intent, place)
    .flatMap(workloadsOf)
    .filter(({ namespace, name }) => !planned.has(`${namespace}/${name}`))
    .map((workload) => standIn(workload, { [workloadLabel]: workload.name }));
  const others = clusterNamespaces(intent, place).map((namespace) =>
    standIn({ namespace, name: "any other" }, {}),
  );
  const resolvers = resolved
    ? []
    : [standIn({ namespace: systemNamespace, name: resolver }, { [resolverLabel]: resolver })];
  return { ...cluster, workloads: [...cluster.workloads, ...members, ...others, ...resolvers] };
}

function standIn({ namespace, name }: WorkloadName, labels: Labels): Workload {
  return {
    namespace,
    owner: name,
    kind: "Workload",
    labels,
    ports: [],
    hostNetwork: false,
    serviceAccount: name,
    addresses: [],
    urn: `${namespace}/${name}`,
  };
}
