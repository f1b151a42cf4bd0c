/**
 * What the AWS provider puts into inputs before anything else: the region it works in, and all tags,
 * its own default ones included (`pulumi/pulumi-aws:provider/region.go`, `provider/tags.go`).
 */

import {
  hasUnknown,
  isObject,
  type Json,
  type JsonObject,
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "../../protocol/value.ts";
import { shapeOf } from "../../shapes/load.ts";
import { configText } from "../../types/config.ts";
import type { Scope } from "../../types/resource.ts";
import type { TypeEntry } from "../../types/type.ts";

/** Inputs with the region and all tags, where the type has them. */
export function precheck(inputs: ValueObject, entry: TypeEntry, scope: Scope): ValueObject {
  const shape = shapeOf(entry.token);
  if (shape === undefined) return inputs;
  const region = configText(scope.config, "region");
  const regional = region !== undefined && shape.inputs.get("region") !== undefined;
  // Types of the plugin framework get their tags from the service's answer only.
  const tagged =
    entry.framework !== true &&
    shape.inputs.get("tags") !== undefined &&
    shape.outputs.get("tagsAll") !== undefined;
  return {
    ...(regional ? { region } : {}),
    ...withoutNull(inputs, "region"),
    ...(tagged ? { tagsAll: allTags(inputs["tags"], scope.config) } : {}),
  };
}

/** The provider's default tags under the resource's own, without those it is told to ignore. */
function allTags(own: Value | undefined, config: JsonObject): Value {
  if (own instanceof Secret) return new Secret(allTags(own.value, config));
  if (own !== undefined && hasUnknown(own)) return Unknown.value;
  const tags = { ...objectAt(config, "defaultTags", "tags"), ...(isObject(own) ? own : {}) };
  const ignored = config["ignoreTags"];
  const keys = listAt(ignored, "keys");
  const prefixes = listAt(ignored, "keyPrefixes");
  const kept = Object.entries(tags).filter(
    ([key]) => !keys.includes(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  return Object.fromEntries(kept);
}

function withoutNull(inputs: ValueObject, key: string): ValueObject {
  if (inputs[key] !== null) return inputs;
  const { [key]: _, ...rest } = inputs;
  return rest;
}

function objectAt(config: JsonObject, key: string, inner: string): JsonObject {
  const outer = config[key];
  const found = isObject(outer) ? outer[inner] : undefined;
  return isObject(found) ? (found as JsonObject) : {};
}

function listAt(value: Json | undefined, key: string): readonly string[] {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.map(String) : [];
}
