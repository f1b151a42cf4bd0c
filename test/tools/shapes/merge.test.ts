/** Nested shapes that say the same become one. */

import assert from "node:assert/strict";
import type { Collected, Properties } from "../../../tools/shapes/collect.ts";
import { merge } from "../../../tools/shapes/merge.ts";

describe("merged shapes", () => {
  it("are one where properties are the same, recursively", () => {
    const names = merged({
      "in:waf.Statement": { not: "#in:waf.StatementNot" },
      "in:waf.StatementNot": { match: "#in:waf.StatementNotMatch!" },
      "in:waf.RuleNot": { match: "#in:waf.RuleNotMatch!" },
      "in:waf.StatementNotMatch": { text: "string!" },
      "in:waf.RuleNotMatch": { text: "string!" },
    });
    assert.equal(names.rename("#in:waf.StatementNotMatch"), "#RuleNotMatch");
    assert.equal(names.rename("#in:waf.StatementNot[]!"), "#RuleNot[]!");
    assert.deepEqual([...names.shapes.values()].sort(), ["RuleNot", "RuleNotMatch", "Statement"]);
  });

  it("take an output for its input unless it has more", () => {
    const names = merged({
      "in:net.RuleArgs": { port: "number!" },
      "out:net.RuleResponse": { port: "number" },
      "out:net.Rule": { port: "number", etag: "string" },
    });
    assert.equal(names.asOutput("#out:net.RuleResponse[]"), "#Rule[]");
    assert.equal(names.asOutput("#out:net.Rule"), "#Rule.out");
  });

  it("stay apart where what they demand differs", () => {
    const names = merged({ "in:a.One": { x: "string!" }, "in:a.Two": { x: "string" } });
    assert.equal(names.shapes.size, 2);
  });

  it("keep the names of two namespaces apart", () => {
    const names = merged({
      "in:apps.v1.Spec": { a: "string" },
      "in:core.v1.Spec": { b: "string" },
    });
    assert.equal(names.rename("#in:apps.v1.Spec|#in:core.v1.Spec"), "#Spec|#core.v1.Spec");
  });

  it("end for shapes that contain themselves", () => {
    const names = merged({
      "in:Json": { items: "#in:Json[]" },
      "out:Json": { items: "#out:Json[]" },
    });
    assert.equal(names.rename("#in:Json"), "#Json");
  });
});

function merged(shapes: Record<string, Properties>) {
  const collected: Collected = {
    resources: new Map(),
    shapes: new Map(Object.entries(shapes)),
    enums: new Map(),
  };
  return merge(collected);
}
