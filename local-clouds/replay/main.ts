/**
 * Recordings replayed, as a process.
 *
 * `node local-clouds/replay/main.ts FILE… [--json] [--strict-accepted]`
 *
 * Exit codes: 0 every difference is an accepted one, 1 some are not (or, with `--strict-accepted`,
 * an accepted one no longer occurs), 2 a file is no recording, or wrong use.
 */

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { packages } from "../packages/index.ts";
import { acceptedList } from "./accepted.ts";
import { noRecording, parseRecording } from "./recording.ts";
import { type Replayed, replay } from "./replay.ts";
import { type Report, report } from "./report.ts";
import { reportText } from "./text.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let files: string[];
  let options: { json: boolean; "strict-accepted": boolean };
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        "strict-accepted": { type: "boolean", default: false },
      },
    });
    files = parsed.positionals;
    options = parsed.values;
    if (files.length === 0) throw new TypeError("a recording's file is needed");
  } catch (error) {
    return complain(error);
  }
  try {
    const result = await reportOn(files);
    process.stdout.write(
      `${options.json ? JSON.stringify(result, null, 2) : reportText(result, options["strict-accepted"])}\n`,
    );
    const outdated = options["strict-accepted"] && result.stale.length > 0;
    return result.sum.differing > 0 || outdated ? 1 : 0;
  } catch (error) {
    return complain(error);
  }
}

async function reportOn(files: readonly string[]): Promise<Report> {
  const replays = new Map<string, Replayed>();
  for (const file of files) {
    replays.set(file, await replay(parseRecording(contentOf(file), file), packages));
  }
  return report(replays, acceptedList);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw noRecording(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function complain(error: unknown): number {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
}
