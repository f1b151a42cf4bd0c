/** A provider's configuration on its way from the engine. */

import type { Profile } from "../types/profile.ts";
import type { InputFault } from "../types/type.ts";
import { equal, hasUnknown, type JsonObject, reveal, type ValueObject } from "./value.ts";

/** The string map of protobuf, as far as it is read here. */
interface TextMap {
  forEach(visit: (value: string, key: string) => void): void;
}

/** Judges the known part of a configuration; what is unknown passes as it is. */
export function checkConfig(
  profile: Profile,
  news: ValueObject,
): { config: ValueObject; faults: readonly InputFault[] } {
  const { faults, config } = profile.checkConfig(knownPart(news));
  return { config: { ...config, ...unknownPart(news) }, faults };
}

/** What changes between two configurations, and what of it replaces the provider. */
export function diffConfig(
  profile: Profile,
  olds: ValueObject,
  news: ValueObject,
): { changed: string[]; replaces: string[] } {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  const changed = [...keys].filter((key) => key !== "version" && !equal(olds[key], news[key]));
  return { changed, replaces: changed.filter((key) => profile.replacingConfig.includes(key)) };
}

/** The configuration of a Configure call: `args`, or the older `NAME:config:KEY` variables. */
export function configOf(profile: Profile, args: ValueObject, variables: TextMap): JsonObject {
  const config: Record<string, JsonObject[string]> = {};
  const prefix = `${profile.name}:config:`;
  variables.forEach((value, key) => {
    if (key.startsWith(prefix)) config[key.slice(prefix.length)] = value;
  });
  return { ...config, ...knownPart(args) };
}

function knownPart(values: ValueObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => !hasUnknown(value))
      .map(([key, value]) => [key, reveal(value, key)]),
  );
}

function unknownPart(values: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => hasUnknown(value)));
}
