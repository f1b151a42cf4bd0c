/** What was allowed for a while and has outlived its last day. Reads no clock: the day is given. */
import type { Problem } from "../base/problem.ts";
import type { NetworkIntent } from "./intent.ts";

/** A part of the intent that holds until a day. */
export interface Temporary {
  /** Path in the intent. */
  readonly place: string;
  /** What it leaves open, in words. */
  readonly says: string;
  readonly owner: string;
  /** Last day, `2027-01-31`. */
  readonly until: string;
}

/** Stages short of full enforcement, and exceptions. */
export function temporaries(intent: NetworkIntent): Temporary[] {
  return [
    ...intent.segments.flatMap(({ name, rollout }, index) => {
      if (rollout === undefined) return [];
      const { stage, owner, until } = rollout;
      const says =
        stage === "visibility"
          ? `segment ${name} is only watched: nothing is denied, in or out`
          : `what leaves segment ${name} is only watched`;
      return [{ place: `segments[${index}].rollout`, says, owner, until }];
    }),
    ...intent.flows.flatMap(({ from, to, ports, exception }, index) => {
      if (exception === undefined) return [];
      return [
        { place: `flows[${index}].exception`, says: `${from} to ${to} on ${ports}`, ...exception },
      ];
    }),
  ];
}

/** Problems of an intent on a day, `2026-11-27`: what has ended must be enforced or prolonged. */
export function checkOverdue(intent: NetworkIntent, day: string): Problem[] {
  return temporaries(intent)
    .filter(({ until }) => until < day)
    .map(({ place, says, owner, until }) => ({
      code: "input-expired",
      place,
      got: `${says}, until ${until}`,
      allowed: `a day not before ${day}`,
      next: `${owner} enforces it fully now, or says until when it stays open.`,
    }));
}
