/** What keeps a lift's verdict open: inputs that are not known, or cannot be read. */
import type { UnknownInput } from "../../model/network/topology.ts";
import { Undecided } from "../../model/policy/view.ts";
import { settle } from "./uncertain.ts";

/** Collects them, each once. */
export interface Openings {
  /** Runs one part of the lift; what it cannot read is noted, and undefined comes back. */
  attempt<T>(body: () => T): T | undefined;
  /** Notes inputs. */
  open(...inputs: readonly UnknownInput[]): void;
  /** All that was noted. */
  opened(): UnknownInput[];
}

export function beginOpenings(): Openings {
  const unknowns = new Map<string, UnknownInput>();
  const open = (...inputs: readonly UnknownInput[]) => {
    for (const { urn, path } of inputs) unknowns.set(`${urn} ${path}`, { urn, path });
  };
  return {
    open,
    attempt: (body) => {
      const value = settle(body);
      if (!(value instanceof Undecided)) return value;
      open(value);
      return undefined;
    },
    opened: () => [...unknowns.values()],
  };
}
