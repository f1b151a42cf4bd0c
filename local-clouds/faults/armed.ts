/** The faults that are armed. They live as long as the process, and so does what they counted. */

import { strikes } from "./decide.ts";
import { type Fault, type FaultOperation, matches } from "./fault.ts";

/** Faults armed at once. */
const faultsMax = 1000;

/** The resource that a request is about. */
export interface Subject {
  /** `""` for what no program made. */
  readonly urn: string;
  readonly token: string;
  /** `""` before it exists. */
  readonly id: string;
}

/** An armed fault and what it did so far. */
export interface Armed {
  readonly fault: Fault;
  /** Requests it was asked about. */
  readonly asked: number;
  /** Requests it met. */
  readonly struck: number;
}

interface Counting {
  readonly fault: Fault;
  readonly askedOf: Map<string, number>;
  asked: number;
  struck: number;
}

/** All armed faults of one process. */
export class ArmedFaults {
  private readonly armed = new Map<string, Counting>();

  /** Arms a fault; the same one armed again begins anew. Throws `RangeError` when there are too many. */
  arm(fault: Fault): void {
    this.armed.delete(fault.id);
    if (this.armed.size >= faultsMax) throw new RangeError(`more than ${faultsMax} faults`);
    this.armed.set(fault.id, { fault, askedOf: new Map(), asked: 0, struck: 0 });
  }

  /** Disarms all faults, or the one with that id; returns how many there were. */
  disarm(id?: string): number {
    const before = this.armed.size;
    if (id === undefined) this.armed.clear();
    else this.armed.delete(id);
    return before - this.armed.size;
  }

  /** All faults, in the order in which they were armed. */
  list(): readonly Armed[] {
    return [...this.armed.values()];
  }

  /** Asks every fault about a request; the first one armed of those that meet it. */
  meet(operation: FaultOperation, subject: Subject): Fault | undefined {
    let first: Counting | undefined;
    for (const one of this.armed.values()) {
      if (one.fault.operation !== operation) continue;
      if (!matches(one.fault.on, [subject.urn, subject.token, subject.id])) continue;
      if (ask(one, subject.urn || subject.id)) first ??= one;
    }
    if (first !== undefined) first.struck++;
    return first?.fault;
  }
}

function ask(one: Counting, subject: string): boolean {
  const asked = one.askedOf.get(subject) ?? 0;
  one.askedOf.set(subject, asked + 1);
  one.asked++;
  return strikes(one.fault, subject, asked);
}
