import assert from "node:assert/strict";
import fc from "fast-check";
import { checkSegmentation } from "../../../components/segmentation/check.ts";
import type { SegmentationPlan } from "../../../components/segmentation/plan.ts";
import { lowerSegmentation } from "../../../components/segmentation/plan.ts";
import type { Cloud, FlowIntent, NetworkIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import type { Difference } from "../../../model/network/verify.ts";
import { verifyNetwork } from "../../../model/network/verify.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";
import { filtersOf } from "./filters.ts";

/** What the lowered place lets through beyond the intent, or holds back. */
function differences(
  intent: NetworkIntent,
  cloud: Cloud,
  change: (plan: SegmentationPlan) => SegmentationPlan = (plan) => plan,
): readonly Difference[] {
  const place = intent.places.find((candidate) => candidate.cloud === cloud);
  assert.ok(place !== undefined);
  const segments = intent.segments.map(({ name }) => name);
  const plan = change(lowerSegmentation("segmentation", intent, place));
  const [verdict] = verifyNetwork(
    { ...intent, places: [place] },
    { filters: filtersOf(plan, segments), unknowns: [] },
  );
  assert.ok(verdict !== undefined && verdict.pairsCompared > segments.length ** 2);
  return verdict.differences;
}

/** The plan without the rule of that index, or with it changed by `edit`. */
function editRule(index: number, edit?: Record<string, unknown>) {
  return (plan: SegmentationPlan): SegmentationPlan => {
    const rules = plan.rules.flatMap((rule, at) =>
      at !== index ? [rule] : edit === undefined ? [] : [{ ...rule, ...edit }],
    );
    return { ...plan, rules } as SegmentationPlan;
  };
}

const cloudNames = ["aws", "azure", "gcp"] as const;

const ports = fc.constantFrom(
  "tcp/443",
  "tcp/8000-8010",
  "tcp",
  "udp/53",
  "icmp",
  "any",
  "icmp6",
  "sctp/9",
  "sctp",
);
const ends = fc.constantFrom(internet, ...threeClouds.segments.map(({ name }) => name));
const flow: fc.Arbitrary<FlowIntent> = fc
  .record({ from: ends, to: ends, ports })
  .filter(({ from, to }) => from !== internet || to !== internet)
  .map(({ from, to, ports: text }) => allow(from, to, text, "test"));
const flows = fc.uniqueArray(flow, {
  selector: ({ from, to, ports: text }) => `${from} ${to} ${text}`,
  maxLength: 12,
});

describe("segmentation lowering", () => {
  for (const place of threeClouds.places) {
    it(`lowers ${place.cloud} as its golden file says`, () => {
      matchesGolden(
        `segmentation/${place.cloud}`,
        lowerSegmentation("segmentation", threeClouds, place),
      );
    });
  }

  for (const cloud of cloudNames) {
    it(`means in ${cloud} exactly the declared flows`, () => {
      assert.deepEqual(differences(threeClouds, cloud), []);
    });

    it(`means in ${cloud} exactly whatever flows are declared`, () => {
      let proved = 0;
      fc.assert(
        fc.property(flows, (some) => {
          const intent = { ...threeClouds, flows: some };
          const unfit = checkSegmentation({
            ...intent,
            places: intent.places.filter((place) => place.cloud === cloud),
          });
          // A cloud that cannot filter a protocol says so; only what it accepts can be proved.
          fc.pre(unfit.length === 0);
          proved++;
          assert.deepEqual(differences(intent, cloud), []);
        }),
        { numRuns: 60 },
      );
      assert.ok(proved >= 60);
    });

    it(`needs every single allow in ${cloud}`, () => {
      const place = threeClouds.places.find((candidate) => candidate.cloud === cloud);
      assert.ok(place !== undefined);
      const { rules } = lowerSegmentation("segmentation", threeClouds, place);
      for (const [index, rule] of rules.entries()) {
        if ("action" in rule && rule.action === "deny") continue;
        const found = differences(threeClouds, cloud, editRule(index));
        assert.ok(
          found.some(({ kind }) => kind === "missing"),
          `nothing is missing without ${rule.name}`,
        );
      }
    });
  }

  it("shows the packet by which a widened rule lets more through", () => {
    const wider = (cloud: Cloud, direction: string, edit: Record<string, unknown>) => {
      const place = threeClouds.places.find((candidate) => candidate.cloud === cloud);
      assert.ok(place !== undefined);
      const { rules } = lowerSegmentation("segmentation", threeClouds, place);
      const index = rules.findIndex(
        (rule) => rule.segment === "web" && rule.direction === direction,
      );
      assert.ok(index >= 0);
      return differences(threeClouds, cloud, editRule(index, edit));
    };
    for (const found of [
      wider("aws", "ingress", { fromPort: 22 }),
      wider("azure", "Inbound", { destinationPortRange: "22-443" }),
      wider("gcp", "INGRESS", { ports: ["22-443"] }),
    ]) {
      assert.ok(found.length > 0);
      assert.ok(found.every(({ kind, trace }) => kind === "extra" && trace.arrives));
    }
  });

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
