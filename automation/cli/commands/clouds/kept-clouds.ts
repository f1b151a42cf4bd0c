/** Clouds that stay until `clouds stop`. */
import { leniencyOf } from "../../../clouds/control.ts";
import type { Descriptor } from "../../../clouds/descriptor.ts";
import { findOrStart } from "../../../clouds/find-or-start.ts";
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
  const { folders, variables, output } = context;
  makeFolder(folders.clouds);
  const settings = { folders, variables, say: output.note };
  const clouds = await findOrStart(settings, { kept: true, ports: port, lenient });
  if (lenient && !(await leniencyOf(clouds.descriptor)).lenient) {
    throw new ToldError(
      "The local clouds run without --lenient: ./bulkhead clouds stop, then start them again.",
      false,
    );
  }
  return clouds;
}
