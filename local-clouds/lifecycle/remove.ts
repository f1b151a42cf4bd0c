/** Delete: the resource goes, unless something holds it. */

import type { ValueObject } from "../protocol/value.ts";
import { viewOf } from "./drift.ts";
import { spread } from "./effects.ts";
import { linger } from "./lingering.ts";
import { logged } from "./logged.ts";
import { homeRow, refuseBarred } from "./neighbours.ts";
import { findRow } from "./read.ts";
import { demandEntry, logicalName, refused, type Session } from "./session.ts";

/** A Delete request. */
export interface DeleteRequest {
  readonly urn: string;
  readonly token: string;
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
}

/**
 * Deletes a resource; durable on return. One that is gone already counts as deleted, as providers
 * hold it. Throws `Refused` while something that needs it exists.
 */
export function remove(session: Session, request: DeleteRequest): void {
  const entry = demandEntry(session, request.token);
  const row =
    homeRow(session, "deleting") === "gone" ? undefined : findRow(session, entry, request);
  if (row === undefined) return;
  refuseBarred(session, "deleting", entry, row);
  const { strip } = session.cloud.profile.bookkeeping;
  const view = viewOf(session, entry, row, strip(row.inputs));
  const kept = entry.keep?.(view);
  if (kept !== undefined) {
    const places = { id: row.id, name: logicalName(request.urn) };
    throw refused(session, "deleting", entry.token, kept, places);
  }
  const holders = session.clouds.world.holders(row);
  if (holders.length > 0) {
    throw refused(
      session,
      "deleting",
      entry.token,
      entry.inUseBy?.[holders[0]?.token ?? ""] ?? entry.inUse ?? session.cloud.profile.usual.inUse,
      {
        id: row.id,
        value: holders.map((holder) => holder.id).join(", "),
        name: logicalName(request.urn),
      },
    );
  }
  session.clouds.world.remove(row, logged(session, "delete", row));
  linger(session, entry, view);
  spread(session, entry, view, true);
}
