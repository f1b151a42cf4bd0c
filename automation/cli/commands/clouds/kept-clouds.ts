/** Clouds that stay until `clouds stop`. */
import { isAnswering } from "../../../clouds/control.ts";
import { type Descriptor, findRunning } from "../../../clouds/descriptor.ts";
import { startClouds } from "../../../clouds/start.ts";
import { makeFolder } from "../../../engine/folders.ts";
import type { Context } from "../../context.ts";

/** Those that run, or ones started to stay; `ports` as `PACKAGE=PORT`. */
export async function keptClouds(
  context: Context,
  ports: readonly string[],
): Promise<{ readonly descriptor: Descriptor; readonly started: boolean }> {
  const { folders, variables } = context;
  makeFolder(folders.clouds);
  const running = await findRunning(folders, isAnswering);
  if (running !== undefined) return { descriptor: running, started: false };
  return {
    descriptor: await startClouds(folders, variables, { kept: true, ports }),
    started: true,
  };
}
