/** The deployed world as a probe reads it: live outputs, what somebody changed by hand included. */

import { type Json, type JsonObject, revealObject } from "../../protocol/value.ts";
import type { World } from "../../world/world.ts";

/** A deployed resource. */
export interface Live {
  /** Its row in the world. */
  readonly row: number;
  readonly package: string;
  readonly account: string;
  readonly region: string;
  readonly token: string;
  readonly id: string;
  readonly urn: string;
  readonly properties: JsonObject;
}

/** All of it at one moment. */
export class LiveWorld {
  private readonly byToken = new Map<string, Live[]>();

  /** Of the whole world, or of some types only. */
  constructor(world: World, tokens?: readonly string[]) {
    const rows = tokens?.flatMap((token) => world.ofToken(token, {})) ?? world.all();
    for (const row of rows) {
      const { row: place, package: name, account, region, token, id, urn } = row;
      const properties = revealObject(row.outputs, id);
      const live = { row: place, package: name, account, region, token, id, urn, properties };
      const beside = this.byToken.get(token);
      if (beside === undefined) this.byToken.set(token, [live]);
      else beside.push(live);
    }
  }

  /** Resources of these tokens, in order of creation within each. */
  of(...tokens: readonly string[]): readonly Live[] {
    return tokens.flatMap((token) => this.byToken.get(token) ?? []);
  }

  /** Resources whose token fits a pattern. */
  like(pattern: RegExp): readonly Live[] {
    return [...this.byToken].flatMap(([token, rows]) => (pattern.test(token) ? rows : []));
  }
}

/** The value at a dotted path; `undefined` when absent or null. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path.split(".")) {
    if (!isObject(here)) return undefined;
    here = here[step];
  }
  return here ?? undefined;
}

/** A text at a path; `""` when there is none. */
export function textAt(value: Json | undefined, path: string): string {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
}

/** The texts of a list at a path; one text alone counts as a list of one. */
export function textsAt(value: Json | undefined, path: string): readonly string[] {
  return textsOf(at(value, path));
}

/** The texts of a list, or of one text. */
export function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The objects of a list at a path; one object alone counts as a list of one. */
export function objectsAt(value: Json | undefined, path: string): readonly JsonObject[] {
  const found = at(value, path);
  if (isObject(found)) return [found];
  return isList(found) ? found.filter(isObject) : [];
}

/** An object at a path; empty when there is none. */
export function objectAt(value: Json | undefined, path: string): JsonObject {
  const found = at(value, path);
  return isObject(found) ? found : {};
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
