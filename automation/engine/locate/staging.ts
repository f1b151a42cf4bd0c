import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const prefix = ".staging.";

/**
 * Runs `fill` on a fresh folder and renames it to `folder` when it is whole. Whatever happens on
 * the way, nothing half is left; what an earlier `kill -9` left is removed first. The caller holds
 * the lock of `cache`.
 */
export async function installed(
  cache: string,
  folder: string,
  fill: (staging: string) => Promise<void>,
): Promise<void> {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(prefix)) rmSync(join(cache, name), { recursive: true, force: true });
  }
  const staging = join(cache, `${prefix}${process.pid}`);
  mkdirSync(staging);
  try {
    await fill(staging);
    rmSync(folder, { recursive: true, force: true });
    renameSync(staging, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
