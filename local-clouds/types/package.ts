/** A provider package as the local clouds serve it: profile, resource types, functions. */

import { shapeOf } from "../shapes/load.ts";
import type { InvokeEntry } from "./invoke.ts";
import type { Native } from "./native.ts";
import type { Profile } from "./profile.ts";
import type { TypeEntry } from "./type.ts";

/** One package, ready to serve. */
export interface CloudPackage {
  readonly profile: Profile;
  /** Version of the installed SDK package: what the provider calls itself. */
  readonly version: string;
  readonly types: ReadonlyMap<string, TypeEntry>;
  readonly invokes: ReadonlyMap<string, InvokeEntry>;
  /** What every account has in a region from its first day, in order. */
  readonly natives: (region: string) => readonly Native[];
}

/** Builds a package; throws `RangeError` if two entries claim one token. */
export function definePackage(
  profile: Profile,
  version: string,
  types: readonly TypeEntry[],
  invokes: readonly InvokeEntry[],
  natives: CloudPackage["natives"] = () => [],
): CloudPackage {
  const byToken = new Map<string, TypeEntry>();
  for (const entry of types) {
    for (const token of [entry.token, ...(entry.aliases ?? [])]) claim(byToken, token, entry);
  }
  const functions = new Map<string, InvokeEntry>();
  for (const invoke of invokes) claim(functions, invoke.token, invoke);
  return { profile, version, types: byToken, invokes: functions, natives };
}

function claim<T>(map: Map<string, T>, token: string, entry: T): void {
  if (map.has(token)) throw new RangeError(`two entries for ${token}`);
  map.set(token, entry);
}

/** The entry of a token (any spelling that the SDK has for the type), or none. */
export function entryOf(cloud: CloudPackage, token: string): TypeEntry | undefined {
  const known = cloud.types.get(token) ?? cloud.profile.dynamic?.(token);
  if (known !== undefined) return known;
  const shape = shapeOf(token);
  return shape === undefined ? undefined : cloud.types.get(shape.token);
}

/** The provider package a token belongs to, e.g. `aws`. */
export function packageOf(token: string): string {
  return token.slice(0, token.indexOf(":"));
}
