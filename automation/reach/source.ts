/** Where a network to be judged comes from. */
import type { Topology } from "../../model/network/topology.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { Cluster } from "../../policy-packs/lift/kubernetes/cluster.ts";
import type { NetworkPlugin } from "../../policy-packs/lift/kubernetes/plugin.ts";

/** A network that was read. */
export interface ReachSource {
  readonly topology: Topology;
  /** What a person must know besides: findings, and what was passed over. */
  readonly notes: readonly string[];
  /** The resources that it was read from; absent where it comes from manifests. */
  readonly plan?: Plan;
  /** The cluster that it was read from, where it comes from manifests. */
  readonly cluster?: ManifestCluster;
}

/** A cluster as manifests say it. */
export interface ManifestCluster {
  readonly cluster: Cluster;
  readonly plugin: NetworkPlugin;
}

/** Reads the network at a place: a directory, a file, a stack. Throws a `ProblemError`. */
export type ReadSource = (place: string) => Promise<ReachSource>;
