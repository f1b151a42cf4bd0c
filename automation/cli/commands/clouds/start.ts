/** `clouds start`: the local clouds, kept running. */
import { isAnswering, leniencyOf } from "../../../clouds/control.ts";
import { type Descriptor, findRunning } from "../../../clouds/descriptor.ts";
import { startClouds } from "../../../clouds/start.ts";
import { makeFolder } from "../../../engine/folders.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";

/** Starts the clouds for good, or tells where they already are. */
export async function startCommand(
  context: Context,
  options: {
    readonly port?: readonly string[];
    readonly lenient: boolean;
    readonly json: boolean;
  },
): Promise<ExitCode> {
  const { folders, variables, output } = context;
  makeFolder(folders.clouds);
  const running = await findRunning(folders, isAnswering);
  if (running !== undefined && options.lenient && !(await leniencyOf(running)).lenient) {
    throw new ToldError(
      "The local clouds run without --lenient: ./bulkhead clouds stop, then start them again.",
      false,
    );
  }
  const { lenient, port: ports = [] } = options;
  const descriptor =
    running ?? (await startClouds(folders, variables, { kept: true, ports, lenient }));
  output.note(running === undefined ? "The local clouds run." : "The local clouds ran already.");
  output.result(options.json ? JSON.stringify(descriptor, null, 2) : variablesText(descriptor));
  return exitCodes.done;
}

/** What a shell needs to let any Pulumi program use the clouds. */
function variablesText(descriptor: Descriptor): string {
  return `export PULUMI_DEBUG_PROVIDERS=${descriptor.debugProviders}`;
}
