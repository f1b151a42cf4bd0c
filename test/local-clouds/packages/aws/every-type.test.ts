/** Every aws entry lives through its life with the least inputs that its service takes. */

import assert from "node:assert/strict";
import { awsTypes } from "../../../../local-clouds/packages/aws/types/index.ts";
import { equal, isList, isObject, type Value } from "../../../../local-clouds/protocol/value.ts";
import { shapeOf } from "../../../../local-clouds/shapes/load.ts";
import { openAws } from "./fixtures.ts";
import { Minimal } from "./minimal.ts";

const entries = new Map(awsTypes.map((entry) => [entry.token, entry]));

describe("the life of every aws type", () => {
  for (const { token, global } of awsTypes) {
    it(`${token} ${global === true ? "is of no region" : "is replaced with its region"}`, () => {
      const regional = shapeOf(token)?.inputs.get("region") !== undefined;
      assert.equal(regional, global !== true);
      assert.equal(entries.get(token)?.forceNew?.includes("region") === true, regional);
    });
  }

  for (const { token, normalised, global } of awsTypes) {
    it(`${token} is made, read, kept and deleted`, () => {
      const lab = openAws();
      try {
        const minimal = new Minimal(lab, entries);
        const inputs = minimal.inputs(token);
        const planned = lab.preview(token, "last", inputs);
        const before = lab.size();
        const made = lab.create(token, "last", inputs);
        for (const [key, value] of Object.entries(planned)) {
          if (key === "id" || key in (normalised ?? {})) continue;
          assert.ok(holds(made.outputs[key], value), `${key} was previewed otherwise`);
        }
        const known = { urn: made.urn, inputs: made.inputs, outputs: made.outputs };
        assert.deepEqual(lab.read(token, made.id, known)?.outputs, made.outputs);
        const west = lab.with("aws", { region: "eu-west-1" });
        const seen = west.read(token, made.id, { urn: made.urn, inputs, outputs: {} });
        assert.equal(seen !== undefined, global === true, "regions are kept apart");
        assert.deepEqual(lab.diff(made, inputs).changed, []);
        const kept = lab.update(made, inputs);
        assert.equal(kept.id, made.id);
        assert.deepEqual(Object.keys(kept.outputs).sort(), Object.keys(made.outputs).sort());
        lab.delete(made);
        assert.equal(lab.read(token, made.id, known), undefined);
        assert.equal(lab.size(), before);
      } finally {
        lab.close();
      }
    });
  }
});

/** Whether what a preview shows of a value is all there afterwards; the service may fill in more. */
function holds(live: Value | undefined, planned: Value): boolean {
  if (isList(planned)) {
    return isList(live) && planned.every((item, i) => holds(live[i], item));
  }
  if (isObject(planned)) {
    return isObject(live) && Object.entries(planned).every(([key, item]) => holds(live[key], item));
  }
  return equal(live, planned);
}
