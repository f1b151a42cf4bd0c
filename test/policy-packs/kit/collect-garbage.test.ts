import assert from "node:assert/strict";
import { collectGarbage } from "../../../policy-packs/kit/collect-garbage.ts";

describe("collecting garbage", () => {
  it("leaves what is in use and nothing else", async () => {
    const used = { of: "use" };
    const kept = new WeakRef(used);
    const left = new WeakRef({ of: "no use" });
    await collectGarbage();
    assert.equal(left.deref(), undefined);
    assert.equal(kept.deref(), used);
  });
});
