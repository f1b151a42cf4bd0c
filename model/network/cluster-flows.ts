/**
 * The flows as the Kubernetes cluster of a place sees them: those with an end at a segment that has
 * workloads there, and the way to the cluster's resolver, without which nothing finds anything.
 * Health checks need no rule: a node always reaches its own pods.
 */
import { existsIn } from "./ends.ts";
import { parseFlows } from "./flow-key.ts";
import type { NetworkIntent, PlaceIntent, SegmentIntent } from "./intent.ts";
import type { LocalFlow, PlaceFlows } from "./local-flows.ts";
import { bothFamilies, flowsAt, openEnds } from "./local-flows.ts";

/** Namespace of the cluster's own machinery. */
export const systemNamespace = "kube-system";
/** The label of the resolver's pods on all three clouds, and its values: GKE has a cache on each node. */
export const resolverLabel = "k8s-app";
export const resolverApps: readonly string[] = ["kube-dns", "node-local-dns"];
/** The resolver as the other side of flows; no segment can have this name. */
export const resolver = "cluster DNS";
const dnsPort = 53;

/** A workload by its namespace and its name. */
export interface WorkloadName {
  readonly namespace: string;
  readonly name: string;
}

/** The workloads that the segment names as members. */
export function workloadsOf({ members = [] }: SegmentIntent): WorkloadName[] {
  return members.flatMap((member) => {
    if (!("workload" in member)) return [];
    const [namespace = "", name = ""] = member.workload.split("/");
    return [{ namespace, name }];
  });
}

/** Segments of the place that have workloads in its cluster, in the order declared. */
export function clusterSegments(intent: NetworkIntent, { name }: PlaceIntent): SegmentIntent[] {
  return intent.segments.filter(
    (segment) => existsIn(segment, name) && workloadsOf(segment).length > 0,
  );
}

/** Namespaces of these workloads, each once. */
export function clusterNamespaces(intent: NetworkIntent, place: PlaceIntent): string[] {
  const all = clusterSegments(intent, place).flatMap(workloadsOf);
  return [...new Set(all.map(({ namespace }) => namespace))];
}

/** What the cluster's policies should let pass, at the ends of its own segments. */
export function clusterFlows(intent: NetworkIntent, place: PlaceIntent): PlaceFlows {
  const segments = clusterSegments(intent, place);
  const names = segments.map(({ name }) => name);
  const all = flowsAt(intent, place, parseFlows(intent));
  const declared = all.filter(({ segment }) => names.includes(segment));
  const least = [...declared, ...names.flatMap(resolution)];
  return {
    place: place.name,
    segments: names,
    least,
    most: [...least, ...segments.flatMap(openEnds)],
  };
}

function resolution(segment: string): LocalFlow[] {
  return (["udp", "tcp"] as const).map((protocol) => ({
    key: `${segment}_resolver_${protocol}`,
    direction: "out",
    segment,
    peer: { kind: "elsewhere", name: resolver, prefixes: [] },
    range: { protocol, from: dnsPort, to: dnsPort },
    ports: `${protocol}/${dnsPort}`,
    families: bothFamilies,
    because: "names are resolved",
  }));
}
