/** The spelling of types in the shape files. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { parseProperty, type Type } from "../../../local-clouds/shapes/spelling.ts";

describe("spelled types", () => {
  const string: Type = { kind: "string" };
  const cases: readonly (readonly [string, Type, boolean])[] = [
    ["string", string, false],
    ["number!", { kind: "number" }, true],
    ["string[]", { kind: "list", item: string }, false],
    ["string{}[]!", { kind: "list", item: { kind: "map", item: string } }, true],
    ["#apps.v1.DeploymentSpec.out", { kind: "shape", name: "apps.v1.DeploymentSpec.out" }, false],
    ["~Access", { kind: "open", name: "Access" }, false],
    ["=Access!", { kind: "closed", name: "Access" }, true],
    ["'apps/v1'", { kind: "text", text: "apps/v1" }, false],
    ["string|#A", { kind: "oneOf", types: [string, { kind: "shape", name: "A" }] }, false],
    [
      "(string|number){}",
      { kind: "map", item: { kind: "oneOf", types: [string, { kind: "number" }] } },
      false,
    ],
  ];
  for (const [spelling, type, required] of cases) {
    it(`reads ${spelling}`, () => assert.deepEqual(parseProperty(spelling), { type, required }));
  }

  it("refuses what is none", () => {
    for (const wrong of ["", "text", "string[", "(string", "string)", "#", "string!!", "'open"])
      assert.throws(() => parseProperty(wrong), RangeError, wrong);
  });

  it("reads back whatever is spelled", () => {
    fc.assert(
      fc.property(types, fc.boolean(), (type, required) => {
        assert.deepEqual(parseProperty(spell(type) + (required ? "!" : "")), { type, required });
      }),
    );
  });

  it("reads every type of every file", () => {
    const root = new URL("../../../local-clouds/shapes/", import.meta.url);
    let count = 0;
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".json") || file.endsWith("aliases.json")) continue;
      const module = JSON.parse(readFileSync(new URL(file, root), "utf8")) as {
        resources: Record<string, { in: object; out: object }>;
        shapes: Record<string, Record<string, string>>;
        enums: Record<string, string[]>;
      };
      const resources = Object.values(module.resources).flatMap((line) => [line.in, line.out]);
      for (const properties of [...resources, ...Object.values(module.shapes)]) {
        for (const spelling of Object.values(properties) as string[]) {
          for (const name of namesIn(parseProperty(spelling).type)) {
            assert.ok(name in module.shapes || name in module.enums, `${file} lacks ${name}`);
          }
          count++;
        }
      }
    }
    assert.ok(count > 10_000, `only ${count} properties`);
  });
});

/** Names of shapes and enumerations in a type. */
function namesIn(type: Type): string[] {
  if ("name" in type) return [type.name];
  if ("item" in type) return namesIn(type.item);
  return "types" in type ? type.types.flatMap(namesIn) : [];
}

function spell(type: Type): string {
  if (type.kind === "list") return `${grouped(type.item)}[]`;
  if (type.kind === "map") return `${grouped(type.item)}{}`;
  if (type.kind === "oneOf") return type.types.map(grouped).join("|");
  if (type.kind === "text") return `'${type.text}'`;
  if ("name" in type) return { shape: "#", closed: "=", open: "~" }[type.kind] + type.name;
  return type.kind;
}

function grouped(type: Type): string {
  return type.kind === "oneOf" ? `(${spell(type)})` : spell(type);
}

const leaf: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom("any", "asset", "string", "number", "boolean").map((kind) => ({ kind }) as Type),
  fc
    .tuple(fc.constantFrom("shape", "open", "closed"), fc.stringMatching(/^[A-Za-z][\w.]{0,8}$/))
    .map(([kind, name]) => ({ kind, name }) as Type),
  fc.stringMatching(/^[\w/. -]{0,8}$/).map((text) => ({ kind: "text", text }) as Type),
);

const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc
      .tuple(fc.constantFrom("list", "map"), tie("type"))
      .map(([kind, item]) => ({ kind, item }) as Type),
    fc
      .array(tie("type"), { minLength: 2, maxLength: 3 })
      .map((some) => ({ kind: "oneOf", types: some }) as Type),
  ),
})).type;
