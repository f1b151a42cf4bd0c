/** `clouds probe packet --batch`: many packets through one snapshot of the deployed world. */
import { readFileSync } from "node:fs";
import { ask } from "../../../clouds/control.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { withClouds } from "./with-clouds.ts";

/** How long a batch may take: 200,000 packets at a tenth of the usual pace. */
const batchMsMax = 200_000;

/** File descriptor of standard input. */
const standardInput = 0;

/** Where the packets are, and whether every stage is told. */
export interface BatchRequest {
  /** JSON lines; `-` for standard input. */
  readonly file: string;
  readonly steps: boolean;
}

/**
 * One answer a line, in the order of the packets. Done if each has one, whatever it is; wrong use if
 * a line is no JSON object, or if one means nothing, which its answer's `error` then tells.
 */
export async function probePacketsCommand(
  context: Context,
  { file, steps }: BatchRequest,
): Promise<ExitCode> {
  try {
    const packets = packetsOf(file);
    const { answers } = (await withClouds(context, (descriptor) =>
      ask(descriptor, "POST", "/probe/packets", { packets, steps }, batchMsMax),
    )) as { readonly answers: readonly Readonly<Record<string, unknown>>[] };
    if (answers.length > 0) context.output.result(answers.map(line).join("\n"));
    const wrong = answers.filter((answer) => "error" in answer).length;
    if (wrong > 0) context.output.note(`✗ ${wrong} of ${answers.length} packets mean nothing.`);
    return wrong > 0 ? exitCodes.wrongUse : exitCodes.done;
  } catch (error) {
    if (!(error instanceof ToldError) || error.environment) throw error;
    context.output.note(`✗ ${error.message}`);
    return exitCodes.wrongUse;
  }
}

function line(answer: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(answer);
}

function packetsOf(file: string): readonly unknown[] {
  return contentOf(file)
    .split("\n")
    .flatMap((text, i) => {
      if (text.trim() === "") return [];
      const packet = parsed(text);
      if (packet !== undefined) return [packet];
      throw new ToldError(`${file} line ${i + 1} is no JSON object`, false);
    });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file === "-" ? standardInput : file, "utf8");
  } catch (error) {
    throw new ToldError(error instanceof Error ? error.message : String(error), false);
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
