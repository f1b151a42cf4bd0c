/** Reading declarations as the SDKs write them. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDeclarations } from "../../../tools/shapes/declarations.ts";
import { type Referred, spell } from "../../../tools/shapes/expression.ts";

const referred: Referred = {
  shape: (side, name) => `#${side}.${name}`,
  enumeration: (name) => (name === "ec2.Empty" ? undefined : `=${name}`),
};

describe("declarations", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bulkhead-shapes-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const spellings = {
    "pulumi.Input<string | undefined>": "string",
    "pulumi.Output<number>": "number",
    "pulumi.Input<pulumi.Input<inputs.ec2.Rule>[] | undefined>": "#inputs.ec2.Rule[]",
    "pulumi.Input<{ [key: string]: pulumi.Input<string>; } | undefined>": "string{}",
    "pulumi.Input<string | enums.ec2.Tenancy>": "~ec2.Tenancy",
    "pulumi.Input<enums.ec2.Tenancy>": "=ec2.Tenancy",
    "pulumi.Input<enums.ec2.Empty>": "string",
    "pulumi.Input<pulumi.asset.Asset | pulumi.asset.Archive | undefined>": "asset",
    "pulumi.Input<string | RestApi>": "string",
    "pulumi.Input<ARN[]>": "string[]",
    "pulumi.Input<number | string | undefined>": "number|string",
    "(outputs.a.B | outputs.a.C)[]": "(#outputs.a.B|#outputs.a.C)[]",
    '"apps/v1"': "'apps/v1'",
    any: "any",
    "any | undefined": "any",
    "Record<string, any>": "any{}",
    "string[][]": "string[][]",
    "pulumi.Input<boolean | undefined>": "boolean",
  };
  for (const [type, spelling] of Object.entries(spellings)) {
    it(`${type} is ${spelling}`, () => {
      const [member] = read(`export interface A { a: ${type}; }`).members.get("A") ?? [];
      assert.ok(member);
      assert.equal(spell(member.type, referred), spelling);
    });
  }

  it("keep namespaces, marks of the optional, and enumerations", () => {
    const found = read(`
      export declare namespace apps { namespace v1 { interface Spec { a?: string; "b-c": number } } }
      export declare class Vpc extends pulumi.CustomResource {
        static get(name: string): Vpc;
        readonly arn: pulumi.Output<string>;
        constructor(name: string);
      }
      export declare const Access: { readonly Allow: "Allow"; readonly Deny: "Deny" };
      export type Access = (typeof Access)[keyof typeof Access];`);
    const names = (key: string) =>
      found.members.get(key)?.map(({ name, optional }) => [name, optional]);
    assert.deepEqual(names("apps.v1.Spec"), [
      ["a", true],
      ["b-c", false],
    ]);
    assert.deepEqual(names("Vpc"), [["arn", false]]);
    assert.deepEqual(found.enums.get("Access"), ["Allow", "Deny"]);
  });

  function read(text: string) {
    const file = join(folder, "one.d.ts");
    writeFileSync(file, text);
    return readDeclarations(file);
  }
});
