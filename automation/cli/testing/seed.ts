/** What the seeded tests draw by. */
import { execFileSync } from "node:child_process";
import type { Variables } from "../../engine/environment.ts";

/** Areas of which `--full` runs everything instead of a sample. */
export const fullAreas = ["faults", "faults-local", "segmentation"];

/** The seed that `BULKHEAD_SEED` gives, else the commit: the same commit draws the same samples. */
export function seedOf(root: string, variables: Variables): string {
  const given = variables["BULKHEAD_SEED"];
  if (given !== undefined && given !== "") return given;
  try {
    return execFileSync("git", ["rev-parse", "--short=12", "HEAD"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "0";
  }
}
