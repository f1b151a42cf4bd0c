/** `clouds reset`: an empty world. */
import { ask } from "../../../clouds/control.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { withClouds } from "./with-clouds.ts";

/** Empties the world. */
export async function resetCommand(context: Context): Promise<ExitCode> {
  await withClouds(context, (descriptor) => ask(descriptor, "POST", "/reset"));
  context.output.note("The world is empty. ./bulkhead refresh local tells the stack so.");
  return exitCodes.done;
}
