/** Runs work with the local clouds: those that run already, or ones that live as long as the work. */

import { join } from "node:path";
import { makeFolder } from "../engine/folders.ts";
import { withLock } from "../engine/locate/lock.ts";
import { isAlive } from "../engine/processes.ts";
import type { Descriptor } from "./descriptor.ts";
import { type FindSettings, findOrStart } from "./find-or-start.ts";
import { dropLease, takeLease, waitForOthers } from "./lease.ts";
import { stopClouds } from "./start.ts";

/** Clouds in use. */
export interface CloudsInUse {
  readonly descriptor: Descriptor;
  /** Whether this work started them, and will end them. */
  readonly started: boolean;
  /** Whether the process still lives. */
  isAlive(): boolean;
  /** Ends them if this work started them. */
  release(): Promise<void>;
}

/** What to tell while waiting. */
export interface UseSettings extends FindSettings {
  /** Whether a person asked to stop, so that nobody is waited for. */
  readonly hurry: () => boolean;
}

/** Finds or starts the clouds. */
export async function useClouds(settings: UseSettings): Promise<CloudsInUse> {
  const { folders, say } = settings;
  makeFolder(folders.clouds);
  return withLock(
    join(folders.clouds, "start.lock"),
    (owner) => say(`waiting for ${owner}, which starts the local clouds`),
    async () => {
      const { descriptor, started } = await findOrStart(settings, { kept: false, ports: [] });
      takeLease(folders);
      return inUse(settings, descriptor, started);
    },
    new AbortController().signal,
  );
}

function inUse(settings: UseSettings, descriptor: Descriptor, started: boolean): CloudsInUse {
  const { folders, say, hurry } = settings;
  return {
    descriptor,
    started,
    isAlive: () => isAlive(descriptor.pid),
    release: async () => {
      dropLease(folders);
      // Killed ones stay on record, for whoever starts the next to mend what they left.
      if (!started || !isAlive(descriptor.pid)) return;
      await waitForOthers(
        folders,
        (pids) => say(`process ${pids.join(", ")} still uses the local clouds`),
        hurry,
      );
      await stopClouds(folders, descriptor);
    },
  };
}
