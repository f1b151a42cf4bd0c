/** Answers and outputs that many Azure services share. */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type {
  Computed,
  InputFault,
  Reference,
  ServiceError,
  TypeEntry,
} from "../../../types/type.ts";

/** A property that holds the id of another resource; it holds its target. */
export function toResource(at: string, to: string | readonly string[]): Reference {
  return {
    at,
    to,
    holds: true,
    missing: {
      code: "InvalidResourceReference",
      says: "Resource {value} referenced by resource {name} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.",
    },
  };
}

/** A property that holds an id, as most services outside Microsoft.Network refuse it. */
export function toLinked(at: string, to: string | readonly string[]): Reference {
  return {
    at,
    to,
    within: "world",
    missing: { code: "ResourceNotFound", says: "The Resource '{value}' was not found." },
  };
}

/** Outputs that most types have: the state of a finished operation. */
export const succeeded: Readonly<Record<string, Computed>> = { provisioningState: "Succeeded" };

/** An etag as the network provider writes it: a weak validator around a GUID. */
export const etag: Readonly<Record<string, Computed>> = {
  etag: (r) => `W/"${r.uuid(r.content())}"`,
};

/** A GUID of the service's own. */
export const guid: Readonly<Record<string, Computed>> = { resourceGuid: (r) => r.uuid("guid") };

/** Who runs the provider: the configured application, or Azure's own command line. */
export const usualClientId = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/** Who made a resource, and when, for types that tell. */
export const systemData: Readonly<Record<string, Computed>> = { systemData: authored };

function authored(r: Resource): JsonObject {
  const configured = r.scope.config["clientId"];
  const who = typeof configured === "string" && configured !== "" ? configured : usualClientId;
  return {
    createdAt: r.createdAt,
    createdBy: who,
    createdByType: "Application",
    lastModifiedAt: r.createdAt,
    lastModifiedBy: who,
    lastModifiedByType: "Application",
  };
}

/** A refusal of a request that is well formed and still wrong. */
export function invalid(code: string, says: string): ServiceError {
  return { code, says };
}

/** The provider's fault for a value outside a closed list. */
export function member(r: Resource, path: string, allowed: readonly string[]): InputFault[] {
  return r
    .every(path)
    .filter((value) => typeof value !== "string" || !allowed.includes(value))
    .map((value) => ({
      property: path,
      reason: `'${path}' is '${String(value)}' but expected one of [${allowed.map((one) => `'${one}'`).join(",")}]`,
    }));
}

/** Refuses the change of a property that the provider sends in place and the service never takes. */
export function refuseChange(
  r: Resource,
  paths: readonly string[],
  refusal: (path: string) => ServiceError,
): ServiceError | undefined {
  const { before } = r;
  if (before === undefined) return undefined;
  const changed = paths.find(
    (path) => JSON.stringify(valueAt(before, path)) !== JSON.stringify(r.given(path)),
  );
  return changed === undefined ? undefined : refusal(changed);
}

function valueAt(from: JsonObject, path: string): Json | undefined {
  let node: Json | undefined = from;
  for (const key of path.split(".")) node = objectOf(node)[key];
  return node ?? undefined;
}

/** An object, or an empty one in place of anything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

/** A list of objects, each completed. */
export function eachOf(
  list: Json | undefined,
  complete: (item: JsonObject, index: number) => JsonObject,
): JsonObject[] {
  return (Array.isArray(list) ? list : []).map((item, i) => complete(objectOf(item as Json), i));
}

/** A name that becomes a host name: one in all of Azure may have it. `{value}` in `says` is the name. */
export function hostName(code: string, says: string): Pick<TypeEntry, "keys" | "unique"> {
  return { keys: ["name"], unique: { key: "name", taken: { code, says } } };
}

/** The last part of an id. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The resources of a type right below another. */
export function childrenOf(r: Resource, token: string, parentId: string) {
  const prefix = `${parentId.toLowerCase()}/`;
  return parentId === ""
    ? []
    : r
        .all(token)
        .filter(({ id }) => id.toLowerCase().startsWith(prefix) && id.length > prefix.length);
}

/** The texts in a list. */
export function textsIn(values: readonly (Json | undefined)[]): string[] {
  return values.filter((value): value is string => typeof value === "string");
}
