/** The tables of aws, azuread and gcp against the classes of the installed SDKs. */

import assert from "node:assert/strict";
import { awsTypes } from "../../../../local-clouds/packages/aws/types/index.ts";
import { azureadTypes } from "../../../../local-clouds/packages/azuread/types/index.ts";
import { gcpTypes } from "../../../../local-clouds/packages/gcp/types/index.ts";
import type { TypeEntry } from "../../../../local-clouds/types/type.ts";
import { Sdk } from "./sdk-shape.ts";

for (const [name, entries] of [
  ["aws", awsTypes],
  ["azuread", azureadTypes],
  ["gcp", gcpTypes],
] as const) {
  describe(`property names of ${name}`, () => {
    let sdk: Sdk;
    before(() => {
      sdk = new Sdk(name);
    });
    for (const entry of entries) {
      it(`${entry.token} names what the SDK has`, () => {
        const type = sdk.type(entry.token);
        const inputs = inputPaths(entry).filter((path) => !sdk.leads(path, type.inputs, "inputs"));
        assert.deepEqual(inputs, [], "not inputs");
        const outputs = outputPaths(entry).filter(
          (path) => !sdk.leads(path, type.outputs, "outputs"),
        );
        assert.deepEqual(outputs, [], "not outputs");
      });
      it(`${entry.token} requires what the SDK requires`, () => {
        const top = (entry.required ?? []).filter((path) => !path.includes("."));
        assert.deepEqual([...top].sort(), [...sdk.type(entry.token).required].sort());
      });
    }
    it("tells a wrong name", () => {
      const { token } = entries[0] ?? { token: "" };
      assert.equal(sdk.leads("noSuchProperty", sdk.type(token).inputs, "inputs"), false);
    });
  });
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
  ];
}
