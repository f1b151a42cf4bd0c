/** Finding other resources of the world: by reference, by key, by type. */

import { meet, parsePath } from "../protocol/path.ts";
import {
  NotYetKnown,
  reveal,
  revealObject,
  Secret,
  Unknown,
  type ValueObject,
} from "../protocol/value.ts";
import { entryOf, packageOf } from "../types/package.ts";
import type { Operation } from "../types/profile.ts";
import type { Neighbour, Resource } from "../types/resource.ts";
import type { Reference, TypeEntry } from "../types/type.ts";
import type { Link, Name, ResourceRow } from "../world/record.ts";
import type { Where } from "../world/world.ts";
import { isNative, nativesOf } from "./natives.ts";
import { areaOf, type Clouds, refused, type Session } from "./session.ts";
import { ResourceView, type Surroundings, type ViewData } from "./view.ts";

/** A view that can look at the world around it. */
export function viewInWorld(session: Session, entry: TypeEntry, data: ViewData): ResourceView {
  const where = areaOf(session, entry, data.account, data.region);
  const surroundings: Surroundings = {
    target(path) {
      const reference = entry.references?.find((candidate) => candidate.at === path);
      if (reference === undefined)
        throw new RangeError(`${entry.token} declares no reference at ${path}`);
      const value = meet(data.inputs, parsePath(path))[0]?.value;
      if (value === undefined || value === null) return undefined;
      const text = reveal(value, path);
      if (typeof text !== "string") return undefined;
      const found = findTarget(session, entry, reference, view, text);
      return found === undefined ? undefined : neighbourOf(found);
    },
    find: (token, key) => {
      const own = scopeFor(session, token, where);
      const account = session.cloud.profile.accountIn?.(key);
      const there = account === undefined || own.account === undefined ? own : { ...own, account };
      const found = findExisting(session, token, key, ["id"], there);
      return found === undefined ? undefined : neighbourOf(found);
    },
    all: (token) => allExisting(session, token, scopeFor(session, token, where)).map(neighbourOf),
  };
  const view = new ResourceView({ ...data, surroundings });
  return view;
}

/**
 * What a provider instance's resources lie in: its row, `undefined` where nothing has to be there, or
 * a refusal where something is missing. What may be forgiven counts as gone: `gone`.
 */
export function homeRow(session: Session, operation: Operation): ResourceRow | "gone" | undefined {
  const { clouds, cloud, scope } = session;
  const home = cloud.profile.home?.(scope);
  if (home === undefined) return undefined;
  for (const token of home.to) {
    for (const key of home.keys) {
      const found = findByKey(clouds, token, key, home.by, {});
      if (found !== undefined) return found;
    }
  }
  if (home.forgiven && (operation === "reading" || operation === "deleting")) return "gone";
  throw refused(session, operation, "", home.missing, {});
}

/** Refuses an operation that something in the account forbids, whatever the type of the resource. */
export function refuseBarred(
  session: Session,
  operation: Operation,
  entry: TypeEntry,
  at: { readonly id: string; readonly account: string },
): void {
  const all = (token: string) =>
    session.clouds.world.ofToken(token, { account: at.account }).map(neighbourOf);
  const error = session.cloud.profile.bars?.(operation, at.id, all);
  if (error === undefined) return;
  throw refused(session, operation, entry.token, error, { id: at.id, value: at.id });
}

/** Resolves all references of known values; throws a refusal for the first that points nowhere. */
export function resolveReferences(
  session: Session,
  operation: Operation,
  entry: TypeEntry,
  view: Resource,
  inputs: ValueObject,
): readonly Link[] {
  const home = homeRow(session, operation);
  const links: Link[] =
    home === undefined || home === "gone"
      ? []
      : [{ target: home.row, path: "", holds: false, cascades: true }];
  for (const reference of entry.references ?? []) {
    for (const value of textsAt(inputs, reference.at)) {
      if (reference.unless?.(value, view) === true) continue;
      const found = findTarget(session, entry, reference, view, value);
      if (found === undefined) {
        throw refused(session, operation, entry.token, reference.missing, {
          value,
          name: view.name,
        });
      }
      if (isNative(found)) continue;
      links.push({
        target: found.row,
        path: reference.at,
        holds: reference.holds === true,
        cascades: reference.cascades === true,
      });
    }
  }
  return links;
}

