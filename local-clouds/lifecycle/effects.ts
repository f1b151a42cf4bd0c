/** What changes in other resources when one changes or goes. */

import type { Resource } from "../types/resource.ts";
import type { TypeEntry } from "../types/type.ts";
import { store } from "./drift.ts";
import { findByKey } from "./neighbours.ts";
import { demandEntry, type Session } from "./session.ts";

/** Writes the effects of a resource; what they would change and is not there is left alone. */
export function spread(session: Session, entry: TypeEntry, view: Resource, gone: boolean): void {
  for (const { token, id, outputs } of entry.effects?.(view, gone) ?? []) {
    const row = findByKey(session.clouds, token, id, ["id"], { account: view.account });
    if (row === undefined) continue;
    const live = { inputs: row.inputs, outputs: outputs(row.outputs) };
    store(session, demandEntry(session, token), row, live);
  }
}
