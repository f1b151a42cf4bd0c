/** What the shape of a type says about inputs, before anything else looks at them. */

import type { ValueObject } from "../protocol/value.ts";
import { judge } from "../shapes/judge.ts";
import { shapeOf } from "../shapes/load.ts";
import type { Resource } from "../types/resource.ts";
import type { InputFault, TypeEntry } from "../types/type.ts";
import { unlessUnknown } from "./computed.ts";
import { BadRequest, logicalName, type Session } from "./session.ts";

/** The faults of the inputs as given. */
export interface Judged {
  readonly faults: readonly InputFault[];
  /** Names and types are right: what a table's functions rest on. */
  readonly sound: boolean;
}

/** Judges inputs without the provider's notes; nothing is said where no shape is known. */
export function judgedByShape(
  session: Session,
  entry: TypeEntry,
  urn: string,
  given: ValueObject,
): Judged {
  const { words } = session.cloud.profile;
  const shape = words === undefined ? undefined : shapeOf(entry.token);
  if (words === undefined || shape === undefined) return { faults: [], sound: true };
  const found = judge(shape, words, logicalName(urn), given);
  return {
    faults: found.map(({ property, reason }) => ({ property, reason, placed: true })),
    sound: found.every((fault) => fault.absent),
  };
}

/**
 * Throws {@link BadRequest} for inputs that no Check has let pass: engines send none, and nothing
 * behind this has to be ready for them.
 */
export function demandChecked(
  session: Session,
  entry: TypeEntry,
  view: Resource,
  inputs: ValueObject,
): void {
  const { faults } = judgedByShape(session, entry, view.urn, withoutOutputs(entry, inputs));
  const all = faults.length > 0 ? faults : (unlessUnknown(() => entry.check?.(view)) ?? []);
  if (all.length === 0) return;
  const said = all.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
  throw new BadRequest(`${view.urn || entry.token}: inputs that Check refuses: ${said}`);
}

/** What the provider itself puts beside the inputs, e.g. all tags, is an output by the shape. */
function withoutOutputs(entry: TypeEntry, inputs: ValueObject): ValueObject {
  const shape = shapeOf(entry.token);
  const isOutput = (key: string) =>
    shape?.inputs.get(key) === undefined && shape?.outputs.get(key) !== undefined;
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !isOutput(key)));
}
