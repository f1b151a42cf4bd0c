/**
 * A cluster as one place of an intent: its pods by the segments that name their workloads, and those
 * outside of whom the intent speaks.
 */
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { SegmentAddresses } from "../../../model/network/address-plan.ts";
import { planPlace } from "../../../model/network/address-plan.ts";
import {
  clusterNamespaces,
  clusterSegments,
  resolver,
  resolverApps,
  resolverLabel,
  systemNamespace,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import { segmentAt } from "../../../model/network/ends.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { outsideEndpoints, outsider } from "../../../model/network/intent-topology.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import type { Cluster } from "./cluster.ts";
import { onNodeNetwork } from "./groups.ts";

/**
 * The lifted cluster of a place. Pods of namespaces without a member of any segment are outside:
 * what guards them is not this intent's matter. A planned pod has an address of the place's range of
 * pods, which holds IPv4 alone (`planPlace`).
 */
export function clusterInPlace(
  lifted: Topology,
  cluster: Cluster,
  intent: NetworkIntent,
  place: PlaceIntent,
): Topology {
  const addresses = planPlace(place, intent.segments);
  const pods = cidrSet([parseCidr(addresses.pods4, `places.${place.name}.cidr4`)]);
  const parties = partiesOf(cluster, intent, place);
  return {
    ...lifted,
    endpoints: [
      ...lifted.endpoints.map((endpoint) => inRange(parties(endpoint), pods)),
      ...addresses.segments.map((segment) => inSubnets(segment, place.name)),
      ...outsideEndpoints(intent, place),
    ],
  };
}

/** To whom each pod belongs. */
function partiesOf(
  { workloads }: Cluster,
  intent: NetworkIntent,
  place: PlaceIntent,
): (pod: Endpoint) => Endpoint {
  const segments = new Map(
    clusterSegments(intent, place).flatMap((segment) =>
      workloadsOf(segment).map(({ namespace, name }) => [`${namespace}/${name}`, segment.name]),
    ),
  );
  const namespaces = clusterNamespaces(intent, place);
  const resolvers = new Set(
    workloads
      .filter(({ namespace }) => namespace === systemNamespace)
      .filter(({ labels }) => resolverApps.includes(labels[resolverLabel] ?? ""))
      .map(({ namespace, owner }) => `${namespace}/${owner}`),
  );
  return (pod) => {
    const workload = pod.name.replace(/\[\w+\]$/, "");
    const segment = segments.get(workload);
    if (segment !== undefined) return { ...pod, segment: segmentAt(segment, place.name) };
    const [namespace = ""] = workload.split("/");
    if (namespaces.includes(namespace)) return pod;
    const named = resolvers.has(workload) ? { segment: resolver } : {};
    return { ...pod, ...named, stages: [], outside: true };
  };
}

/** Pods on their node's network have its address, whichever that is. */
function inRange(pod: Endpoint, pods: IntervalSet): Endpoint {
  if (pod.unknownAddresses.length === 0 || pod.groups.includes(onNodeNetwork)) return pod;
  return { ...pod, addresses: union(pod.addresses, pods), unknownAddresses: [] };
}

/** What stands in the subnets of a segment, beside pods. */
function inSubnets({ segment, cidr4, cidr6 }: SegmentAddresses, place: string): Endpoint {
  const prefixes = cidr6 === undefined ? [cidr4] : [cidr4, cidr6];
  return outsider(segmentAt(segment, place), prefixes);
}
