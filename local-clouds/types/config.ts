/** Reading a provider's configuration. */

import type { Json, JsonObject } from "../protocol/value.ts";

/**
 * Configuration values arrive as they are or, for anything but text, as JSON text: the engine
 * passes provider inputs through text-valued configuration variables.
 */
function configValue(config: JsonObject, key: string): Json | undefined {
  const value = config[key];
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** The configuration with structured values decoded. */
export function structured(config: JsonObject): JsonObject {
  const entries = Object.keys(config).map(
    (key) => [key, configValue(config, key) ?? null] as const,
  );
  return Object.fromEntries(entries);
}

/** A text in a configuration; absent, empty and other types are `undefined`. */
export function configText(config: JsonObject, key: string): string | undefined {
  const value = config[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A text input of a resource, if it is there and known. */
export function inputText(
  inputs: { readonly [key: string]: unknown },
  key: string,
): string | undefined {
  const value = inputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
