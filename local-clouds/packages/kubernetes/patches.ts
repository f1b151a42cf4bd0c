/**
 * Patch resources (`kubernetes:core/v1:ConfigMapPatch`): some fields of an object that somebody else
 * made, applied under a manager of their own. Creating one applies it, deleting it gives its fields up.
 */

import type { ValueObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { Effect, ServiceError, TypeEntry } from "../../types/type.ts";
import { refusalOf } from "./admission.ts";
import { textAt } from "./api/read.ts";
import { fieldsOf, withFields } from "./fields.ts";
import type { Kind } from "./kinds.ts";
import { objectEntry } from "./objects.ts";
import {
  conflictWith,
  creatorOf,
  forces,
  type Manager,
  managerOf,
  patcherOf,
  schemaOf,
} from "./ownership.ts";
import type { Schema } from "./schema/schema.ts";

/** The entry of the patches of a kind. */
export function patchEntry(token: string, kind: Kind): TypeEntry {
  const {
    autoname: _named,
    taken: _taken,
    companions: _along,
    effects: _none,
    ...object
  } = objectEntry(token, kind);
  return {
    ...object,
    check: (r) => (r.given("metadata.name") === undefined ? [nameless] : []),
    sharedId: true,
    planned: { __initialApiVersion: kind.apiVersion, __fieldManager: managerOf },
    outputs: {},
    complete: (_r, live) => live,
    rehearse: () => undefined,
    admit: (r) => refusalOfPatch(token, kind, r),
    effects: (r, gone) => effects(token, kind, r, gone),
  };
}

const nameless = {
  property: "metadata.name",
  reason: "patch resources require the `.metadata.name` field to be set",
};

/** The token of the kind that a patch's token speaks of. */
export function patchedToken(token: string): string {
  return token.replace(/Patch$/, "");
}

function targetOf(token: string, r: Resource) {
  return r.find(patchedToken(token), r.id);
}

function refusalOfPatch(token: string, kind: Kind, r: Resource): ServiceError | undefined {
  const target = targetOf(token, r);
  const inputs = r.whole();
  // Applied to nothing, a patch is an object and must be whole.
  if (target === undefined) return refusalOf(kind, r);
  if (forces(inputs, r)) return undefined;
  const schema = schemaOf(kind);
  const created = textAt(target.properties, "metadata", "creationTimestamp");
  const others = [
    creatorOf(kind.apiVersion, target.given, created, schema),
    ...patchersOf(token, r, schema),
  ];
  return conflictWith(fieldsOf(inputs, schema), others, managerOf(r));
}

/** The other patches of the same object. */
function patchersOf(token: string, r: Resource, schema: Schema | undefined): Manager[] {
  const own = managerOf(r);
  return r
    .all(token)
    .filter(({ id, properties }) => id === r.id && properties["__fieldManager"] !== own)
    .map(({ given, properties }) =>
      patcherOf({ ...given, __fieldManager: properties["__fieldManager"] ?? "" }, schema),
    );
}

/** What a patch does to its object: its fields are there while it is. */
function effects(token: string, kind: Kind, r: Resource, gone: boolean): readonly Effect[] {
  const schema = schemaOf(kind);
  const target = targetOf(token, r);
  const before = r.before === undefined ? [] : fieldsOf(r.before, schema);
  const now = gone ? [] : fieldsOf(r.whole(), schema);
  const given = new Map(
    fieldsOf(target?.given ?? {}, schema).map(({ path, value }) => [path, value]),
  );
  const left = before.map(({ steps, path }) => ({ steps, value: given.get(path) }));
  return [
    {
      token: patchedToken(token),
      id: r.id,
      outputs: (live: ValueObject) => withFields(live, [...left, ...now]),
    },
  ];
}
