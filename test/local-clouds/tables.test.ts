/** Demands on every type table as a whole. */

import assert from "node:assert/strict";
import { packages } from "../../local-clouds/packages/index.ts";
import { everyItem, everyValue, parsePath } from "../../local-clouds/protocol/path.ts";
import { shapeOf } from "../../local-clouds/shapes/load.ts";
import { entryOf, packageOf } from "../../local-clouds/types/package.ts";
import type { TypeEntry } from "../../local-clouds/types/type.ts";
import { leads } from "./shapes/paths.ts";

for (const [name, cloud] of packages) {
  describe(`tables of ${name}`, () => {
    const entries = new Set(cloud.types.values());
    for (const entry of entries) {
      it(`${entry.token} names only properties that the SDK has`, () => {
        const shape = shapeOf(entry.token);
        assert.ok(shape, `no shape of ${entry.token}: run node tools/shapes/generate.ts`);
        assert.equal(shape.token, entry.token, "the table spells the token as the SDK does");
        const wrong = (side: "inputs" | "outputs", paths: readonly string[]) =>
          paths.filter((path) => !leads(shape, path, side));
        assert.deepEqual(wrong("inputs", inputPaths(entry)), [], "not inputs");
        assert.deepEqual(wrong("outputs", outputPaths(entry)), [], "not outputs");
      });
    }
    for (const entry of entries) {
      it(`${entry.token} has paths that parse and references that lead somewhere`, () => {
        for (const path of pathsOf(entry)) parsePath(path);
        for (const path of filledPathsOf(entry))
          assert.ok(endsInKey(path), `${path} must end in a key`);
        for (const reference of entry.references ?? []) {
          const tokens = typeof reference.to === "string" ? [reference.to] : reference.to;
          const by = typeof reference.by === "string" ? [reference.by] : (reference.by ?? ["id"]);
          for (const token of tokens) checkTarget(entry, token, by);
        }
      });
    }
  });
}

/** A reference must lead to an entry that can be found by at least one of the keys named. */
function checkTarget(entry: TypeEntry, token: string, by: readonly string[]): void {
  const cloud = packages.get(packageOf(token));
  const target = cloud === undefined ? undefined : entryOf(cloud, token);
  assert.ok(target, `${entry.token} refers to ${token}, which no table has`);
  const keys = ["id", ...(target.keys ?? [])];
  assert.ok(
    by.some((key) => keys.includes(key)),
    `${token} is not found by ${by.join(" or ")}`,
  );
}

function pathsOf(entry: TypeEntry): string[] {
  return [
    ...(entry.required ?? []),
    ...(entry.forceNew ?? []),
    ...(entry.maps ?? []),
    ...(entry.references ?? []).map((reference) => reference.at),
    ...filledPathsOf(entry),
  ];
}

function filledPathsOf(entry: TypeEntry): string[] {
  return [entry.defaults, entry.planned, entry.outputs].flatMap((computed) =>
    Object.keys(computed ?? {}),
  );
}

function endsInKey(path: string): boolean {
  const last = parsePath(path).at(-1);
  return last !== everyItem && last !== everyValue && typeof last === "string";
}

function inputPaths(entry: TypeEntry): string[] {
  return [
    ...(entry.required ?? []),
    ...(entry.forceNew ?? []),
    ...(entry.maps ?? []),
    ...(entry.hidden ?? []),
    ...Object.keys(entry.defaults ?? {}),
    ...Object.keys(entry.normalised ?? {}),
    ...(entry.references ?? []).map(({ at }) => at),
    ...(entry.autoname === undefined ? [] : [entry.autoname.property]),
  ];
}

function outputPaths(entry: TypeEntry): string[] {
  return [
    ...Object.keys(entry.planned ?? {}),
    ...Object.keys(entry.outputs ?? {}),
    ...(entry.keys ?? []),
    ...(entry.secrets ?? []),
  ];
}
