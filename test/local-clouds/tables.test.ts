/** Demands on every type table as a whole. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { packages } from "../../local-clouds/packages/index.ts";
import { everyItem, everyValue, parsePath } from "../../local-clouds/protocol/path.ts";
import { entryOf, packageOf } from "../../local-clouds/types/package.ts";
import type { TypeEntry } from "../../local-clouds/types/type.ts";

for (const [name, cloud] of packages) {
  describe(`tables of ${name}`, () => {
    const entries = new Set(cloud.types.values());
    it("knows only tokens of the installed package", () => {
      const tokens = installedTokens(name, entries);
      assert.ok(tokens.size > 0, `no tokens found in @pulumi/${name}`);
      const wrong = [...entries].map((entry) => entry.token).filter((token) => !tokens.has(token));
      assert.deepEqual(wrong, []);
    });
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

/** The `__pulumiType` values in the modules that a table speaks of. */
function installedTokens(name: string, entries: Iterable<TypeEntry>): Set<string> {
  const root = new URL(`../../node_modules/@pulumi/${name}/`, import.meta.url);
  const tokens = new Set<string>();
  for (const folder of new Set([...entries].map((entry) => folderOf(entry.token)))) {
    const module = new URL(folder, root);
    for (const file of readdirSync(module).filter((candidate) => candidate.endsWith(".js"))) {
      const match = /__pulumiType = '([^']+)'/.exec(readFileSync(new URL(file, module), "utf8"));
      if (match?.[1] !== undefined) tokens.add(match[1]);
    }
  }
  return tokens;
}

/** `aws:ec2/vpc:Vpc` → `ec2/`, `azure-native:network:Subnet` → `network/`, `…:index/x:X` → `./`. */
function folderOf(token: string): string {
  const qualified = token.split(":")[1] ?? "";
  const kubernetes = /^([a-z]+)\.\S+\/(v\d\w*)$/.exec(qualified);
  if (kubernetes !== null) return `${kubernetes[1]}/${kubernetes[2]}/`;
  const module = qualified.split("/")[0] ?? "";
  return module === "index" ? "./" : `${module}/`;
}
