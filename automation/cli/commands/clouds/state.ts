/** `clouds state`: what exists in the world. */
import { leniencyOf, worldState } from "../../../clouds/control.ts";
import { worldFile } from "../../../clouds/start.ts";
import { packageTitles } from "../../../engine/inventory.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { table } from "../../output.ts";
import { withClouds } from "./with-clouds.ts";

/** Lists what exists in the world. */
export async function stateCommand(
  context: Context,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const { resources, lenient } = await withClouds(context, async (descriptor) => ({
    resources: await worldState(descriptor),
    lenient: (await leniencyOf(descriptor)).types,
  }));
  if (options.json) {
    context.output.result(JSON.stringify({ resources, lenient }, null, 2));
    return exitCodes.done;
  }
  const rows = resources.map((one) => [
    packageTitles[one.package] ?? one.package,
    one.region,
    one.token.slice(one.token.lastIndexOf(":") + 1),
    one.id,
  ]);
  if (rows.length > 0) context.output.result(table(rows));
  context.output.note(`${rows.length} resources in ${worldFile(context.folders)}`);
  if (lenient.length > 0)
    context.output.note(`Lenient: taken as they are, unknown to the clouds: ${lenient.join(", ")}`);
  return exitCodes.done;
}
