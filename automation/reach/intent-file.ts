/** A network intent out of a file. */
import { ProblemError } from "../../model/base/problem.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";
import { readNetworkIntent } from "../../model/network/read-intent.ts";
import { readExportFile } from "../engine/export-file.ts";

/** Reads a JSON file. Throws a {@link ProblemError} with everything that is wrong with it. */
export function readIntentFile(file: string): NetworkIntent {
  const value = parse(readExportFile(file), file);
  try {
    return readNetworkIntent(value);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(
      error.problems.map((problem) => ({ ...problem, place: `${file}: ${problem.place}` })),
    );
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError([
      {
        code: "input-type",
        place: file,
        got: error instanceof Error ? error.message : "no JSON",
        allowed: "a network intent as JSON",
        next: "Write the intent as docs/reach.md shows it.",
      },
    ]);
  }
}
