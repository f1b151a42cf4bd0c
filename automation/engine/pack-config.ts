/** What the packs are told beyond their own definition. */
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Exemptions } from "../../model/policy/exemption.ts";

/**
 * Writes the configuration file of the packs; returns it once for each pack, as the engine wants it,
 * or nothing where there is nothing to tell.
 */
export function writePackConfig(
  file: string,
  packs: readonly string[],
  { stated, reviewed }: Exemptions,
): string[] {
  if (stated.length + reviewed.length === 0) return [];
  const config = { exemptions: stated, reviewedExemptions: reviewed };
  // The engine finds a policy's settings under its name, which is the pack's.
  const all = Object.fromEntries(packs.map((folder) => [basename(folder), config]));
  writeFileSync(file, JSON.stringify(all), { mode: 0o600 });
  return packs.map(() => file);
}
