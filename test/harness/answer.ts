/** What a command with `--json` answered. */
import assert from "node:assert/strict";
import type { OperationOutcome } from "../../automation/cli/outcome.ts";
import type { Outcome } from "./checkout.ts";

/** Exit code, messages and the outcome as data. */
export interface Answer {
  readonly code: number | null;
  readonly stderr: string;
  readonly outcome: OperationOutcome;
}

/** Reads the outcome; fails with the command's messages where there is none. */
export function answerOf({ code, stdout, stderr }: Outcome): Answer {
  assert.ok(stdout.trim() !== "", `no outcome on standard output, exit code ${code}:\n${stderr}`);
  return { code, stderr, outcome: JSON.parse(stdout) as OperationOutcome };
}
