/** The other side of a flow as Kubernetes' policies name it. */
import { workloadLabel } from "../../../model/mesh/intent.ts";
import {
  resolver,
  resolverApps,
  resolverLabel,
  systemNamespace,
  type WorkloadName,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import { ofFamily, prefixesOf } from "../../../model/network/local-flows.ts";

/** A selector of labels as the API has it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In";
    readonly values: readonly string[];
  }[];
}

/** Pods of one namespace. */
export interface PodsPeer {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

/** Who is on the other side: everybody, or those pods and those addresses. */
export type Peers =
  | "everybody"
  | { readonly pods: readonly PodsPeer[]; readonly prefixes: readonly string[] };

/**
 * A segment of the place is its workloads, and whatever stands in its subnets; of pods that no
 * segment names, nobody can tell the addresses apart.
 */
export function peersOf(intent: NetworkIntent, place: PlaceIntent, flow: LocalFlow): Peers {
  const { peer, families } = flow;
  if (peer.kind === "everybody") return "everybody";
  if (peer.kind !== "segment") {
    const prefixes = families.flatMap((family) => ofFamily(peer.prefixes, family));
    return { pods: peer.name === resolver ? [resolverPods] : [], prefixes };
  }
  const segment = intent.segments.find(({ name }) => name === peer.segment);
  const workloads = segment === undefined ? [] : workloadsOf(segment);
  return {
    pods: [...byNamespace(workloads)].map(([namespace, names]) => ({
      namespaceSelector: inNamespaces([namespace]),
      podSelector: oneOf(workloadLabel, names),
    })),
    prefixes: prefixesOf(intent, peer.segment, place.name),
  };
}

/** Names of workloads by their namespaces. */
export function byNamespace(workloads: readonly WorkloadName[]): ReadonlyMap<string, string[]> {
  const groups = Map.groupBy(workloads, ({ namespace }) => namespace);
  return new Map([...groups].map(([namespace, all]) => [namespace, all.map(({ name }) => name)]));
}

/** Selects what has one of the values. */
export function oneOf(key: string, values: readonly string[]): LabelSelector {
  const [first, ...more] = values;
  if (first !== undefined && more.length === 0) return { matchLabels: { [key]: first } };
  return { matchExpressions: [{ key, operator: "In", values }] };
}

/** Namespaces by their names: the API server sets this label, and nobody can change it. */
export function inNamespaces(names: readonly string[]): LabelSelector {
  return oneOf("kubernetes.io/metadata.name", names);
}

const resolverPods: PodsPeer = {
  namespaceSelector: inNamespaces([systemNamespace]),
  podSelector: oneOf(resolverLabel, resolverApps),
};
