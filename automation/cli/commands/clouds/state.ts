/** `clouds state`: what exists in the world. */
import { ask, leniencyOf, type WorldResource, worldState } from "../../../clouds/control.ts";
import { heldInBackend, heldInFile } from "../../../clouds/held.ts";
import { unmanaged } from "../../../clouds/unmanaged.ts";
import { packageTitles } from "../../../engine/inventory.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, table } from "../../output.ts";
import { withClouds } from "./with-clouds.ts";

/** Which resources are listed. */
export interface StateFilters {
  readonly package?: string;
  readonly account?: string;
  readonly token?: string;
  readonly unmanaged: boolean;
  /** Files of states besides those in the checkout's own backend. */
  readonly state: readonly string[];
}

/** Lists what exists in the world. */
export async function stateCommand(
  context: Context,
  options: StateFilters & { readonly json: boolean },
): Promise<ExitCode> {
  const { all, lenient } = await withClouds(context, async (descriptor) => ({
    all: await worldState(descriptor),
    lenient: (await leniencyOf(descriptor)).types,
  }));
  const known = options.unmanaged ? unmanaged(all, heldBy(context, options.state)) : all;
  const resources = known.filter((one) => isWanted(one, options));
  if (options.json) {
    context.output.result(JSON.stringify({ resources, lenient }, null, 2));
    return exitCodes.done;
  }
  const rows = resources.map((one) => [
    packageTitles[one.package] ?? one.package,
    one.region,
    one.token.slice(one.token.lastIndexOf(":") + 1),
    one.id,
    // A row tells apart what has the same id.
    ...(options.unmanaged ? [`row:${one.row}`] : []),
  ]);
  if (rows.length > 0) context.output.result(table(rows));
  const what = options.unmanaged ? "unmanaged resource" : "resource";
  context.output.note(`${counted(rows.length, what)} in ${context.folders.world}`);
  if (lenient.length > 0)
    context.output.note(`Lenient: taken as they are, unknown to the clouds: ${lenient.join(", ")}`);
  return exitCodes.done;
}

/** Shows one resource. */
export async function showCommand(context: Context, resource: string): Promise<ExitCode> {
  const shown = await withClouds(context, (descriptor) =>
    ask(descriptor, "POST", "/state/show", { id: resource }),
  );
  context.output.result(JSON.stringify(shown, null, 2));
  return exitCodes.done;
}

function heldBy(context: Context, files: readonly string[]) {
  return [...heldInBackend(context.folders.state), ...files.flatMap(heldInFile)];
}

function isWanted(one: WorldResource, filters: StateFilters): boolean {
  return (
    (filters.package === undefined || one.package === filters.package) &&
    (filters.account === undefined || one.account === filters.account) &&
    (filters.token === undefined || patternOf(filters.token).test(one.token))
  );
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
