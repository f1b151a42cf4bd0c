/** What the shape of a type says about inputs, before anything else looks at them. */

import type { ValueObject } from "../protocol/value.ts";
import { judge } from "../shapes/judge.ts";
import { shapeOf } from "../shapes/load.ts";
import type { InputFault, TypeEntry } from "../types/type.ts";
import { logicalName, type Session } from "./session.ts";

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
