/** The deployed world as a probe reads it: live outputs, whoever made the resources. */

import type { Json, JsonObject } from "../../protocol/value.ts";
import { revealObject } from "../../protocol/value.ts";
import type { ResourceRow } from "../../world/record.ts";
import type { World } from "../../world/world.ts";

/** One existing resource. */
export interface Live {
  readonly token: string;
  readonly id: string;
  readonly urn: string;
  /** Account, subscription, project, or a cluster's server. */
  readonly account: string;
  readonly region: string;
  /** It came along with another, e.g. a network's default group. */
  readonly companion: boolean;
  /** Live outputs. */
  readonly properties: JsonObject;
}

/** A text by which a resource is looked up; `undefined` leaves it out. */
export type KeyOf = (live: Live) => string | undefined;

/** Resources by such a text. */
export type Groups = ReadonlyMap<string, readonly Live[]>;

/**
 * The world at the moment of the probe. Everything is read when it is first asked for and kept: many
 * packets may be walked through one snapshot.
 */
export class Deployed {
  private readonly world: World;
  private readonly born: readonly ResourceRow[];
  private readonly byToken = new Map<string, readonly Live[]>();
  private readonly byProperty = new Map<string, Groups>();
  private readonly byKey = new Map<KeyOf, Map<string, Groups>>();
  private readonly byName = new Map<string, readonly Live[]>();
  private readonly derived = new Map<unknown, Map<string, unknown>>();
  private rows: readonly ResourceRow[] | undefined;

  /** `born` is what the accounts were born with. */
  constructor(world: World, born: readonly ResourceRow[]) {
    this.world = world;
    this.born = born;
  }

  /** All resources of some types. */
  all(...tokens: readonly string[]): readonly Live[] {
    const [only] = tokens;
    return tokens.length === 1 && only !== undefined
      ? this.ofToken(only)
      : tokens.flatMap((token) => this.ofToken(token));
  }

  /** The resource with an id, of one of some types; the first type that has it wins. */
  find(id: string | undefined, ...tokens: readonly string[]): Live | undefined {
    return id === undefined ? undefined : this.indexed("", id, tokens)[0];
  }

  /** The resources of some types that have a text as a property. */
  where(key: string, value: string | undefined, ...tokens: readonly string[]): readonly Live[] {
    return value === undefined ? [] : this.indexed(key, value, tokens);
  }

  /** Everything that an id, a URN or the end of a URN (`Subnet::app`) names. */
  named(selector: string): readonly Live[] {
    const known = this.byName.get(selector);
    if (known !== undefined) return known;
    this.rows ??= [...this.world.all(), ...this.born];
    const found = this.rows
      .filter(({ id, urn }) => id === selector || urn === selector || urn.endsWith(`:${selector}`))
      .map(liveOf);
    this.byName.set(selector, found);
    return found;
  }

  /** The resources of a type by a text that a function makes of each. */
  grouped(keyOf: KeyOf, token: string): Groups {
    const known = this.byKey.get(keyOf) ?? new Map<string, Groups>();
    this.byKey.set(keyOf, known);
    const groups = known.get(token) ?? groupedBy(this.ofToken(token), keyOf);
    known.set(token, groups);
    return groups;
  }

  /** What a function makes of this world, and of a key where it takes one, worked out once. */
  once<T>(compute: (deployed: Deployed, key: string) => T, key = ""): T {
    const known = this.derived.get(compute) ?? new Map<string, unknown>();
    this.derived.set(compute, known);
    if (!known.has(key)) known.set(key, compute(this, key));
    return known.get(key) as T;
  }

  private ofToken(token: string): readonly Live[] {
    const known = this.byToken.get(token);
    if (known !== undefined) return known;
    const born = this.born.filter((row) => row.token === token);
    const found = [...this.world.ofToken(token, {}), ...born].map(liveOf);
    this.byToken.set(token, found);
    return found;
  }

  /** By id where the key is `""`. */
  private indexed(key: string, value: string, tokens: readonly string[]): readonly Live[] {
    const [only] = tokens;
    if (tokens.length === 1 && only !== undefined) return this.index(key, only).get(value) ?? [];
    return tokens.flatMap((token) => this.index(key, token).get(value) ?? []);
  }

  private index(key: string, token: string): Groups {
    const name = `${token} ${key}`;
    const known = this.byProperty.get(name);
    if (known !== undefined) return known;
    const made = groupedBy(this.ofToken(token), (one) =>
      key === "" ? one.id : textOf(one.properties, key),
    );
    this.byProperty.set(name, made);
    return made;
  }
}

/** Things by a text of theirs, in their order; those without one are left out. */
export function groupedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const beside = groups.get(key);
    if (beside === undefined) groups.set(key, [item]);
    else beside.push(item);
  }
  return groups;
}

function liveOf(row: ResourceRow): Live {
  const { token, id, urn, account, region, companionOf } = row;
  const properties = revealObject(row.outputs, id);
  return { token, id, urn, account, region, companion: companionOf !== undefined, properties };
}

/** A text property, `undefined` where it is absent, empty or of another type. */
export function textOf(properties: JsonObject, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A numeric property; numbers written as text count. */
export function numberOf(properties: JsonObject, key: string): number | undefined {
  const value = properties[key];
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The texts of a list property. */
export function textsOf(properties: JsonObject, key: string): readonly string[] {
  const value = properties[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The objects of a list property. */
export function objectsOf(properties: JsonObject, key: string): readonly JsonObject[] {
  const value = properties[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** An object property, empty where it is absent. */
export function objectOf(properties: JsonObject, key: string): JsonObject {
  const value = properties[key];
  return isObject(value) ? value : {};
}

/** Whether plain data is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
