/** Update: a resource changes in place. */

import {
  equal,
  hasUnknown,
  revealObject,
  type Value,
  type ValueObject,
} from "../protocol/value.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceRow } from "../world/record.ts";
import { followed } from "./companions.ts";
import { unlessUnknown } from "./computed.ts";
import { type Answer, admit, answered, answerOf, viewData } from "./create.ts";
import { spread } from "./effects.ts";
import { demandChecked } from "./judged.ts";
import { logged } from "./logged.ts";
import { homeRow, namesOf, refuseBarred, resolveReferences, viewInWorld } from "./neighbours.ts";
import { changedOutputs, liveOutputs, plannedOutputs } from "./outputs.ts";
import { demandRow, findRow } from "./read.ts";
import { rehearse } from "./rehearsal.ts";
import { BadRequest, demandEntry, type Session } from "./session.ts";
import { ResourceView, type ViewData } from "./view.ts";

/** An Update request; both inputs carry the provider's notes. */
export interface UpdateRequest {
  readonly urn: string;
  readonly token: string;
  readonly id: string;
  readonly oldInputs: ValueObject;
  readonly oldOutputs: ValueObject;
  readonly inputs: ValueObject;
}

/** What Update would answer, as far as it can be told before. Changes nothing. */
export function previewUpdate(session: Session, request: UpdateRequest): Answer {
  const entry = demandEntry(session, request.token);
  const { profile } = session.cloud;
  const { urn, id, oldInputs, oldOutputs } = request;
  const row = findRow(session, entry, { urn, id, inputs: oldInputs, outputs: oldOutputs });
  const inputs = profile.bookkeeping.strip(request.inputs);
  if (row === undefined) return previewOfMissing(session, entry, request, inputs);
  const view = viewInWorld(session, entry, viewOf(session, entry, request, row, inputs));
  demandChecked(session, entry, view, inputs);
  const live = merged(
    profile.bookkeeping.strip(oldInputs),
    inputs,
    profile.bookkeeping.strip(row.inputs),
  );
  rehearse(session, "updating", entry, request, live, viewOf(session, entry, request, row, live));
  // What the service would refuse has no outputs that could be told.
  const outputs =
    unlessUnknown(() => entry.admit?.(view)) === undefined
      ? changedOutputs(entry, view, inputs, row.outputs)
      : plannedOutputs(entry, view, inputs);
  return {
    id: request.id,
    inputs: request.inputs,
    outputs: answered(profile, entry, request.id, request.inputs, outputs),
  };
}

/** A preview goes by the state: that the resource is gone shows in a refresh, or when it is updated. */
function previewOfMissing(
  session: Session,
  entry: TypeEntry,
  request: UpdateRequest,
  inputs: ValueObject,
): Answer {
  const view = new ResourceView(viewData(session, entry, request, inputs));
  const outputs = { ...request.oldOutputs, ...plannedOutputs(entry, view, inputs) };
  return { id: request.id, inputs: request.inputs, outputs };
}

/** Changes a resource; on return the change is durable. Throws `Refused` and leaves the world unchanged. */
export function update(session: Session, request: UpdateRequest): Answer {
  const entry = demandEntry(session, request.token);
  const { bookkeeping } = session.cloud.profile;
  const inputs = bookkeeping.strip(request.inputs);
  if (hasUnknown(inputs))
    throw new BadRequest(`${request.urn}: an input is unknown outside of a preview`);
  homeRow(session, "updating");
  const row = demandRow(session, "updating", entry, request);
  const live = merged(bookkeeping.strip(request.oldInputs), inputs, bookkeeping.strip(row.inputs));
  const view = viewInWorld(session, entry, viewOf(session, entry, request, row, live));
  demandChecked(session, entry, view, inputs);
  refuseBarred(session, "updating", entry, row);
  const links = resolveReferences(session, "updating", entry, view, live);
  admit(session, "updating", entry, view);
  const outputs = liveOutputs(entry, view, live);
  const names = namesOf(session, entry, row.id, outputs);
  const old = bookkeeping.strip(row.inputs);
  const was = viewInWorld(session, entry, viewOf(session, entry, request, row, old));
  const along = followed(session, entry, row, was, view);
  const kept = equal(live, inputs)
    ? request.inputs
    : { ...live, ...notesOf(request.inputs, inputs) };
  const records = logged(session, "update", { ...row, outputs });
  const changed = session.clouds.world.change(
    row,
    kept,
    outputs,
    { names, links },
    { records, companions: along },
  );
  spread(session, entry, view, false);
  return answerOf(session, entry, changed);
}

/**
 * The inputs as they are live: an update sends what changed, so what somebody else changed by hand
 * elsewhere in the resource stays.
 */
function merged(olds: ValueObject, news: ValueObject, live: ValueObject): ValueObject {
  const out: Record<string, Value> = { ...live };
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (equal(olds[key], news[key])) continue;
    const next = news[key];
    if (next === undefined) delete out[key];
    else out[key] = next;
  }
  return out;
}

/** The provider's own notes at the top of the inputs. */
function notesOf(annotated: ValueObject, plain: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(annotated).filter(([key]) => !(key in plain)));
}

function viewOf(
  session: Session,
  entry: TypeEntry,
  request: UpdateRequest,
  row: ResourceRow,
  inputs: ValueObject,
): ViewData {
  const data = viewData(session, entry, request, inputs);
  return {
    ...data,
    account: row.account,
    region: row.region === "" ? data.region : row.region,
    before: revealObject(session.cloud.profile.bookkeeping.strip(row.inputs), request.urn),
    id: row.id,
    createdAt: row.createdAt,
    seed: row.seed,
    made: row.made,
  };
}
