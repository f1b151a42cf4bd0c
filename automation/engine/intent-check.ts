/**
 * Asks the environment's own program whether its settings and intent are sound, before any engine
 * starts. It is a process of its own, so that a defect in the user's files stays there.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { type Problem, ProblemError } from "../../model/base/problem.ts";
import type { StackPlace } from "./stack-place.ts";

/** What the check tells. */
export interface CheckedIntent {
  readonly problems: readonly Problem[];
  /** The whole intent as plain data, for reports; undefined where there are problems. */
  readonly intent?: unknown;
}

const checkMsMax = 60_000;
const answerBytesMax = 64 * 1024 * 1024;

/** Runs `stacks/check.ts` for a stack. Rejects with a {@link ProblemError} where it cannot be run. */
export function checkIntent(root: string, stack: StackPlace): Promise<CheckedIntent> {
  const file = join(root, "stacks", "check.ts");
  const args = [file, "--stack", stack.name];
  const options = { cwd: root, timeout: checkMsMax, maxBuffer: answerBytesMax };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const answer = parse(stdout);
      if (answer !== undefined) resolve(answer);
      else reject(new ProblemError([notRun(file, stderr || (error?.message ?? ""))]));
    });
  });
}

function parse(text: string): CheckedIntent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const known = typeof value === "object" && value !== null && "problems" in value;
    return known && Array.isArray(value.problems) ? (value as CheckedIntent) : undefined;
  } catch {
    return undefined;
  }
}

function notRun(file: string, said: string): Problem {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "no answer";
  return {
    code: "input-type",
    place: file,
    got: telling.trim(),
    allowed: "settings and intent that can be loaded",
    next: "Mend the file that the message names, then run the same command again.",
  };
}
