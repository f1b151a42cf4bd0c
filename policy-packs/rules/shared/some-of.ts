/** "At least one of these does" over planned resources, some of which may not be known yet. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { EdgeRule, WrittenRule } from "../../lift/edge-rule.ts";

/**
 * Whether one of the candidates passes the test. One that is known to is enough, whatever the
 * others are; where none is known to, every doubt is told to the judge and the answer is open.
 */
export function someOf<T = PlannedResource>(
  judge: Judge,
  candidates: readonly T[],
  test: (candidate: T) => boolean,
): "yes" | "no" | "open" {
  const doubts: Undecided[] = [];
  for (const candidate of candidates) {
    try {
      if (test(candidate)) return "yes";
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubts.push(error);
    }
  }
  for (const doubt of doubts) judge.open(doubt);
  return doubts.length > 0 ? "open" : "no";
}

/** The same over rules of firewalls. */
export function someWritten(
  judge: Judge,
  written: readonly WrittenRule[],
  test: (rule: EdgeRule) => boolean,
): "yes" | "no" | "open" {
  return someOf(judge, written, ({ read }) => test(read()));
}
