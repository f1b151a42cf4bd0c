/** Whether what a database holds is what was written. */

import type { DatabaseSync } from "node:sqlite";
import { digestOf, text } from "./record.ts";

/** The first resource whose content does not fit its checksum, in words. */
export function damagedResource(db: DatabaseSync): string | undefined {
  const rows = db.prepare("SELECT id, inputs, outputs, made, digest FROM resources").iterate();
  for (const row of rows) {
    const [inputs, outputs, made] = [text(row, "inputs"), text(row, "outputs"), text(row, "made")];
    if (digestOf(text(row, "id"), inputs, outputs, made) !== row["digest"]) {
      return `resource ${String(row["id"])} with a wrong checksum`;
    }
  }
  return undefined;
}
