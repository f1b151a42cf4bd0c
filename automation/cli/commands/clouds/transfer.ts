/** `clouds state export` and `import`: a world as a file that can be kept and carried. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Problem, ProblemError } from "../../../../model/base/problem.ts";
import { ask } from "../../../clouds/control.ts";
import { cannotWrite } from "../../../engine/folders.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted } from "../../output.ts";
import { withClouds } from "./with-clouds.ts";

/** Writes the world to a file, or to standard output. */
export async function exportCommand(context: Context, file: string | undefined): Promise<ExitCode> {
  const world = await withClouds(context, (descriptor) => ask(descriptor, "GET", "/state/export"));
  const text = JSON.stringify(world, null, 1);
  if (file === undefined) {
    context.output.result(text);
    return exitCodes.done;
  }
  writeWhole(file, `${text}\n`);
  context.output.note(`The world is written to ${file}. Keys in it are as they are.`);
  return exitCodes.done;
}

/** Fills an empty world from an export. */
export async function importCommand(context: Context, file: string): Promise<ExitCode> {
  const place = file === "-" ? "standard input" : file;
  const document = parsed(readText(file, place), place);
  const { resources } = await withClouds(context, (descriptor) =>
    ask(descriptor, "POST", "/state/import", document),
  );
  context.output.note(`${counted(Number(resources), "resource")} in ${context.folders.world}`);
  return exitCodes.done;
}

/** Whoever reads the file meanwhile sees the old or the new one. Worlds hold private keys. */
function writeWhole(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, text, { mode: 0o600 });
    renameSync(part, file);
  } catch (error) {
    throw new ProblemError([cannotWrite(file, error)]);
  }
}

function readText(file: string, place: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new ProblemError([notAWorld(place, error)]);
  }
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError([notAWorld(place, error)]);
  }
}

function notAWorld(place: string, error: unknown): Problem {
  return {
    code: "input-type",
    place,
    got: error instanceof Error ? error.message : String(error),
    allowed: "a world as clouds state export writes it",
    next: "Write one with ./bulkhead clouds state export FILE.",
  };
}
