/** Changes that somebody makes by hand, past every engine. */

import { parsePath, withValueAt } from "../protocol/path.ts";
import { equal, isObject, revealObject, type Value, type ValueObject } from "../protocol/value.ts";
import { entryOf } from "../types/package.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceRow } from "../world/record.ts";
import { namesOf, resolveReferences, viewInWorld } from "./neighbours.ts";
import { liveOutputs } from "./outputs.ts";
import { BadRequest, type Clouds, type Session } from "./session.ts";

/** What is changed where; `undefined` removes the property. */
export interface Drift {
  /** Id, URN, or the end of a URN (`Subnet::app`). */
  readonly selector: string;
  readonly path: string;
  readonly value: Value | undefined;
}

/** Changes the live state of one resource; a refresh shows it. Throws `BadRequest` if none or several fit. */
export function drift(clouds: Clouds, request: Drift): ResourceRow {
  const row = select(clouds, request.selector);
  const session = sessionOf(clouds, row);
  const entry = entryOf(session.cloud, row.token);
  if (entry === undefined) throw new BadRequest(`no entry for ${row.token}`);
  const steps = parsePath(request.path);
  if (isInput(entry, row, String(steps[0]))) return driftInput(session, entry, row, request);
  const outputs = withValueAt(row.outputs, steps, request.value);
  return store(session, entry, row, row.inputs, outputs);
}

/** Removes one resource past every engine. */
export function vanish(clouds: Clouds, selector: string): ResourceRow {
  const row = select(clouds, selector);
  clouds.world.remove(row);
  return row;
}

function driftInput(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  request: Drift,
): ResourceRow {
  const { strip } = session.cloud.profile.bookkeeping;
  const inputs = withValueAt(row.inputs, parsePath(request.path), request.value);
  const outputsOf = (plain: ValueObject) =>
    liveOutputs(entry, viewOf(session, entry, row, plain), plain);
  const outputs = rebased(outputsOf(strip(row.inputs)), outputsOf(strip(inputs)), row.outputs);
  return store(session, entry, row, inputs, isObject(outputs) ? outputs : row.outputs);
}

/**
 * The live value with the difference between two computed ones applied. The provider instance that
 * made the resource is not known here, nor what its configuration added: that part must stay.
 */
function rebased(
  before: Value | undefined,
  after: Value | undefined,
  live: Value | undefined,
): Value | undefined {
  if (equal(before, after)) return live;
  if (!isObject(before) || !isObject(after) || !isObject(live)) return after;
  const out: Record<string, Value> = { ...live };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const next: Value | undefined = rebased(before[key], after[key], live[key]);
    if (next === undefined) delete out[key];
    else out[key] = next;
  }
  return out;
}

/** Writes what somebody else than the resource's program changed. */
export function store(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  inputs: ValueObject,
  outputs: ValueObject,
): ResourceRow {
  const plain = session.cloud.profile.bookkeeping.strip(inputs);
  const links = resolveReferences(
    session,
    "updating",
    entry,
    viewOf(session, entry, row, plain),
    plain,
  );
  const names = namesOf(session, entry, row.id, outputs);
  return session.clouds.world.change(row, inputs, outputs, { names, links });
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

/** A property that only the service writes is an output; everything else could have been an input. */
function isInput(entry: TypeEntry, row: ResourceRow, top: string): boolean {
  if (top in row.inputs) return true;
  const computed = entry.outputs?.[top] ?? entry.planned?.[top];
  return typeof computed !== "function" && !(top in row.made) && top !== "id";
}

function select(clouds: Clouds, selector: string): ResourceRow {
  const fits = clouds.world
    .all()
    .filter(
      (row) => row.id === selector || row.urn === selector || row.urn.endsWith(`:${selector}`),
    );
  const [first] = fits;
  if (first === undefined) throw new BadRequest(`no resource has the id or URN ${selector}`);
  if (fits.length > 1) {
    const list = fits.slice(0, 5).map((row) => row.urn || row.id);
    throw new BadRequest(
      `${fits.length} resources fit ${selector}: ${list.join(", ")}; give the whole URN`,
    );
  }
  return first;
}

function sessionOf(clouds: Clouds, row: ResourceRow): Session {
  const cloud = clouds.packages.get(row.package);
  if (cloud === undefined) throw new BadRequest(`no package ${row.package}`);
  const scope = { account: row.account, region: row.region, tenant: "", config: {} };
  return { clouds, cloud, scope };
}
