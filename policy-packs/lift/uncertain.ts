/**
 * Reads one thing of a planned resource although parts of it are not known yet. Each unknown part
 * reads as widely as it can turn out to be, and stands as a condition on what was read.
 */
import type { Condition } from "../../model/network/topology.ts";
import { Undecided } from "../../model/policy/view.ts";

/** A reading under way. */
export interface Reading {
  /** What the result hangs on; grows as more is read. */
  readonly conditions: readonly Condition[];
  /** The value that `body` reads or, where that is undecided, `widest` and one condition more. */
  read<T>(body: () => T, widest: T): T;
}

/** A reading of which nothing is open yet. */
export function beginReading(): Reading {
  const conditions: Condition[] = [];
  const read = <T>(body: () => T, widest: T): T => {
    const value = settle(body);
    if (!(value instanceof Undecided)) return value;
    conditions.push(unknownCondition(value));
    return widest;
  };
  return { conditions, read };
}

/** What `body` returns, or why it could not be read. */
export function settle<T>(body: () => T): T | Undecided {
  try {
    return body();
  } catch (error) {
    if (error instanceof Undecided) return error;
    throw error;
  }
}

/** A value, and what it hangs on. */
export interface Settled<T> {
  readonly value: T;
  readonly conditions: readonly Condition[];
}

/** What `body` returns; where that is undecided, `otherwise` stands for it under a condition. */
export function readOr<T>(body: () => T, otherwise: T): Settled<T> {
  const { read, conditions } = beginReading();
  return { value: read(body, otherwise), conditions };
}

/** The condition that something undecided puts on a rule. */
export function unknownCondition({ urn, path }: { urn: string; path: string }): Condition {
  return { kind: "unknown", input: { urn, path } };
}

/** The property of a rule, present only where there are conditions. */
export function underConditions(conditions: readonly Condition[]): {
  readonly conditions?: readonly Condition[];
} {
  return conditions.length === 0 ? {} : { conditions };
}
