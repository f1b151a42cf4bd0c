/** What the packs are told beyond their own definition. */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Reviewed } from "../policy/reviewed.ts";
import { settingsFor } from "../policy/rule-settings.ts";

/**
 * Writes the configuration file of the packs; returns it once for each pack, as the engine wants it,
 * or nothing where there is nothing to tell.
 */
export function writePackConfig(
  file: string,
  packs: readonly string[],
  stack: string,
  { exemptions: { stated, reviewed }, settings }: Reviewed,
): string[] {
  const exemptions = { exemptions: stated, reviewedExemptions: reviewed };
  const config = {
    ...settingsFor(settings, stack),
    ...(stated.length + reviewed.length === 0 ? {} : exemptions),
  };
  if (Object.keys(config).length === 0) return [];
  // The engine finds a policy's settings under its name, which is the pack's.
  const all = Object.fromEntries(packs.map((folder) => [basename(folder), config]));
  writeFileSync(file, JSON.stringify(all), { mode: 0o600 });
  return packs.map(() => file);
}
