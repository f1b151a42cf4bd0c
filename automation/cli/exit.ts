/** How commands end. */

import { type Problem, type ProblemCode, ProblemError } from "../../model/base/problem.ts";
import { ToldError } from "../engine/told-error.ts";

export const exitCodes = {
  done: 0,
  /** Findings, a refusal, or an operation that failed. */
  findings: 1,
  wrongUse: 2,
  environmentBroken: 3,
  internalError: 4,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Thrown where a person asked to stop. */
export class Interrupted extends Error {
  constructor() {
    super("stopped as asked");
    this.name = "Interrupted";
  }
}

const byProblem: Partial<Record<ProblemCode, ExitCode>> = {
  "environment-broken": exitCodes.environmentBroken,
  "state-damaged": exitCodes.environmentBroken,
  "operation-failed": exitCodes.findings,
};

/** The exit code for what was thrown: problems of the input are wrong use. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Interrupted) return exitCodes.findings;
  if (error instanceof ToldError) {
    return error.environment ? exitCodes.environmentBroken : exitCodes.findings;
  }
  if (!(error instanceof ProblemError)) return exitCodes.internalError;
  return Math.max(...error.problems.map(exitCodeOfProblem)) as ExitCode;
}

function exitCodeOfProblem(problem: Problem): ExitCode {
  return byProblem[problem.code] ?? exitCodes.wrongUse;
}
