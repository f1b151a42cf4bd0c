/** A topology while it is being lifted. */
import type {
  Endpoint,
  Residual,
  Stage,
  Topology,
  UnknownInput,
} from "../../model/network/topology.ts";
import { Undecided } from "../../model/policy/view.ts";
import { settle } from "./uncertain.ts";

/** Collects what the parts of a lift find. */
export interface Draft {
  readonly endpoints: Endpoint[];
  readonly residuals: Residual[];
  /** Adds the stage that `make` returns, once for each id; returns the id. */
  stage(id: string, make: (id: string) => Stage): string;
  /** Runs one part of the lift; what it cannot read is noted and keeps the verdict open. */
  attempt<T>(body: () => T): T | undefined;
  /** Notes what keeps the verdict open. */
  open(...inputs: readonly UnknownInput[]): void;
  finish(): Topology;
}

/** A topology in which nothing is yet. */
export function beginDraft(): Draft {
  const endpoints: Endpoint[] = [];
  const residuals: Residual[] = [];
  const stages = new Map<string, Stage>();
  const unknowns = new Map<string, UnknownInput>();
  const open = (...inputs: readonly UnknownInput[]) => {
    for (const { urn, path } of inputs) unknowns.set(`${urn} ${path}`, { urn, path });
  };
  return {
    endpoints,
    residuals,
    open,
    stage: (id, make) => {
      if (!stages.has(id)) stages.set(id, make(id));
      return id;
    },
    attempt: (body) => {
      const value = settle(body);
      if (!(value instanceof Undecided)) return value;
      open(value);
      return undefined;
    },
    finish: () => ({
      endpoints,
      stages: [...stages.values()],
      residuals,
      unknowns: [...unknowns.values()],
    }),
  };
}
