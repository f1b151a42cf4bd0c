/**
 * The catalogue of everything Bulkhead can find wrong with what a person gave it.
 *
 * A problem names the place, the value got, the values allowed and the next step, so that one
 * reading is enough to mend it. Checks collect all problems of an input before anything fails.
 */

/** Stable codes; a code never changes its meaning, so scripts and documentation may rest on it. */
export const problemCodes = {
  "input-type": "a value has the wrong type",
  "input-missing": "a required value is missing",
  "input-unknown": "a name that nobody declared",
  "input-expired": "something allowed for a while whose last day is over",
  "input-duplicate": "a name declared twice",
  "input-too-large": "an input is larger than what is read",
  "address-invalid": "not an IP prefix in CIDR notation",
  "address-overlap": "two address ranges overlap",
  "address-exhausted": "an address range is too small for what it must hold",
  "port-invalid": "not a protocol and port range",
  "flow-nowhere": "a flow from or to a segment that does not exist",
  "flow-redundant": "two flows that say the same",
  "flow-unrouted": "a flow between places that no road joins",
  "flow-too-wide": "a flow that allows everything, without a named exception",
  "flow-guarded": "a flow that a guardrail of its place denies",
  "limit-reached": "a documented limit of the cloud would be exceeded",
  "trust-too-wide": "a trust that admits more than the identity it names",
  "provider-missing": "a component was not given a provider it needs",
  "command-unknown": "a command or stack that does not exist",
  "environment-broken": "the machine lacks something that is needed",
  "state-damaged": "a stored file is not what was written",
  "operation-failed": "an operation of the engine failed",
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** One thing wrong with an input. */
export interface Problem {
  readonly code: ProblemCode;
  /** Path of the offending value, e.g. `places[1].cidr4` or a file name. */
  readonly place: string;
  /** The value got, as a person would write it. Never a secret. */
  readonly got: string;
  /** What would have been accepted. */
  readonly allowed: string;
  /** What to do about it. */
  readonly next: string;
}

/** Thrown once per input, carrying all its problems. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "ProblemError";
    this.problems = problems;
  }
}

/** One problem as a person reads it: `place: got …; allowed: …; next step [code]`. */
export function formatProblem(problem: Problem): string {
  const text = `${problem.place}: got ${problem.got}; allowed: ${problem.allowed}. ${problem.next} [${problem.code}]`;
  // What was given may hold anything; a terminal must not act on it.
  return text.replace(/\p{Cc}+/gu, " ");
}

/** Throws a {@link ProblemError} if there is at least one problem. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemError(problems);
}

/** The candidate nearest to `name` by edit distance, if near enough to be a likely slip. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  const distanceMax = Math.max(1, Math.floor(name.length / 3));
  return best !== undefined && best.distance <= distanceMax ? best.candidate : undefined;
}

/** Levenshtein distance in single-character edits. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
