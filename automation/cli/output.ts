/** Where words go: results to standard output, everything else to standard error. */
import { formatProblem, type ProblemError } from "../../model/base/problem.ts";

/** A command's two voices and what they may look like. */
export interface Output {
  /** A result: one or more lines. */
  result(text: string): void;
  /** Progress, notes, errors. */
  note(text: string): void;
  /** A view that is drawn again and again is possible. */
  readonly live: boolean;
  readonly colour: boolean;
}

/** A stream as far as is needed here. */
export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** The process's own output. `NO_COLOR` and `CI` are respected whatever their value, unless empty. */
export function makeOutput(
  stdout: Stream,
  stderr: Stream,
  variables: Readonly<Record<string, string | undefined>>,
): Output {
  const terminal =
    stderr.isTTY === true && isUnset(variables["CI"]) && variables["TERM"] !== "dumb";
  return {
    result: (text) => stdout.write(`${text}\n`),
    note: (text) => stderr.write(`${text}\n`),
    live: terminal,
    colour: terminal && isUnset(variables["NO_COLOR"]),
  };
}

function isUnset(value: string | undefined): boolean {
  return value === undefined || value === "";
}

/** All problems of an input, each on a line of its own. */
export function noteProblems(output: Output, error: ProblemError): void {
  for (const problem of error.problems) output.note(`✗ ${formatProblem(problem)}`);
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Text in a colour where colour is wanted. */
export function paint(colour: boolean, style: keyof typeof codes, text: string): string {
  return colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/** A duration as a person reads it. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A number with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Rows in columns; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return /^[\d.,]+$/.test(text) ? text.padStart(width) : text.padEnd(width);
  };
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}
