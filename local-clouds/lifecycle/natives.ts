/** The resources that an account is born with, as rows that no table of the world holds. */

import { revealObject, type ValueObject } from "../protocol/value.ts";
import type { Native } from "../types/native.ts";
import { type CloudPackage, entryOf } from "../types/package.ts";
import type { Neighbour, Scope } from "../types/resource.ts";
import type { TypeEntry } from "../types/type.ts";
import type { ResourceRow } from "../world/record.ts";
import { liveOutputs } from "./outputs.ts";
import type { Clouds } from "./session.ts";
import { ResourceView, type Surroundings } from "./view.ts";

/** The row number of everything that is derived and not stored. */
const nativeRow = 0;

/** When accounts of this world were opened. */
const bornAt = "2025-01-01T00:00:00.000Z";

/** Accounts and regions whose natives are kept in memory. */
const placesMax = 1000;

const known = new WeakMap<CloudPackage, Map<string, readonly ResourceRow[]>>();

/** Whether a row is derived: nothing can point to it in the world's tables, or change it there. */
export function isNative(row: ResourceRow): boolean {
  return row.row === nativeRow;
}

/** What an account has in a region without anybody having made it. */
export function nativesOf(
  cloud: CloudPackage,
  account: string,
  region: string,
): readonly ResourceRow[] {
  const places = known.get(cloud) ?? new Map<string, readonly ResourceRow[]>();
  known.set(cloud, places);
  const place = `${account}|${region}`;
  const rows = places.get(place) ?? derived(cloud, account, region);
  if (places.size < placesMax) places.set(place, rows);
  return rows;
}

/** What the accounts that hold anything have besides, in the regions that hold anything. */
export function nativesBeside({ world, packages }: Clouds): readonly ResourceRow[] {
  return [...packages.values()].flatMap((cloud) =>
    world
      .places(cloud.profile.name, cloud.profile.regional)
      .flatMap(({ account, region }) => nativesOf(cloud, account, region)),
  );
}

function derived(cloud: CloudPackage, account: string, region: string): readonly ResourceRow[] {
  const scope: Scope = { account, region, tenant: "", config: {} };
  const rows: ResourceRow[] = [];
  const byName = new Map<string, Neighbour>();
  for (const native of cloud.natives(region)) {
    const entry = entryOf(cloud, native.token);
    if (entry === undefined) throw new RangeError(`no entry for ${native.token}`);
    const made = rowsOf(cloud, entry, native, scope, rows, (name) => {
      const found = byName.get(name);
      if (found === undefined) throw new RangeError(`no native before it is called ${name}`);
      return found;
    });
    byName.set(native.name, neighbour(made[0]));
    rows.push(...made);
  }
  return rows;
}

/** One native and what its service makes along with it. */
function rowsOf(
  cloud: CloudPackage,
  entry: TypeEntry,
  native: Native,
  scope: Scope,
  before: readonly ResourceRow[],
  of: (name: string) => Neighbour,
): readonly [ResourceRow, ...ResourceRow[]] {
  const inputs: ValueObject = native.inputs(of);
  const seed = `${scope.account}|${scope.region}|${native.name}`;
  const { account, region } = scope;
  const { name, token } = native;
  const data = { urn: "", name, token, scope, account, region, inputs, seed, createdAt: bornAt };
  const surroundings = among(before, entry);
  const early = new ResourceView({ ...data, made: {}, surroundings });
  const id = entry.id(early);
  const view = new ResourceView({ ...data, made: {}, surroundings, id });
  const outputs = { ...liveOutputs(entry, view, inputs), ...native.facts };
  const shared = { package: cloud.profile.name, account, region, urn: "", made: {}, seed };
  const rest = { ...shared, createdAt: bornAt, row: nativeRow, revision: 1 };
  const row = { ...rest, token, id, inputs, outputs, companionOf: undefined };
  const companions = (entry.companions?.(view) ?? []).map(
    (one): ResourceRow => ({
      ...rest,
      token: one.token,
      id: one.id,
      inputs: {},
      outputs: one.properties,
      companionOf: nativeRow,
    }),
  );
  return [row, ...companions];
}

/** Natives see only those before them. */
function among(rows: readonly ResourceRow[], entry: TypeEntry): Surroundings {
  const all = (token: string) => rows.filter((row) => row.token === token).map(neighbour);
  const find = (token: string, id: string) => all(token).find((one) => one.id === id);
  return {
    all,
    find,
    target: (path) => {
      throw new RangeError(`${entry.token}: a native's ${path} is not looked up`);
    },
  };
}

function neighbour(row: ResourceRow): Neighbour {
  const { token, id, account, region } = row;
  const properties = { ...revealObject(row.outputs, id), id };
  return { token, id, account, region, properties, given: revealObject(row.inputs, id) };
}
