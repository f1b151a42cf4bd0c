/** Names that outlive their resources: what is deleted softly keeps its name for some days. */

import type { Resource } from "../types/resource.ts";
import type { TypeEntry } from "../types/type.ts";
import { refused, type Session, storedRegion } from "./session.ts";

const dayMs = 86_400_000;

/** Begins the world's note about such a name. */
const lingeringNotes = "lingering ";

/** Notes that a name stays taken after the deletion of its resource. */
export function linger(session: Session, entry: TypeEntry, view: Resource): void {
  const days = entry.lingers?.days(view) ?? 0;
  if (days === 0) return;
  const until = new Date(session.clouds.clock().getTime() + days * dayMs);
  session.clouds.world.setMark(noteOf(session, entry, view), until.toISOString());
}

/** Refuses a new resource whose name is still taken by a deleted one. */
export function refuseLingering(session: Session, entry: TypeEntry, view: Resource): void {
  if (entry.lingers === undefined) return;
  const until = session.clouds.world.mark(noteOf(session, entry, view));
  if (until === undefined || Date.parse(until) <= session.clouds.clock().getTime()) return;
  const value = entry.lingers.name(view);
  throw refused(session, "creating", entry.token, entry.lingers.taken, { value, name: view.name });
}

function noteOf(session: Session, entry: TypeEntry, view: Resource): string {
  const place =
    entry.lingers?.inWorld === true
      ? ""
      : `${view.account} ${storedRegion(session, entry, view.region)}`;
  return `${lingeringNotes}${entry.token} ${place} ${entry.lingers?.name(view) ?? ""}`;
}
