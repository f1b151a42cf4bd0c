/** The schemas of the built-in kinds, read when a kind is first used. `NOTICE` says where they are from. */

import { readFileSync } from "node:fs";
import type { Schema } from "./schema.ts";

const files = new Map<string, Readonly<Record<string, Schema>>>();

/** What discovery says of a kind. */
export interface Served {
  readonly plural: string;
  readonly namespaced: boolean;
  /** Reference to the kind's schema. */
  readonly schema: string;
}

let kinds: Readonly<Record<string, Served>> | undefined;

/** Every built-in kind by `apiVersion/kind`, e.g. `apps/v1/Deployment`. */
export function servedKinds(): Readonly<Record<string, Served>> {
  kinds ??= readFile("kinds") as unknown as Readonly<Record<string, Served>>;
  return kinds;
}

/** The schema itself, or the one it refers to. */
export function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : definition(schema.$ref);
}

/** The definition of a reference; throws `RangeError` where there is none. */
export function definition(reference: string): Schema {
  const slash = reference.indexOf("/");
  const file = reference.slice(0, slash);
  let definitions = files.get(file);
  if (definitions === undefined) {
    definitions = readFile(file);
    files.set(file, definitions);
  }
  const found = definitions[reference.slice(slash + 1)];
  if (found === undefined) throw new RangeError(`no definition ${reference}`);
  return found;
}

function readFile(name: string): Readonly<Record<string, Schema>> {
  const text = readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), "utf8");
  return JSON.parse(text) as Readonly<Record<string, Schema>>;
}
