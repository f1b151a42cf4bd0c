import assert from "node:assert/strict";
import { lowerSegmentation } from "../../../components/segmentation/plan.ts";
import { allow } from "../../../model/network/intent.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";

describe("segmentation lowering", () => {
  for (const place of threeClouds.places) {
    it(`lowers ${place.cloud} as its golden file says`, () => {
      matchesGolden(
        `segmentation/${place.cloud}`,
        lowerSegmentation("segmentation", threeClouds, place),
      );
    });
  }

  it("would leave GCP's egress open without its own deny", () => {
    const place = threeClouds.places.find(({ cloud }) => cloud === "gcp");
    assert.ok(place !== undefined);
    const plan = lowerSegmentation("segmentation", threeClouds, place);
    assert.ok(plan.cloud === "gcp");
    const denies = plan.rules.filter(({ action }) => action === "deny");
    assert.deepEqual(
      denies.map(({ direction, ranges }) => `${direction} ${ranges?.join()}`),
      ["INGRESS 0.0.0.0/0", "INGRESS ::/0", "EGRESS 0.0.0.0/0", "EGRESS ::/0"],
    );
    const lastAllow = Math.max(
      ...plan.rules.filter(({ action }) => action === "allow").map(({ priority }) => priority),
    );
    assert.ok(denies.every(({ priority }) => priority > lastAllow));
  });

  it("gives every rule of a group and direction its own priority", () => {
    for (const place of threeClouds.places) {
      const plan = lowerSegmentation("segmentation", threeClouds, place);
      if (plan.cloud === "aws") continue;
      const keys = plan.rules.map((rule) =>
        // GCP's priorities are unique in the policy, Azure's per group and direction.
        plan.cloud === "gcp"
          ? `${rule.priority}`
          : `${rule.segment} ${rule.direction} ${rule.priority}`,
      );
      assert.equal(new Set(keys).size, keys.length);
    }
  });

  it("moves no rule when a flow is added or an earlier one goes", () => {
    const more = {
      ...threeClouds,
      flows: [...threeClouds.flows.slice(1), allow("web", "cluster", "tcp/9090", "test")],
    };
    for (const cloud of ["azure", "gcp"]) {
      const place = threeClouds.places.find((candidate) => candidate.cloud === cloud);
      assert.ok(place !== undefined);
      const before = new Map(
        lowerSegmentation("s", threeClouds, place).rules.map((rule) => [rule.name, rule]),
      );
      let kept = 0;
      for (const rule of lowerSegmentation("s", more, place).rules) {
        const old = before.get(rule.name);
        if (old === undefined) continue;
        kept++;
        assert.deepEqual(rule, old);
      }
      assert.ok(kept > 5);
    }
  });
});
