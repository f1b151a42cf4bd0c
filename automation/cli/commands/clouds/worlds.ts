/** `clouds worlds`: the named worlds of this checkout. */
import { isAnswering } from "../../../clouds/control.ts";
import { findRunning } from "../../../clouds/descriptor.ts";
import { inWorld, listWorlds } from "../../../clouds/worlds.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, table } from "../../output.ts";

/** Lists the worlds, and whose clouds run. */
export async function worldsCommand(
  context: Context,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const worlds = await Promise.all(
    listWorlds(context.folders).map(async (world) => {
      const running = await findRunning(inWorld(context.folders, world.name, false), isAnswering);
      return { ...world, pid: running?.pid ?? null };
    }),
  );
  if (options.json) {
    context.output.result(JSON.stringify({ worlds }, null, 2));
    return exitCodes.done;
  }
  const rows = worlds.map(({ name, bytes, pid }) => [
    name,
    `${Math.ceil(bytes / 1024)}`,
    "KiB",
    pid === null ? "" : `running, process ${pid}`,
  ]);
  if (rows.length > 0) context.output.result(table(rows));
  context.output.note(`${counted(rows.length, "world")} in ${context.folders.worlds}`);
  return exitCodes.done;
}
