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

/** The world at the moment of the probe. */
export class Deployed {
  private readonly world: World;
  private readonly born: readonly ResourceRow[];
  private readonly known = new Map<string, readonly Live[]>();

  /** `born` is what the accounts were born with. */
  constructor(world: World, born: readonly ResourceRow[]) {
    this.world = world;
    this.born = born;
  }

  /** All resources of some types. */
  all(...tokens: readonly string[]): readonly Live[] {
    return tokens.flatMap((token) => this.ofToken(token));
  }

  /** The resource with an id, of one of some types; the first type that has it wins. */
  find(id: string | undefined, ...tokens: readonly string[]): Live | undefined {
    return id === undefined ? undefined : this.all(...tokens).find((one) => one.id === id);
  }

  /** Everything that an id, a URN or the end of a URN (`Subnet::app`) names. */
  named(selector: string): readonly Live[] {
    return [...this.world.all(), ...this.born]
      .filter(({ id, urn }) => id === selector || urn === selector || urn.endsWith(`:${selector}`))
      .map(liveOf);
  }

  private ofToken(token: string): readonly Live[] {
    const known = this.known.get(token);
    if (known !== undefined) return known;
    const born = this.born.filter((row) => row.token === token);
    const found = [...this.world.ofToken(token, {}), ...born].map(liveOf);
    this.known.set(token, found);
    return found;
  }
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
