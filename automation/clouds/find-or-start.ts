/** The clouds that run, or ones started now. */
import type { Variables } from "../engine/environment.ts";
import type { Folders } from "../engine/folders.ts";
import { isAnswering } from "./control.ts";
import { type Descriptor, findRunning, readDescriptor } from "./descriptor.ts";
import { type StartOptions, startClouds } from "./start.ts";
import { removeUnheard } from "./unheard.ts";

/** What the search needs besides how clouds are started. */
export interface FindSettings {
  readonly folders: Folders;
  readonly variables: Variables;
  readonly say: (text: string) => void;
}

/**
 * Finds or starts the clouds. A descriptor without clouds behind it is left by ones that were
 * killed: what they made and could tell nobody is removed before anybody meets it.
 */
export async function findOrStart(
  { folders, variables, say }: FindSettings,
  options: StartOptions,
): Promise<{ readonly descriptor: Descriptor; readonly started: boolean }> {
  const running = await findRunning(folders, isAnswering);
  if (running !== undefined) return { descriptor: running, started: false };
  const killed = readDescriptor(folders);
  const descriptor = await startClouds(folders, variables, options);
  if (killed !== undefined) await removeUnheard(descriptor, folders.state, say);
  return { descriptor, started: true };
}
