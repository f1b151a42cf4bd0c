/** What a service makes along with a resource: it comes with it, follows its updates and goes with it. */

import { equal } from "../protocol/value.ts";
import type { Resource } from "../types/resource.ts";
import type { Companion, TypeEntry } from "../types/type.ts";
import type { ResourceData, ResourceRow } from "../world/record.ts";
import type { CompanionChange, CompanionData } from "../world/world.ts";
import { namesOf } from "./neighbours.ts";
import { rebased } from "./rebase.ts";
import { demandEntry, refused, type Session, storedRegion } from "./session.ts";

/** What comes along with a new resource. */
export function companionsOf(
  session: Session,
  entry: TypeEntry,
  view: Resource,
  owner: ResourceData,
): CompanionData[] {
  const made = entry.companions?.(view) ?? [];
  return made.map((companion) => dataOf(session, companion, view, owner));
}

/**
 * How they follow an update. Only what the update means differently changes: what others did to a
 * companion stays. Throws `Refused` where one would have to go that something holds.
 */
export function followed(
  session: Session,
  entry: TypeEntry,
  row: ResourceRow,
  before: Resource,
  after: Resource,
): CompanionChange {
  if (entry.companions === undefined) return { added: [], changed: [], removed: [] };
  const [olds, news] = [byId(entry.companions(before)), byId(entry.companions(after))];
  const there = new Map(session.clouds.world.companions(row).map((one) => [keyOf(one), one]));
  const added = [...news]
    .filter(([key]) => !olds.has(key) && !there.has(key))
    .map(([, companion]) => dataOf(session, companion, after, row));
  const changed = [...news].flatMap(([key, companion]) => {
    const [old, live] = [olds.get(key), there.get(key)];
    if (old === undefined || live === undefined || equal(old.properties, companion.properties))
      return [];
    const outputs = rebased(old.properties, companion.properties, live.outputs);
    const own = demandEntry(session, live.token);
    return [{ row: live, outputs, names: namesOf(session, own, live.id, outputs) }];
  });
  const removed = [...olds.keys()]
    .filter((key) => !news.has(key))
    .flatMap((key) => there.get(key) ?? []);
  for (const companion of removed) refuseHeld(session, companion);
  return { added, changed, removed };
}

function refuseHeld(session: Session, companion: ResourceRow): void {
  const holders = session.clouds.world.holders(companion);
  if (holders.length === 0) return;
  const error = demandEntry(session, companion.token).inUse ?? session.cloud.profile.usual.inUse;
  const { id } = companion;
  throw refused(session, "updating", companion.token, error, {
    id,
    value: holders.map((holder) => holder.id).join(", "),
  });
}

function byId(companions: readonly Companion[]): Map<string, Companion> {
  return new Map(companions.map((one) => [keyOf(one), one]));
}

function keyOf({ token, id }: { readonly token: string; readonly id: string }): string {
  return `${token} ${id}`;
}

function dataOf(
  session: Session,
  companion: Companion,
  view: Resource,
  owner: ResourceData,
): CompanionData {
  const own = demandEntry(session, companion.token);
  const { package: name, account, seed, createdAt } = owner;
  const data: ResourceData = {
    package: name,
    account,
    seed,
    createdAt,
    token: own.token,
    region: storedRegion(session, own, view.region),
    id: companion.id,
    urn: "",
    inputs: {},
    outputs: companion.properties,
    made: {},
  };
  return { data, names: namesOf(session, own, companion.id, companion.properties) };
}
