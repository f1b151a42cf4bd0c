/** `clouds replay`: recorded exchanges with real providers, answered by the local clouds. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";

const knownCodes: readonly number[] = [exitCodes.done, exitCodes.findings, exitCodes.wrongUse];

/**
 * Replays recordings in a process of their own, with a world of its own; its report goes to
 * standard output. Done when every difference is an accepted one, findings otherwise, wrong use for
 * a file that is no recording.
 */
export async function replayCommand(
  context: Context,
  files: readonly string[],
  options: { readonly json: boolean; readonly strictAccepted: boolean },
): Promise<ExitCode> {
  const args = [
    join(context.root, "local-clouds", "replay", "main.ts"),
    ...(options.json ? ["--json"] : []),
    ...(options.strictAccepted ? ["--strict-accepted"] : []),
    "--",
    ...files,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [report, complaint] = [textOf(child.stdout), textOf(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  const [said, wrong] = await Promise.all([report, complaint]);
  if (said !== "") context.output.result(said);
  if (wrong !== "") context.output.note(wrong);
  return knownCodes.includes(code ?? -1) ? (code as ExitCode) : exitCodes.internalError;
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8").trimEnd();
}
