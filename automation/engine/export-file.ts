/** Files that people hand over: state exports, lists of resources. */
import { readFileSync, statSync } from "node:fs";
import { ProblemError } from "../../model/base/problem.ts";

/** Size of a file that is read: every resource of it is held in memory. */
export const stateBytesMax = 256 * 1024 * 1024;

/** The text of the file, or of standard input for `-`. Throws a {@link ProblemError}. */
export function readExportFile(file: string): string {
  const bytes = read(file);
  if (bytes.length <= stateBytesMax) return bytes.toString("utf8");
  throw new ProblemError([tooLarge(file, bytes.length)]);
}

function tooLarge(file: string, bytes: number) {
  return {
    code: "input-too-large",
    place: file,
    got: `${bytes} bytes`,
    allowed: `at most ${stateBytesMax} bytes`,
    next: "Give one stack at a time.",
  } as const;
}

function read(file: string): Buffer {
  try {
    const size = file === "-" ? 0 : statSync(file).size;
    if (size > stateBytesMax) throw new ProblemError([tooLarge(file, size)]);
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError([
      {
        code: "input-missing",
        place: file,
        got: error instanceof Error && "code" in error ? String(error.code) : "no text",
        allowed: "a file that can be read, or - for standard input",
        next: "Write one with pulumi stack export --file FILE.",
      },
    ]);
  }
}
