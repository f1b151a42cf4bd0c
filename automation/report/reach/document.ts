/** All connections as plain data, for machines. */
import type { Topology } from "../../../model/network/topology.ts";
import type { MergedConnection } from "./merged.ts";

/** The answer of `reach --output json`. */
export interface ReachDocument {
  readonly endpoints: readonly { readonly id: string; readonly name: string }[];
  readonly connections: readonly MergedConnection[];
  /** What could not be read: where non-empty, nothing is proven. */
  readonly unknowns: Topology["unknowns"];
  readonly notes: readonly string[];
}

/** The answer for a network. */
export function reachDocument(
  { endpoints, unknowns }: Topology,
  connections: readonly MergedConnection[],
  notes: readonly string[],
): ReachDocument {
  return {
    endpoints: endpoints.map(({ id, name }) => ({ id, name })),
    connections,
    unknowns,
    notes,
  };
}
