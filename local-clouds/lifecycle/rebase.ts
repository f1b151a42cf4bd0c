/** Carrying a change over to what has changed meanwhile. */

import { equal, isObject, type Value, type ValueObject } from "../protocol/value.ts";

/**
 * Live properties with the difference between two computed ones applied; everything else that is
 * live stays: what others changed, and what the configuration of a provider unknown here added.
 */
export function rebased(before: ValueObject, after: ValueObject, live: ValueObject): ValueObject {
  const value = rebasedValue(before, after, live);
  return isObject(value) ? value : live;
}

function rebasedValue(
  before: Value | undefined,
  after: Value | undefined,
  live: Value | undefined,
): Value | undefined {
  if (equal(before, after)) return live;
  if (!isObject(before) || !isObject(after) || !isObject(live)) return after;
  const out: Record<string, Value> = { ...live };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const next: Value | undefined = rebasedValue(before[key], after[key], live[key]);
    if (next === undefined) delete out[key];
    else out[key] = next;
  }
  return out;
}
