/** Values of a table, as far as they can be told. */

import { NotYetKnown, type Value } from "../protocol/value.ts";
import type { Resource } from "../types/resource.ts";
import type { Computed } from "../types/type.ts";

/** A computed value, or nothing while it cannot be told. */
export function compute(computed: Computed, view: Resource): Value | undefined {
  if (typeof computed !== "function") return computed;
  return unlessUnknown(() => computed(view));
}

/** A result, or `undefined` if what it needs is not known yet. */
export function unlessUnknown<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotYetKnown) return undefined;
    throw error;
  }
}