/** The names under which others find a resource. */
export function namesOf(
  session: Session,
  entry: TypeEntry,
  id: string,
  outputs: ValueObject,
): readonly Name[] {
  const { fold } = session.cloud.profile;
  const names: Name[] = [{ property: "id", folded: fold(id) }];
  for (const property of entry.keys ?? []) {
    const value = plain(meet(outputs, parsePath(property))[0]?.value);
    if (typeof value === "string") names.push({ property, folded: fold(value) });
  }
  return names;
}

/** Finds a resource by any of several keys. */
export function findByKey(
  clouds: Clouds,
  token: string,
  value: string,
  by: readonly string[],
  where: Where,
): ResourceRow | undefined {
  const fold = clouds.packages.get(packageOf(token))?.profile.fold ?? ((key: string) => key);
  for (const property of by) {
    const found = clouds.world.named(canonical(clouds, token), property, fold(value), where)[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** {@link findByKey}, also among what the account was born with. */
export function findExisting(
  session: Session,
  token: string,
  value: string,
  by: readonly string[],
  where: Where,
): ResourceRow | undefined {
  const stored = findByKey(session.clouds, token, value, by, where);
  if (stored !== undefined) return stored;
  const { fold, accountIn } = session.cloud.profile;
  const account = where.account ?? accountIn?.(fold(value));
  const there = account === undefined ? where : { ...where, account };
  return nativesAt(session, token, there).find((row) =>
    by.some((property) => {
      const known = property === "id" ? row.id : plain(row.outputs[property]);
      return typeof known === "string" && fold(known) === fold(value);
    }),
  );
}

/** All resources of a token there, with what the account was born with. */
export function allExisting(session: Session, token: string, where: Where): readonly ResourceRow[] {
  const stored = session.clouds.world.ofToken(canonical(session.clouds, token), where);
  return [...nativesAt(session, token, where), ...stored];
}

function nativesAt(session: Session, token: string, where: Where): readonly ResourceRow[] {
  const { cloud, clouds, scope } = session;
  if (where.account === undefined || packageOf(token) !== cloud.profile.name) return [];
  const wanted = canonical(clouds, token);
  const natives = nativesOf(cloud, where.account, where.region ?? scope.region);
  return natives.filter((row) => row.token === wanted);
}

/** A stored resource as tables see it. */
export function neighbourOf(row: ResourceRow): Neighbour {
  return {
    token: row.token,
    id: row.id,
    account: row.account,
    region: row.region,
    properties: { ...revealObject(row.outputs, row.id), id: row.id },
    // Few ask for it.
    get given() {
      return revealObject(row.inputs, row.id);
    },
  };
}

/** The resource that a value names by a reference. */
export function findTarget(
  session: Session,
  entry: TypeEntry,
  reference: Reference,
  view: Resource,
  value: string,
): ResourceRow | undefined {
  const key = reference.key === undefined ? value : reference.key(view, value);
  const tokens = typeof reference.to === "string" ? [reference.to] : reference.to;
  const by = typeof reference.by === "string" ? [reference.by] : (reference.by ?? ["id"]);
  const here = areaOf(session, entry, view.account, view.region);
  for (const token of tokens) {
    const where = reference.within === "world" ? {} : scopeFor(session, token, here);
    const found = findExisting(session, token, key, by, where);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Another package's accounts are not ours: only resources of the own package are bound to the own account. */
function scopeFor(session: Session, token: string, own: Where): Where {
  return packageOf(token) === session.cloud.profile.name ? own : {};
}

function canonical(clouds: Clouds, token: string): string {
  const cloud = clouds.packages.get(packageOf(token));
  return (cloud === undefined ? undefined : entryOf(cloud, token)?.token) ?? token;
}

function textsAt(inputs: ValueObject, path: string): string[] {
  return meet(inputs, parsePath(path)).flatMap(({ value }) => {
    const text = plain(value);
    return typeof text === "string" && text !== "" ? [text] : [];
  });
}

function plain(value: unknown): unknown {
  if (value instanceof Unknown) throw new NotYetKnown("reference");
  return value instanceof Secret ? plain(value.value) : value;
}
