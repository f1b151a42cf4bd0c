import assert from "node:assert/strict";
import { lowerSegmentation } from "../../../components/segmentation/plan.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { allow } from "../../../model/network/intent.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { guardedClouds, threeClouds } from "../../harness/intents.ts";

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

  it("adds rules of subnets and guardrails as their golden files say, and changes nothing else", () => {
    for (const place of guardedClouds.places) {
      const plan = lowerSegmentation("segmentation", guardedClouds, place);
      const { subnetRules: _, guardrails: __, ...plain } = place;
      const before = lowerSegmentation("segmentation", guardedClouds, plain);
      if (plan.cloud === "aws") {
        matchesGolden("segmentation/aws-subnet-rules", plan.acls);
        assert.deepEqual({ ...plan, acls: [] }, before);
      } else if (plan.cloud === "azure") {
        const { guardrails, ...rest } = plan;
        matchesGolden("segmentation/azure-guardrails", guardrails);
        assert.deepEqual(rest, before);
      } else assert.deepEqual(plan, before);
    }
  });

  it("moves no entry of an ACL and no admin rule when flows or guardrails come and go", () => {
    const [aws, azure] = guardedClouds.places;
    assert.ok(aws !== undefined && azure !== undefined);
    const more: NetworkIntent = {
      ...guardedClouds,
      flows: [...guardedClouds.flows.slice(1), allow("office", "web", "tcp/22", "test")],
    };
    const [first] = azure.guardrails ?? [];
    assert.ok(first !== undefined);
    const added = { deny: "tcp/3389", from: "internet" as const, because: "test" };
    const entries = (intent: NetworkIntent) => {
      const plan = lowerSegmentation("s", intent, aws);
      return plan.cloud === "aws" ? plan.acls.flatMap((acl) => acl.entries) : [];
    };
    const admin = (intent: NetworkIntent, guardrails: PlaceIntent["guardrails"] = []) => {
      const plan = lowerSegmentation("s", intent, { ...azure, guardrails });
      return plan.cloud === "azure" ? (plan.guardrails?.rules ?? []) : [];
    };
    const kept = (before: readonly { name: string }[], after: readonly { name: string }[]) => {
      const old = new Map(before.map((one) => [one.name, one]));
      const same = after.filter(({ name }) => old.has(name));
      for (const one of same) assert.deepEqual(one, old.get(one.name));
      return same.length;
    };
    assert.ok(kept(entries(guardedClouds), entries(more)) > 20);
    const before = admin(guardedClouds, azure.guardrails);
    assert.equal(kept(before, admin(more, [first, added])), before.length - 1);
  });

  it("numbers the entries of an ACL apart, with gaps, where AWS lets them be", () => {
    const [aws] = guardedClouds.places;
    assert.ok(aws !== undefined);
    const plan = lowerSegmentation("s", guardedClouds, aws);
    assert.ok(plan.cloud === "aws");
    for (const { entries } of plan.acls) {
      for (const direction of ["ingress", "egress"]) {
        const numbers = entries
          .filter((entry) => entry.direction === direction)
          .map(({ ruleNumber }) => ruleNumber);
        assert.equal(new Set(numbers).size, numbers.length);
        assert.ok(numbers.every((one) => one >= 1000 && one <= 32_766 && one % 10 === 0));
      }
    }
  });
});
