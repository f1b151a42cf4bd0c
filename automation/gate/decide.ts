/** Whether a change may pass. Pure. */
import type { AgedFinding, Comparison } from "./compare.ts";

/** `blocked`: somebody has to mend something; `undecided`: the gate could not tell, which is no pass. */
export type Decision = "passed" | "blocked" | "undecided";

/** The decision with its reasons. */
export interface Verdict {
  readonly decision: Decision;
  readonly reasons: readonly string[];
}

/**
 * The environment's levels decide: a mandatory finding that no exemption covers blocks, so does an
 * open question where the environment says that unknown blocks. What could not be previewed is
 * never passed.
 */
export function decide({ complete, errors, findings, open }: Comparison): Verdict {
  const blocking = findings.filter(isBlocking);
  const unknown = open.filter(({ level }) => level === "mandatory");
  const blocked = [
    ...count(blocking.length, "finding that blocks", "findings that block"),
    ...count(unknown.length, "open question that blocks", "open questions that block"),
  ];
  if (!complete) return { decision: "undecided", reasons: [...errors, ...blocked] };
  return { decision: blocked.length > 0 ? "blocked" : "passed", reasons: blocked };
}

/** Whether the finding stands on the head's side and its level is mandatory. */
export function isBlocking({ age, level, exemption }: AgedFinding): boolean {
  return age !== "fixed" && level === "mandatory" && exemption === undefined;
}

function count(number: number, one: string, many: string): string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}
