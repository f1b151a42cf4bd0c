/** What a person says about Kubernetes: in which places a cluster stands, and how large. */
import { parseCidr } from "../base/address.ts";
import type { Problem } from "../base/problem.ts";
import { nearest } from "../base/problem.ts";
import { planPlace } from "./address-plan.ts";
import type { NetworkIntent } from "./intent.ts";

const nodeSizes = ["small", "medium", "large"] as const;
/** 2, 4 or 8 virtual processors with 4 GiB each, and twice that where a cloud demands more. */
export type NodeSize = (typeof nodeSizes)[number];

/** A cluster that Bulkhead creates. */
export interface ClusterPlaceIntent {
  readonly place: string;
  /** Minor version, e.g. `1.34`: clouds choose the patch. */
  readonly kubernetesVersion: string;
  readonly nodes: { readonly size: NodeSize; readonly min: number; readonly max: number };
  /** Whether the cloud refuses to delete the cluster until this is false. */
  readonly deletionProtection: boolean;
}

/** The clusters of one environment. */
export interface ClusterIntent {
  /** The segment of the network that nodes and pods live in; it holds pods. */
  readonly segment: string;
  readonly clusters: readonly ClusterPlaceIntent[];
}

/** GKE by default and AKS always give each node a /24 of the place's pod range. */
const podLengthPerNode = 24;

/** Everything wrong with the clusters of a sound network. */
export function checkClusterIntent(intent: ClusterIntent, network: NetworkIntent): Problem[] {
  return [
    ...checkSegment(intent, network),
    ...intent.clusters.flatMap((cluster, index) => [
      ...checkPlace(intent, network, index),
      ...checkVersion(cluster, index),
      ...checkNodes(cluster, index, nodesMaxOf(cluster, network)),
    ]),
  ];
}

function checkSegment({ segment }: ClusterIntent, network: NetworkIntent): Problem[] {
  const holders = network.segments.filter(({ holdsPods }) => holdsPods === true);
  if (holders.some(({ name }) => name === segment)) return [];
  return [
    {
      code: "input-unknown",
      place: "segment",
      got: JSON.stringify(segment),
      allowed: holders.map(({ name }) => name).join(", ") || "a segment with holdsPods",
      next: "Name the segment of the network that holds pods.",
    },
  ];
}

function checkPlace(intent: ClusterIntent, network: NetworkIntent, index: number): Problem[] {
  const name = intent.clusters[index]?.place ?? "";
  const at = `clusters[${index}].place`;
  const names = network.places.map((place) => place.name);
  const first = intent.clusters.findIndex((cluster) => cluster.place === name);
  if (first < index) {
    return [
      {
        code: "input-duplicate",
        place: at,
        got: JSON.stringify(name),
        allowed: "one cluster per place",
        next: `clusters[${first}] stands there already; drop one of the two.`,
      },
    ];
  }
  if (names.includes(name)) return [];
  const near = nearest(name, names);
  return [
    {
      code: "input-unknown",
      place: at,
      got: JSON.stringify(name),
      allowed: names.join(", "),
      next: near === undefined ? "Declare the place first." : `Did you mean "${near}"?`,
    },
  ];
}

function checkVersion({ kubernetesVersion }: ClusterPlaceIntent, index: number): Problem[] {
  if (/^1\.\d{2}$/.test(kubernetesVersion)) return [];
  return [
    {
      code: "input-type",
      place: `clusters[${index}].kubernetesVersion`,
      got: JSON.stringify(kubernetesVersion),
      allowed: "a minor version such as 1.34",
      next: "Leave the patch to the cloud: it differs between them.",
    },
  ];
}

/** Most nodes for which the pods of the place have addresses. */
function nodesMaxOf({ place: name }: ClusterPlaceIntent, network: NetworkIntent): number {
  const place = network.places.find((candidate) => candidate.name === name);
  if (place === undefined) return Number.POSITIVE_INFINITY;
  const { pods4 } = planPlace(place, network.segments);
  return 2 ** (podLengthPerNode - parseCidr(pods4, `places.${name}.cidr4`).length);
}

function checkNodes({ nodes }: ClusterPlaceIntent, index: number, nodesMax: number): Problem[] {
  const at = `clusters[${index}].nodes`;
  const problems: Problem[] = [];
  if (!nodeSizes.includes(nodes.size)) {
    problems.push({
      code: "input-unknown",
      place: `${at}.size`,
      got: JSON.stringify(nodes.size),
      allowed: nodeSizes.join(", "),
      next: "Choose one of the sizes; each cloud's machine type follows from it.",
    });
  }
  const { min, max } = nodes;
  const whole = Number.isInteger(min) && Number.isInteger(max);
  if (!whole || min < 1 || max < min || max > nodesMax) {
    problems.push({
      code: "input-type",
      place: at,
      got: `min ${min}, max ${max}`,
      allowed: `1 ≤ min ≤ max ≤ ${nodesMax}, whole numbers`,
      next: "Give fewer nodes, or the place a larger range.",
    });
  }
  return problems;
}
