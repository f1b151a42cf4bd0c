/** Changes that somebody makes by hand, past every engine. */

import { meet, parsePath, withValueAt } from "../protocol/path.ts";
import { revealObject, type Value, type ValueObject } from "../protocol/value.ts";
import { type CloudPackage, entryOf } from "../types/package.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceRow } from "../world/record.ts";
import { followed } from "./companions.ts";
import { namesOf, resolveReferences, viewInWorld } from "./neighbours.ts";
import { liveOutputs } from "./outputs.ts";
import { rebased } from "./rebase.ts";
import { select } from "./select.ts";
import { BadRequest, type Clouds, demandEntry, type Session } from "./session.ts";

/** One property's change; `undefined` removes it. */
export interface PropertyDrift {
  readonly path: string;
  readonly value: Value | undefined;
}

/** Changes of one resource, made together or not at all. */
export interface Drift {
  /** As {@link select} takes it. */
  readonly selector: string;
  readonly changes: readonly PropertyDrift[];
}

/** What a resource is made of. */
type Live = Pick<ResourceRow, "inputs" | "outputs">;

/** Changes the live state of one resource; a refresh shows it. Throws `BadRequest` if none or several fit. */
export function drift(clouds: Clouds, request: Drift): ResourceRow {
  const row = select(clouds, request.selector);
  const session = sessionOf(clouds, row);
  const entry = demandEntry(session, row.token);
  let live: Live = row;
  for (const change of request.changes) live = changed(session, entry, { ...row, ...live }, change);
  return store(session, entry, row, live);
}

/** Removes one resource past every engine. */
export function vanish(clouds: Clouds, selector: string): ResourceRow {
  const row = select(clouds, selector);
  clouds.world.remove(row);
  return row;
}

/** Removes what a request is about to be made for, if it is there. */
export function vanishBefore(
  clouds: Clouds,
  cloud: CloudPackage,
  about: { readonly urn: string; readonly token: string; readonly id: string },
): void {
  const token = entryOf(cloud, about.token)?.token ?? about.token;
  const rows = clouds.world.named(token, "id", cloud.profile.fold(about.id), {});
  const row = rows.find(({ urn }) => urn === about.urn) ?? rows[0];
  if (row !== undefined) clouds.world.remove(row);
}

function changed(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  change: PropertyDrift,
): Live {
  const steps = parsePath(change.path);
  if (change.value === undefined && meet({ ...row.inputs, ...row.outputs }, steps).length === 0) {
    throw new BadRequest(`${row.token} ${row.id} has no ${change.path} to remove`);
  }
  if (isInput(entry, row, String(steps[0]))) return changedInput(session, entry, row, change);
  return { inputs: row.inputs, outputs: withValueAt(row.outputs, steps, change.value) };
}

function changedInput(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  change: PropertyDrift,
): Live {
  const { strip } = session.cloud.profile.bookkeeping;
  const inputs = withValueAt(row.inputs, parsePath(change.path), change.value);
  const outputsOf = (plain: ValueObject) =>
    liveOutputs(entry, viewOf(session, entry, row, plain), plain);
  const outputs = rebased(outputsOf(strip(row.inputs)), outputsOf(strip(inputs)), row.outputs);
  return { inputs, outputs };
}

/** Writes what somebody else than the resource's program changed. */
export function store(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  live: Live,
): ResourceRow {
  const plain = session.cloud.profile.bookkeeping.strip(live.inputs);
  const view = viewOf(session, entry, row, plain);
  const links = resolveReferences(session, "updating", entry, view, plain);
  const names = namesOf(session, entry, row.id, live.outputs);
  const was = viewOf(session, entry, row, session.cloud.profile.bookkeeping.strip(row.inputs));
  const companions = followed(session, entry, row, was, view);
  return session.clouds.world.change(
    row,
    live.inputs,
    live.outputs,
    { names, links },
    { companions },
  );
}

/** A view of a stored resource. */
export function viewOf(session: Session, entry: TypeEntry, row: ResourceRow, inputs: ValueObject) {
  return viewInWorld(session, entry, {
    ...row,
    name: row.urn.slice(row.urn.lastIndexOf("::") + 2),
    scope: session.scope,
    inputs,
    before: revealObject(inputs, row.id),
  });
}

/**
 * A property that only the service writes is an output; everything else could have been an input.
 * What a service made by itself has no inputs from which its outputs would follow.
 */
function isInput(entry: TypeEntry, row: ResourceRow, top: string): boolean {
  if (row.companionOf !== undefined && Object.keys(row.inputs).length === 0) return false;
  if (top in row.inputs) return true;
  const computed = entry.outputs?.[top] ?? entry.planned?.[top];
  return typeof computed !== "function" && !(top in row.made) && top !== "id";
}

function sessionOf(clouds: Clouds, row: ResourceRow): Session {
  const cloud = clouds.packages.get(row.package);
  if (cloud === undefined) throw new BadRequest(`no package ${row.package}`);
  const scope = { account: row.account, region: row.region, tenant: "", config: {} };
  return { clouds, cloud, scope };
}
