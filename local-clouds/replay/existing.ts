/**
 * What a recording takes for granted. It may speak of things that it never created: a default
 * network, a resource of another program. The replayed world takes them as existing:
 *
 * - what a Read, Update or Delete asks for lies in the world as the request's own state describes it;
 * - what a Create or Update refers to and is not there is put there bare, by its name alone.
 */

import { viewData } from "../lifecycle/create.ts";
import { findTarget, namesOf, viewInWorld } from "../lifecycle/neighbours.ts";
import { findRow } from "../lifecycle/read.ts";
import { type Session, storedRegion } from "../lifecycle/session.ts";
import { meet, parsePath } from "../protocol/path.ts";
import {
  hasUnknown,
  isObject,
  type JsonObject,
  NotYetKnown,
  type ValueObject,
} from "../protocol/value.ts";
import { decodeObject } from "../protocol/wire.ts";
import { type CloudPackage, entryOf } from "../types/package.ts";
import type { Resource } from "../types/resource.ts";
import type { Reference, TypeEntry } from "../types/type.ts";
import { type Exchange, objectOf } from "./recording.ts";

/** How many resources were put into the world for a request. */
export interface Supplied {
  /** As the request's own state describes them. */
  readonly adopted: number;
  /** By name alone. */
  readonly bare: number;
}

/** Puts into the world what the request takes for granted. */
export function supply(session: Session, exchange: Exchange, request: JsonObject): Supplied {
  const entry = entryOf(session.cloud, exchange.type);
  if (entry === undefined) return { adopted: 0, bare: 0 };
  const adopted = adopt(session, entry, exchange, request) ? 1 : 0;
  return { adopted, bare: plantTargets(session, entry, exchange, request) };
}

/**
 * The package without the last word of one type: what a request refers to is known by its name
 * alone, so whether the service would have refused the two together cannot be told.
 */
export function withoutLastWord(cloud: CloudPackage, token: string): CloudPackage {
  const entry = entryOf(cloud, token);
  if (entry === undefined) return cloud;
  const { admit: _, ...rest } = entry;
  return { ...cloud, types: new Map(cloud.types).set(entry.token, rest) };
}

/** State keys that are the provider's own notes. */
const notes = ["id", "__meta", "__inputs"];

function adopt(
  session: Session,
  entry: TypeEntry,
  exchange: Exchange,
  request: JsonObject,
): boolean {
  if (!["Read", "Update", "Delete"].includes(exchange.method)) return false;
  const id = String(request["id"] ?? "");
  const urn = String(request["urn"] ?? "");
  // A Read of what nobody created carries no state: what the real provider found stands for it.
  const found = exchange.method === "Read" ? objectOf(exchange.response) : {};
  const inputs = firstFilled(request["oldInputs"], request["inputs"], found["inputs"]);
  const outputs = firstFilled(request["olds"], request["properties"], found["properties"]);
  if (id === "" || Object.keys(outputs).length === 0) return false;
  if (findRow(session, entry, { urn, id, inputs, outputs }) !== undefined) return false;
  const plain = Object.fromEntries(Object.entries(outputs).filter(([key]) => !notes.includes(key)));
  put(session, entry, { urn, id, inputs, outputs: plain });
  return true;
}

function firstFilled(...candidates: (JsonObject[string] | undefined)[]): ValueObject {
  const filled = candidates.find((one) => Object.keys(objectOf(one)).length > 0);
  return decodeObject(objectOf(filled));
}

function put(
  session: Session,
  entry: TypeEntry,
  what: { urn: string; id: string; inputs: ValueObject; outputs: ValueObject },
): void {
  const where = viewData(session, entry, what, { ...what.outputs, ...what.inputs });
  session.clouds.world.insert(
    {
      package: session.cloud.profile.name,
      account: session.cloud.profile.accountIn?.(what.id) ?? where.account,
      region: storedRegion(session, entry, where.region),
      token: entry.token,
      made: {},
      seed: what.id,
      createdAt: session.clouds.clock().toISOString(),
      ...what,
    },
    { names: namesOf(session, entry, what.id, what.outputs), links: [] },
    [],
  );
}

function plantTargets(
  session: Session,
  entry: TypeEntry,
  exchange: Exchange,
  request: JsonObject,
): number {
  if (!["Create", "Update"].includes(exchange.method) || request["preview"] === true) return 0;
  const given = objectOf(request[exchange.method === "Create" ? "properties" : "news"]);
  const inputs = session.cloud.profile.bookkeeping.strip(decodeObject(given));
  if (hasUnknown(inputs)) return 0;
  const urn = String(request["urn"] ?? "");
  const data = viewData(session, entry, { urn }, inputs);
  const view = viewInWorld(session, entry, { ...data, made: {}, seed: urn });
  let count = 0;
  for (const reference of entry.references ?? []) {
    for (const { value } of meet(inputs, parsePath(reference.at))) {
      if (
        typeof value === "string" &&
        value !== "" &&
        isMissing(session, entry, reference, view, value)
      ) {
        if (plant(session, reference, view, value)) count += 1;
      }
    }
  }
  return count;
}

function isMissing(
  session: Session,
  entry: TypeEntry,
  reference: Reference,
  view: Resource,
  value: string,
): boolean {
  try {
    if (reference.unless?.(value, view) === true) return false;
    return findTarget(session, entry, reference, view, value) === undefined;
  } catch (error) {
    if (error instanceof NotYetKnown) return false;
    throw error;
  }
}

/** A target that is nothing but its name. */
function plant(session: Session, reference: Reference, view: Resource, value: string): boolean {
  const token = typeof reference.to === "string" ? reference.to : reference.to[0];
  const target = token === undefined ? undefined : entryOf(session.cloud, token);
  if (target === undefined) return false;
  const key = reference.key === undefined ? value : reference.key(view, value);
  const id = session.cloud.profile.fold(key);
  const by = typeof reference.by === "string" ? [reference.by] : (reference.by ?? []);
  const outputs = Object.fromEntries([...by, ...(target.keys ?? [])].map((name) => [name, key]));
  put(session, target, { urn: "", id, inputs: {}, outputs: isObject(outputs) ? outputs : {} });
  return true;
}
