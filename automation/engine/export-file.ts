/** Files that people hand over: state exports, lists of resources. */
import { readFileSync } from "node:fs";
import { ProblemError } from "../../model/base/problem.ts";

/** The text of the file, or of standard input for `-`. Throws a {@link ProblemError}. */
export function readExportFile(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
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
