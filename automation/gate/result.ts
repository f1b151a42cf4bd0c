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
  /** Changed files that judge the change: rules, proofs, exemptions, settings, the gate itself. */
  readonly touched: readonly string[];
  /** Why nothing can be decided, whatever the stacks came to. */
  readonly faults: readonly string[];
  /** What a reader should know, and does not decide. */
  readonly notes: readonly string[];
  readonly stacks: readonly StackResult[];
}

/** What judges a change: paths and, with an open end, beginnings of paths. */
const judges =
  /^(\.github\/|\.gitlab-ci|automation\/|bulkhead$|local-clouds\/|model\/|package(-lock)?\.json$|policy-packs\/|Pulumi\.yaml$|stacks\/(exemptions|rules)\.json$|tools\/)/;

/** Whether a file decides how changes are judged. */
export function isJudge(file: string): boolean {
  return judges.test(file);
}

/** What a gate was about. */
export interface Judged {
  readonly base: string;
  readonly head: string;
  readonly changedFiles: readonly string[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

/** Adds up; the worst stack decides. */
export function gateResult(judged: Judged, comparisons: readonly Comparison[]): GateResult {
  const { base, head, changedFiles, faults, notes } = judged;
  const stacks = comparisons.map((comparison) => ({ comparison, verdict: decide(comparison) }));
  const decisions = stacks.map(({ verdict }) => verdict.decision);
  const worst = (["undecided", "blocked"] as const).find((one) => decisions.includes(one));
  const decision = faults.length > 0 ? "undecided" : (worst ?? "passed");
  return { base, head, decision, touched: changedFiles.filter(isJudge), faults, notes, stacks };
}
