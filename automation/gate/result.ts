/** What a gate came to, over all its stacks. */
import type { Comparison } from "./compare.ts";
import { type Decision, decide, type Verdict } from "./decide.ts";

/** One stack. */
export interface StackResult {
  readonly comparison: Comparison;
  readonly verdict: Verdict;
}

/** All of them. */
export interface GateResult {
  readonly base: string;
  readonly head: string;
  readonly decision: Decision;
  /** Changed files that hold rules, exemptions, or the gate itself. */
  readonly touched: readonly string[];
  readonly stacks: readonly StackResult[];
}

/** What judges a change, as path prefixes. */
const judges = [
  "policy-packs/",
  "automation/gate/",
  "stacks/exemptions.json",
  ".github/",
  ".gitlab-ci",
];

/** Adds up; the worst stack decides. */
export function gateResult(
  base: string,
  head: string,
  changedFiles: readonly string[],
  comparisons: readonly Comparison[],
): GateResult {
  const stacks = comparisons.map((comparison) => ({ comparison, verdict: decide(comparison) }));
  const decisions = stacks.map(({ verdict }) => verdict.decision);
  const decision = (["undecided", "blocked"] as const).find((one) => decisions.includes(one));
  const touched = changedFiles.filter((file) => judges.some((prefix) => file.startsWith(prefix)));
  return { base, head, decision: decision ?? "passed", touched, stacks };
}
