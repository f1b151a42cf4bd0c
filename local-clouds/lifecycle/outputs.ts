/** A resource's outputs from its inputs, as far as they can be told. */

import { draftOf, fill, meet, parsePath, removeAt, withValueAt } from "../protocol/path.ts";
import { equal, reveal, Secret, Unknown, type Value, type ValueObject } from "../protocol/value.ts";
import type { Resource } from "../types/resource.ts";
import type { Computed, TypeEntry } from "../types/type.ts";
import { compute, unlessUnknown } from "./computed.ts";

/** Outputs of a resource that exists: the inputs come back, completed. */
export function liveOutputs(entry: TypeEntry, view: Resource, inputs: ValueObject): ValueObject {
  const draft = echo(entry, inputs);
  normalise(entry, view, draft);
  fillAll(draft, view, entry.planned);
  fillAll(draft, view, entry.outputs);
  const live = { ...draft, ...view.made };
  return marked(entry, entry.complete?.(view, live) ?? live);
}

/** Outputs at preview of a creation: what only the service can tell is left out. */
export function plannedOutputs(entry: TypeEntry, view: Resource, inputs: ValueObject): ValueObject {
  const draft = echo(entry, inputs);
  fillAll(draft, view, entry.planned);
  return marked(entry, draft);
}

/** Outputs at preview of an update: what would come out differently is left out. */
export function changedOutputs(
  entry: TypeEntry,
  view: Resource,
  inputs: ValueObject,
  before: ValueObject,
): ValueObject {
  const out: Record<string, Value> = {};
  const planned = plannedOutputs(entry, view, inputs);
  for (const [key, value] of Object.entries(liveOutputs(entry, view, inputs))) {
    if (equal(value, before[key])) out[key] = value;
    else if (key in planned) out[key] = planned[key] ?? null;
  }
  return out;
}

function echo(entry: TypeEntry, inputs: ValueObject): { [key: string]: Value } {
  const draft = draftOf(inputs);
  for (const path of entry.hidden ?? []) removeAt(draft, parsePath(path));
  return draft;
}

function normalise(entry: TypeEntry, view: Resource, draft: { [key: string]: Value }): void {
  for (const [key, change] of Object.entries(entry.normalised ?? {})) {
    const given = draft[key];
    if (given === undefined || given === null) continue;
    draft[key] = unlessUnknown(() => change(view, reveal(given, key))) ?? Unknown.value;
  }
}

function fillAll(
  draft: { [key: string]: Value },
  view: Resource,
  computed: Readonly<Record<string, Computed>> | undefined,
): void {
  for (const [path, value] of Object.entries(computed ?? {})) {
    fill(draft, parsePath(path), () => compute(value, view));
  }
}

function marked(entry: TypeEntry, outputs: ValueObject): ValueObject {
  let out = outputs;
  for (const path of entry.secrets ?? []) {
    for (const { at, value } of meet(out, parsePath(path))) {
      if (!(value instanceof Secret)) out = withValueAt(out, at, new Secret(value));
    }
  }
  return out;
}
