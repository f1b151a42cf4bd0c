/** Where a network to be judged comes from. */
import type { Topology } from "../../model/network/topology.ts";
import type { Plan } from "../../model/policy/view.ts";

/** A network that was read. */
export interface ReachSource {
  readonly topology: Topology;
  /** What a person must know besides: findings, and what was passed over. */
  readonly notes: readonly string[];
  /** The resources that it was read from; absent where it comes from manifests. */
  readonly plan?: Plan;
}

/** Reads the network at a place: a directory, a file, a stack. Throws a `ProblemError`. */
export type ReadSource = (place: string) => Promise<ReachSource>;
