/** Where records lie, as a person names it. */

import { textAt } from "../probe/token/live.ts";
import { revealObject } from "../protocol/value.ts";
import type { RecordData, StoredRecord, World } from "../world/world.ts";

/** A destination with what lies in it. */
export interface Destination {
  readonly name: string;
  readonly token: string;
  readonly count: number;
  readonly kinds: readonly string[];
  /** Time of the newest record. */
  readonly newest: string;
}

/** `NAME/PLACE` of a record. */
export function destinationText(world: World, { destination, place }: RecordData): string {
  const row = world.all().find((one) => one.row === destination);
  const name =
    row === undefined
      ? `row:${destination}`
      : nameOf(row.token, row.id, textAt(revealObject(row.outputs, row.id), "name"));
  return place === "" ? name : `${name}/${place}`;
}

/** Buckets and groups by name, everything else by id. */
function nameOf(token: string, id: string, name: string): string {
  const kind = token.slice(token.lastIndexOf(":") + 1);
  return `${kind} ${kind === "LogGroup" && name !== "" ? name : id}`;
}

/** All destinations that hold records. */
export function destinationsOf(world: World): readonly Destination[] {
  const groups = Map.groupBy(world.records(0), ({ destination }) => destination);
  const rows = new Map(world.all().map((row) => [row.row, row]));
  return [...groups].map(([destination, records]) => {
    const row = rows.get(destination);
    return {
      name: row?.id ?? `row:${destination}`,
      token: row?.token ?? "",
      count: records.length,
      kinds: [...new Set(records.map(({ kind }) => kind))],
      newest: records.map(({ at }) => at).reduce((a, b) => (a > b ? a : b)),
    };
  });
}

/** What is asked for. */
export interface Wanted {
  /** Id, name or end of an id of a destination; `""` for all. */
  readonly destination: string;
  /** Not before this time, RFC 3339; `""` for all. */
  readonly since: string;
  /** Only records after this one. */
  readonly after: number;
}

/** Records in order of delivery, with the name of their destination. */
export function recordsIn(
  world: World,
  wanted: Wanted,
): readonly (StoredRecord & { readonly name: string })[] {
  const live = new Map(world.all().map((row) => [row.row, row.id]));
  return world
    .records(wanted.after)
    .map((record) => ({ ...record, name: live.get(record.destination) ?? "" }))
    .filter(({ name }) => wanted.destination === "" || isNamed(name, wanted.destination))
    .filter(({ at }) => wanted.since === "" || Date.parse(at) >= Date.parse(wanted.since));
}

function isNamed(id: string, wanted: string): boolean {
  return id === wanted || id.endsWith(`/${wanted}`);
}
