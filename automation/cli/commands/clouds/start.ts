/** `clouds start`: the local clouds, kept running. */
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { exportLines, programVariables } from "./env.ts";
import { keptClouds } from "./kept-clouds.ts";

/** Starts the clouds for good, or tells where they already are. */
export async function startCommand(
  context: Context,
  options: {
    readonly port?: readonly string[];
    readonly lenient: boolean;
    readonly json: boolean;
  },
): Promise<ExitCode> {
  const { descriptor, started } = await keptClouds(context, options);
  const { output } = context;
  output.note(started ? "The local clouds run." : "The local clouds ran already.");
  output.result(
    options.json ? JSON.stringify(descriptor, null, 2) : exportLines(programVariables(descriptor)),
  );
  return exitCodes.done;
}
