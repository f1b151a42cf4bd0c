/** Table entries from the form of their ids, which says what names a resource and so replaces it. */

import type { Resource } from "../../../types/resource.ts";
import type { Autoname, Computed, InputFault, TypeEntry } from "../../../types/type.ts";
import { lastPart, regionOf, selfLink, twentyMinutes } from "./common.ts";

/** An entry whose id has a form, as the provider documents it under "Import". */
export interface Shaped extends Partial<Omit<TypeEntry, "token">> {
  readonly token: string;
  /**
   * E.g. `projects/{project}/zones/{zone}/disks/{name}`. Places are inputs; `project`, `region`,
   * `zone` and `location` fall back to the provider's own, and all of them replace the resource. An
   * input at the very beginning is taken whole, elsewhere by its last part. An `id` of the entry's
   * own outranks it.
   */
  readonly form: string;
}

/** Longest generated name, in characters. */
const nameMax = 63;

/** The entry. What is given outranks what follows from the form. */
export function shaped({ form, ...given }: Shaped): TypeEntry {
  const places = placesOf(form);
  return {
    ...(places.includes("name") ? { autoname: autonameOf(given.token) } : {}),
    id: idOf(form),
    timeouts: twentyMinutes,
    ...given,
    forceNew: [...new Set([...places, ...(given.forceNew ?? [])])],
    planned: { ...ownPlaces(places), ...given.planned },
    check: (r) => [...homeless(r, places), ...(given.check?.(r) ?? [])],
  };
}

/** A Compute Engine resource: it has a self link. */
export function linked(entry: Shaped): TypeEntry {
  const outputs = { selfLink: (r: Resource) => selfLink(r.id), description: "", ...entry.outputs };
  return shaped({ ...entry, outputs, keys: ["selfLink", ...(entry.keys ?? [])] });
}

/** A Compute Engine resource that also shows when it was made. */
export function computeShaped(entry: Shaped): TypeEntry {
  const outputs = { creationTimestamp: (r: Resource) => r.createdAt, ...entry.outputs };
  return linked({ ...entry, outputs });
}

/** The inputs that a form names. */
export function placesOf(form: string): string[] {
  return [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** The id of a form. */
export function idOf(form: string): (r: Resource) => string {
  return (r) =>
    form.replaceAll(/\{(\w+)\}/g, (_, place: string, at: number) => {
      const value = placeIn(r, place);
      return at === 0 ? value : lastPart(value);
    });
}

/** What stands at a place of a form. */
function placeIn(r: Resource, place: string): string {
  switch (place) {
    case "project":
      return r.account;
    case "region":
      return lastPart(r.text("region", r.region));
    case "zone":
      return zoneOf(r);
    case "location":
      return r.text("location", r.region);
    default:
      return String(r.given(place) ?? r.text(place));
  }
}

/** The zone given, or the provider's. */
export function zoneOf(r: Resource): string {
  const zone = r.scope.config["zone"];
  return lastPart(r.text("zone", typeof zone === "string" ? zone : ""));
}

/** The region of a zonal or regional resource. */
export function regionHere(r: Resource): string {
  const zone = zoneOf(r);
  return r.region !== "" && r.given("zone") === undefined ? r.region : regionOf(zone) || r.region;
}

const own = ["project", "region", "zone", "location"];

/** Known at preview: the provider puts its own place where none is given. */
export function ownPlaces(places: readonly string[]): Readonly<Record<string, Computed>> {
  return Object.fromEntries(
    places
      .filter((place) => own.includes(place))
      .map((place) => [place, (r: Resource) => placeIn(r, place)]),
  );
}

function homeless(r: Resource, places: readonly string[]): InputFault[] {
  return places
    .filter((place) => ["region", "zone", "location"].includes(place))
    .filter((place) => placeIn(r, place) === "")
    .map((place) => ({
      property: place,
      reason: `Cannot determine ${place}: set in this resource, or set provider-level '${place}'.`,
    }));
}

function autonameOf(token: string): Autoname {
  const lowerCase = token.startsWith("gcp:compute/");
  return { property: "name", charactersMax: nameMax, ...(lowerCase ? { lowerCase } : {}) };
}
