/** Definitions of custom kinds: those that come with charts and clusters, and finding one in the world. */

import { readdirSync, readFileSync } from "node:fs";
import type { Json, JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import { at, isRecord, listAt, textAt } from "./api/read.ts";
import { type Kind, pluralOf } from "./kinds.ts";
import { type Schema, schemaOf } from "./schema/schema.ts";
import { tokens } from "./tokens.ts";

/** Projects whose definitions lie here (`NOTICE` says where they are from). */
export type Project =
  | "istio"
  | "gateway-api"
  | "network-policy-api"
  | "network-policy-api-v1alpha1";

/** Every definition of a project, as the object a cluster holds. */
export function bundledDefinitions(project: Project): readonly JsonObject[] {
  const folder = new URL(`./definitions/${project}/`, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as JsonObject);
}

/** What a custom kind is: its scope and the schema of one version. */
export interface CustomKind {
  readonly namespaced: boolean;
  readonly schema: Schema;
  /** The version keeps its status apart from what users write. */
  readonly hasStatus: boolean;
}

/** A custom kind as the cluster of a resource defines it; `undefined` if it does not serve it. */
export function customKind(kind: Kind, r: Resource): CustomKind | undefined {
  const usual = r.find(tokens.definition, `${pluralOf(kind.kind)}.${kind.group}`);
  const candidates = usual === undefined ? r.all(tokens.definition) : [usual];
  for (const { properties } of candidates) {
    const found = servedBy(properties, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

function servedBy(definition: JsonObject, kind: Kind): CustomKind | undefined {
  const spec = at(definition, "spec");
  if (textAt(spec, "group") !== kind.group || textAt(spec, "names", "kind") !== kind.kind) {
    return undefined;
  }
  const version = listAt(spec, "versions").find((one) => textAt(one, "name") === kind.version);
  if (version === undefined || at(version, "served") === false) return undefined;
  const schema = at(version, "schema", "openAPIV3Schema");
  return {
    namespaced: textAt(spec, "scope") !== "Cluster",
    schema: schemaOf(isRecord(schema) ? asSent(schema) : { type: "object" }),
    hasStatus: at(version, "subresources", "status") !== undefined,
  };
}

/**
 * Pulumi's SDK writes `x_kubernetes_validations`, since JavaScript's names have no dashes; the provider
 * sends `x-kubernetes-validations`.
 */
export function asSent(value: JsonObject): JsonObject {
  return dashed(value) as JsonObject;
}

function dashed(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => dashed(item as Json));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key,
      dashed(item),
    ]),
  );
}
