/** `clouds stop`: the local clouds end, their world is kept. */
import { isAnswering } from "../../../clouds/control.ts";
import { findRunning, readDescriptor } from "../../../clouds/descriptor.ts";
import { otherUsers } from "../../../clouds/lease.ts";
import { stopClouds } from "../../../clouds/start.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";

/** Ends the clouds. That none run is no error. */
export async function stopCommand(context: Context): Promise<ExitCode> {
  const { folders, output } = context;
  const stale = readDescriptor(folders);
  const running = await findRunning(folders, isAnswering);
  if (running === undefined) {
    output.note(stale === undefined ? "No local clouds run." : "They had ended already.");
    return exitCodes.done;
  }
  const users = otherUsers(folders);
  if (users.length > 0) {
    throw new ToldError(
      `Process ${users.join(", ")} is working with the local clouds; stop it first, or wait.`,
      false,
    );
  }
  await stopClouds(folders, running);
  output.note(`The local clouds have ended. Their world is kept in ${running.world}.`);
  return exitCodes.done;
}
