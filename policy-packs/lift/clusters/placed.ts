/** The pods of a cluster in their place, and those of a cluster of which nobody knows the place. */
import { everyAddressOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect, union } from "../../../model/base/interval-set.ts";
import type { Condition, Endpoint, Stage, Topology } from "../../../model/network/topology.ts";
import { everyPod, onNodeNetwork } from "../kubernetes/groups.ts";
import type { Carrying } from "./carried.ts";
import { carriedId, carriedStage } from "./carried.ts";
import type { ClusterHost } from "./host.ts";
import { inCluster, nodesGroup } from "./names.ts";
import { podNetworkStages, unplacedStages } from "./pod-network.ts";

/** Where a cluster stands. */
export interface ClusterPlace {
  readonly provider: string;
  readonly host: ClusterHost;
  /** What carries its pods; at least one. */
  readonly carriers: readonly Endpoint[];
  readonly clouds: Topology;
}

const podNetwork = "pod network";

/**
 * Pods behind the rules of what carries them. They may run on any of it: where its parts differ, the
 * pods on each are an endpoint.
 */
export function placed(own: Topology, place: ClusterPlace): Topology {
  const { provider, host, carriers, clouds } = place;
  const { urn } = host.resource;
  const pods = inCluster(provider, everyPod);
  const podsOnly = inCluster(provider, "pods with a network of their own");
  const nodes = inCluster(provider, nodesGroup);
  const inner = host.addresses.kind === "range" && host.addresses.inner;
  const network = podNetworkStages({
    id: inCluster(provider, podNetwork),
    urn,
    pods,
    podsOnly,
    nodes,
    inner,
    addresses: host.addresses.kind === "range" ? host.addresses.known : [],
    asNodes: inner ? carriers.map(({ addresses }) => addresses).reduce(union, []) : [],
  });
  const carrying: Carrying = {
    id: provider,
    urn,
    pods,
    nodes,
    shortcut: host.shortcut,
    inner,
    residuals: clouds.residuals.filter(({ endpoints }) =>
      carriers.some(({ id }) => endpoints.includes(id)),
    ),
  };
  const used = new Set(carriers.flatMap(({ stages }) => stages));
  const carried = clouds.stages
    .filter(({ id }) => used.has(id))
    .map((stage) => carriedStage(stage, carrying));
  const endpoints = distinctOf(carriers).flatMap((carrier, index) =>
    own.endpoints.map((pod): Endpoint => {
      const isOnNode = pod.groups.includes(inCluster(provider, onNodeNetwork));
      const suffix = index === 0 ? "" : ` on ${carrier.name}`;
      return {
        ...pod,
        id: `${pod.id}${suffix}`,
        name: `${pod.name}${suffix}`,
        ...(carrier.segment === undefined ? {} : { segment: carrier.segment }),
        ...(isOnNode ? addressesOn(carrier) : addressesOf(host, carrier)),
        groups: [...pod.groups, ...carrier.groups, ...(isOnNode ? [] : [podsOnly])],
        stages: [
          ...pod.stages,
          ...(isOnNode ? [] : network.map(({ id }) => id)),
          ...carrier.stages.map((id) => carriedId(id, carrying)),
        ],
      };
    }),
  );
  return { ...own, endpoints, stages: inOrder(own.stages, network, carried) };
}

/** Pods that call and are called as their policies say within their cluster; beyond it `why` decides. */
export function unplaced(own: Topology, provider: string, why: Condition): Topology {
  const pods = inCluster(provider, everyPod);
  const network = unplacedStages(inCluster(provider, podNetwork), pods, why);
  const ids = network.map(({ id }) => id);
  return {
    ...own,
    endpoints: own.endpoints.map((pod) => ({ ...pod, stages: [...pod.stages, ...ids] })),
    stages: inOrder(own.stages, network, []),
  };
}

/** As a packet meets them: the sender's cluster, its cloud, the receiver's cloud, its cluster. */
function inOrder(
  own: readonly Stage[],
  network: readonly Stage[],
  carried: readonly Stage[],
): Stage[] {
  const of = (stages: readonly Stage[], wanted: Stage["direction"]) =>
    stages.filter(({ direction }) => direction === wanted);
  return [
    ...of(own, "out"),
    ...of(network, "out"),
    ...carried,
    ...of(network, "in"),
    ...of(own, "in"),
  ];
}

function distinctOf(carriers: readonly Endpoint[]): Endpoint[] {
  const keyOf = ({ stages, groups, addresses, unknownAddresses }: Endpoint) =>
    JSON.stringify([
      stages,
      groups,
      addresses.map(({ from, to }) => [String(from), String(to)]),
      unknownAddresses,
    ]);
  return [...Map.groupBy(carriers, keyOf).values()].flatMap(([first]) => first ?? []);
}

type Addresses = Pick<Endpoint, "addresses" | "unknownAddresses">;

function addressesOn({ addresses, unknownAddresses }: Endpoint): Addresses {
  return { addresses, unknownAddresses };
}

function addressesOf({ addresses: own }: ClusterHost, carrier: Endpoint): Addresses {
  const { addresses, unknownAddresses } = carrier;
  if (own.kind === "carriers") {
    const families = own.families.map((family) => everyAddressOf[family]);
    const known = families.map((every): IntervalSet => intersect(addresses, every));
    return {
      addresses: known.reduce(union, []),
      unknownAddresses: unknownAddresses.filter((family) => own.families.includes(family)),
    };
  }
  if (!own.inner) return { addresses: own.known, unknownAddresses: own.unknown };
  return {
    addresses: union(own.known, addresses),
    unknownAddresses: [...new Set([...own.unknown, ...unknownAddresses])],
  };
}
