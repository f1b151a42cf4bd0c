/** Read: what the world really holds. */

import { equal, type ValueObject } from "../protocol/value.ts";
import type { Operation } from "../types/profile.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceRow } from "../world/record.ts";
import { type Answer, answerOf } from "./create.ts";
import { findByKey, findExisting, homeRow } from "./neighbours.ts";
import { areaOf, demandEntry, refused, type Session } from "./session.ts";

/** A Read request: for a refresh with what the state holds, for an import by id alone. */
export interface ReadRequest {
  readonly urn: string;
  readonly token: string;
  readonly id: string;
  readonly inputs: ValueObject;
  readonly outputs: ValueObject;
}

/** The resource as it is; an empty id when it is gone. */
export function read(session: Session, request: ReadRequest): Answer {
  const entry = demandEntry(session, request.token);
  const row =
    homeRow(session, "reading") === "gone"
      ? undefined
      : (findRow(session, entry, request) ?? nativeRow(session, entry, request));
  return row === undefined ? { id: "", inputs: {}, outputs: {} } : answerOf(session, entry, row);
}

/** What the account was born with can be read, though it is not stored. */
function nativeRow(
  session: Session,
  entry: TypeEntry,
  request: ReadRequest,
): ResourceRow | undefined {
  const { outputs, inputs, id } = request;
  const { account, region } = session.cloud.profile.locate(session.scope, {
    ...outputs,
    ...inputs,
  });
  return findExisting(session, entry.token, id, ["id"], areaOf(session, entry, account, region));
}

/** The stored resource of an id, as the provider instance sees it. */
export function findRow(
  session: Session,
  entry: TypeEntry,
  request: {
    readonly urn: string;
    readonly id: string;
    readonly inputs: ValueObject;
    readonly outputs: ValueObject;
  },
): ResourceRow | undefined {
  const { urn, id, inputs, outputs } = request;
  const { profile } = session.cloud;
  const located = profile.locate(session.scope, { ...outputs, ...inputs });
  const account = profile.accountIn?.(id) ?? located.account;
  const area = areaOf(session, entry, account, located.region);
  if (entry.sharedId !== true) return findByKey(session.clouds, entry.token, id, ["id"], area);
  const rows = session.clouds.world.named(entry.token, "id", profile.fold(id), area);
  // What was made tells them apart even after a renaming; the URN decides between equals.
  const same = rows.filter((row) =>
    Object.entries(row.made).every(([key, made]) => equal(made, outputs[key])),
  );
  return same.find((row) => row.urn === urn) ?? same[0] ?? rows.find((row) => row.urn === urn);
}

/** {@link findRow}, refusing as the service does when there is none. */
export function demandRow(
  session: Session,
  operation: Operation,
  entry: TypeEntry,
  request: {
    readonly urn: string;
    readonly id: string;
    readonly oldInputs: ValueObject;
    readonly oldOutputs: ValueObject;
  },
): ResourceRow {
  const { urn, id, oldInputs: inputs, oldOutputs: outputs } = request;
  const row = findRow(session, entry, { urn, id, inputs, outputs });
  if (row !== undefined) return row;
  const { gone } = session.cloud.profile.usual;
  throw refused(session, operation, entry.token, gone, { id: request.id, value: request.id });
}
