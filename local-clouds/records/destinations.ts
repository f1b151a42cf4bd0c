/** Where records lie, as a person names it. */

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

/** `KIND ID/PLACE` of a record. */
export function destinationText(world: World, { destination, place }: RecordData): string {
  const row = world.byRow(destination);
  const kind = row?.token.slice(row.token.lastIndexOf(":") + 1) ?? "row";
  const name = `${kind} ${row?.id ?? destination}`;
  return place === "" ? name : `${name}/${place}`;
}

/** All destinations that hold records. */
export function destinationsOf(world: World): readonly Destination[] {
  const groups = Map.groupBy(world.records(0), ({ destination }) => destination);
  return [...groups].map(([destination, records]) => {
    const row = world.byRow(destination);
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
  const records = world.records(wanted.after);
  const places = new Set(records.map(({ destination }) => destination));
  const ids = new Map([...places].map((row) => [row, world.byRow(row)?.id ?? ""]));
  return records
    .map((record) => ({ ...record, name: ids.get(record.destination) ?? "" }))
    .filter(({ name }) => wanted.destination === "" || isNamed(name, wanted.destination))
    .filter(({ at }) => wanted.since === "" || Date.parse(at) >= Date.parse(wanted.since));
}

function isNamed(id: string, wanted: string): boolean {
  return id === wanted || id.endsWith(`/${wanted}`);
}
