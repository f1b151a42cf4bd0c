/** Clouds that stay until `clouds stop`. */
import { isAnswering, leniencyOf } from "../../../clouds/control.ts";
import { type Descriptor, findRunning } from "../../../clouds/descriptor.ts";
import { startClouds } from "../../../clouds/start.ts";
import { makeFolder } from "../../../engine/folders.ts";
import { ToldError } from "../../../engine/told-error.ts";
import type { Context } from "../../context.ts";

/** How the clouds are wanted. */
export interface Wish {
  /** `PACKAGE=PORT` for packages that want a certain port. */
  readonly port?: readonly string[];
  /** They take resource types that no table has. */
  readonly lenient: boolean;
}

/** Those that run, or ones started to stay. */
export async function keptClouds(
  context: Context,
  { port = [], lenient }: Wish,
): Promise<{ readonly descriptor: Descriptor; readonly started: boolean }> {
  const { folders, variables } = context;
  makeFolder(folders.clouds);
  const running = await findRunning(folders, isAnswering);
  if (running === undefined) {
    const options = { kept: true, ports: port, lenient };
    return { descriptor: await startClouds(folders, variables, options), started: true };
  }
  if (lenient && !(await leniencyOf(running)).lenient) {
    throw new ToldError(
      "The local clouds run without --lenient: ./bulkhead clouds stop, then start them again.",
      false,
    );
  }
  return { descriptor: running, started: false };
}
