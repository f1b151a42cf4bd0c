/** Who owns which fields of an object, and what happens when two managers want the same. */

import { equal, type JsonObject, type ValueObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { ServiceError } from "../../types/type.ts";
import { textAt } from "./api/read.ts";
import { conflict } from "./api/refusals.ts";
import { type Field, fieldsOf, withFields } from "./fields.ts";
import type { Kind } from "./kinds.ts";
import type { Schema } from "./schema/schema.ts";

const help =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/" +
  "managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

/** The name under which the provider creates objects (`await.go`: client-side creates). */
const creator = "pulumi-kubernetes";

/** Somebody who set fields of an object. */
export interface Manager {
  /** As the server names it in conflicts. */
  readonly shown: string;
  readonly fields: readonly Field[];
}

/** The manager that created an object. */
export function creatorOf(
  apiVersion: string,
  given: JsonObject,
  createdAt: string,
  schema: Schema | undefined,
): Manager {
  const shown = `"${creator}" using ${apiVersion} at ${createdAt}`;
  return { shown, fields: fieldsOf(given, schema) };
}

/** The manager that applied a patch. */
export function patcherOf(patch: JsonObject, schema: Schema | undefined): Manager {
  return {
    shown: JSON.stringify(textAt(patch, "__fieldManager")),
    fields: fieldsOf(patch, schema),
  };
}

/** Whether an object asks to take what others own (`pulumi.com/patchForce`). */
export function forces(object: JsonObject, r: Resource): boolean {
  const asked = textAt(object, "metadata", "annotations", "pulumi.com/patchForce");
  return asked === "true" || [true, "true"].includes(r.scope.config["enablePatchForce"] as boolean);
}

/** The refusal of an apply that would change what others own; `undefined` if it changes nothing of theirs. */
export function conflictWith(
  applied: readonly Field[],
  others: readonly Manager[],
  manager: string,
): ServiceError | undefined {
  const found = others
    .map(({ shown, fields }) => ({ shown, paths: clashes(applied, fields) }))
    .filter(({ paths }) => paths.length > 0)
    .sort((a, b) => (a.shown < b.shown ? -1 : 1));
  const count = found.reduce((sum, { paths }) => sum + paths.length, 0);
  if (count === 0) return undefined;
  const lines =
    count === 1
      ? found.map(({ shown, paths }) => `conflict with ${shown}: ${paths[0]}`)
      : found.flatMap(({ shown, paths }) => [
          `conflicts with ${shown}:`,
          ...paths.map((path) => `- ${path}`),
        ]);
  const { code, says } = conflict(count, lines.join("\n"));
  return {
    code,
    says:
      `Server-Side Apply field conflict detected. See ${help} for troubleshooting help.\n` +
      `The resource managed by field manager "${manager}" had an apply conflict: ${says}`,
  };
}

/** Fields of both with different values. */
function clashes(applied: readonly Field[], owned: readonly Field[]): string[] {
  const values = new Map(owned.map(({ path, value }) => [path, value]));
  return applied
    .filter(({ path, value }) => values.has(path) && !equal(values.get(path), value))
    .map(({ path }) => path)
    .sort();
}

/** The manager of a patch: the one that its annotation names, or one of its own. */
export function managerOf(r: Resource): string {
  const named = textAt(r.whole(), "metadata", "annotations", "pulumi.com/patchFieldManager");
  return named === "" ? `pulumi-kubernetes-${r.uuid("field manager").slice(0, 8)}` : named;
}

/** The schema that tells the items of lists apart; custom kinds are patched whole list by whole list. */
export function schemaOf(kind: Kind): Schema | undefined {
  return kind.served === undefined ? undefined : { $ref: kind.served.schema };
}

/** An object with what patches have set in it; the object's own program sends the rest. */
export function withPatches(
  token: string,
  kind: Kind,
  r: Resource,
  live: ValueObject,
): ValueObject {
  const schema = schemaOf(kind);
  const fields = r
    .all(`${token}Patch`)
    .filter(({ id }) => id === r.id)
    .flatMap(({ given }) => fieldsOf(given, schema));
  return fields.length === 0 ? live : withFields(live, fields);
}

/** The refusal of an update that would change what patches own. */
export function conflictWithPatches(
  token: string,
  kind: Kind,
  r: Resource,
): ServiceError | undefined {
  if (r.before === undefined) return undefined;
  const inputs = r.whole();
  const patches = r.all(`${token}Patch`).filter(({ id }) => id === r.id);
  if (patches.length === 0 || forces(inputs, r)) return undefined;
  const schema = schemaOf(kind);
  const others = patches.map(({ given, properties }) =>
    patcherOf({ ...given, __fieldManager: properties["__fieldManager"] ?? "" }, schema),
  );
  return conflictWith(fieldsOf(inputs, schema), others, managerOf(r));
}
