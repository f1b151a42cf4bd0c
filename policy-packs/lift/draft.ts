/** A topology while it is being lifted. */
import type { Endpoint, Residual, Stage, Topology } from "../../model/network/topology.ts";
import type { Openings } from "./openings.ts";
import { beginOpenings } from "./openings.ts";

/** Collects what the parts of a lift find. */
export interface Draft extends Omit<Openings, "opened"> {
  readonly endpoints: Endpoint[];
  readonly residuals: Residual[];
  /** Adds the stage that `make` returns, once for each id; returns the id. */
  stage(id: string, make: (id: string) => Stage): string;
  finish(): Topology;
}

/** A topology in which nothing is yet. */
export function beginDraft(): Draft {
  const endpoints: Endpoint[] = [];
  const residuals: Residual[] = [];
  const stages = new Map<string, Stage>();
  const { opened, ...openings } = beginOpenings();
  return {
    ...openings,
    endpoints,
    residuals,
    stage: (id, make) => {
      if (!stages.has(id)) stages.set(id, make(id));
      return id;
    },
    finish: () => ({ endpoints, stages: [...stages.values()], residuals, unknowns: opened() }),
  };
}
