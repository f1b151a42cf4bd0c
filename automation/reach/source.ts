/** Where a network to be judged comes from. */
import type { Topology } from "../../model/network/topology.ts";

/** A network that was read. */
export interface ReachSource {
  readonly topology: Topology;
  /** What a person must know besides: findings, and what was passed over. */
  readonly notes: readonly string[];
}

/** Reads the network at a place: a directory, a file, a stack. Throws a `ProblemError`. */
export type ReadSource = (place: string) => Promise<ReachSource>;
