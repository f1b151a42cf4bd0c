import assert from "node:assert/strict";
import { planPlace } from "../../../model/network/address-plan.ts";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import { asCloudSees } from "../../../model/network/cloud-view.ts";
import { clusterFlows } from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import { threeClouds } from "../../harness/intents.ts";

const holder = threeClouds.segments.find(({ holdsPods }) => holdsPods === true);
assert.ok(holder !== undefined);

function pods(name: string, more: Partial<SegmentIntent> = {}): SegmentIntent {
  const members = [{ workload: `jobs/${name}` }];
  return { name, purpose: "test", egress: "none", podsOnly: true, members, ...more };
}

function withPods(flows: NetworkIntent["flows"], ...segments: SegmentIntent[]): NetworkIntent {
  return { ...threeClouds, segments: [...threeClouds.segments, ...segments], flows };
}

function seen(intent: NetworkIntent): string[] {
  assert.deepEqual(checkNetworkIntent(intent), []);
  return asCloudSees(intent).flows.map(({ from, to, ports }) => `${from} ${to} ${ports}`);
}

describe("segments of pods alone", () => {
  const both = [pods("reports"), pods("archive")];

  it("are to the clouds the segment that holds all pods", () => {
    const flows = [
      allow("reports", "data", "tcp/5432", "test"),
      allow("archive@gcp", "office", "tcp/25", "test"),
      allow(internet, "reports", "tcp/443", "test"),
      allow("reports", "archive", "tcp/9000", "test"),
    ];
    const office = { name: "office", purpose: "test", egress: "none", cidrs: ["192.0.2.0/24"] };
    assert.deepEqual(seen(withPods(flows, ...both, office as SegmentIntent)), [
      `${holder.name} data tcp/5432`,
      `${holder.name}@gcp office tcp/25`,
      `internet ${holder.name} tcp/443`,
      `${holder.name} ${holder.name} tcp/9000`,
    ]);
  });

  it("add nothing to the clouds where their holder may do it anyway", () => {
    const flows = [
      allow("reports", "archive", "tcp/9000-9001", "test"),
      allow("archive", "reports", "tcp/9001", "test"),
      allow(holder.name, "data", "any", "test"),
      allow("reports", "data", "tcp/5432", "test"),
    ];
    assert.deepEqual(seen(withPods(flows, ...both)), [
      `${holder.name} data any`,
      `${holder.name} ${holder.name} tcp/9000-9001`,
    ]);
  });

  it("have no subnets, and move nobody's", () => {
    const [place] = threeClouds.places;
    assert.ok(place !== undefined);
    assert.deepEqual(
      planPlace(place, [pods("reports"), ...threeClouds.segments]),
      planPlace(place, threeClouds.segments),
    );
  });

  it("are told apart in their cluster", () => {
    const intent = withPods([allow("reports", "archive", "tcp/9000", "test")], ...both);
    const [place] = intent.places;
    assert.ok(place !== undefined);
    const flows = clusterFlows(intent, place).least.map(
      ({ direction, segment, ports }) => `${direction} ${segment} ${ports}`,
    );
    assert.ok(flows.includes("in archive tcp/9000"));
    assert.ok(flows.includes("out reports tcp/9000"));
    assert.ok(!flows.includes("in reports tcp/9000"));
  });

  for (const [what, intent, code, at] of [
    ["without a workload", withPods([], pods("reports", { members: [] })), "input-type", 0],
    [
      "with a tag",
      withPods([], pods("reports", { members: [{ tag: { key: "a", value: "b" } }] })),
      "input-type",
      0,
    ],
    ["with ranges", withPods([], pods("reports", { cidrs: ["192.0.2.0/24"] })), "input-type", 0],
    [
      "with a route their nodes lack",
      withPods([], pods("reports", { egress: "direct" })),
      "input-type",
      ".egress",
    ],
    [
      "where nobody holds pods",
      {
        ...threeClouds,
        flows: [],
        segments: [pods("reports"), ...threeClouds.segments.filter((one) => one !== holder)],
      },
      "input-missing",
      ".podsOnly",
    ],
    [
      "called by pods of another place",
      {
        ...withPods([allow("reports@azure", "archive@gcp", "tcp/80", "test")], ...both),
        roads: [{ name: "east", between: [{ place: "azure" }, { place: "gcp" }] as const }],
      },
      "input-type",
      "flows[0]",
    ],
  ] as const) {
    it(`are refused ${what}`, () => {
      const found = checkNetworkIntent(intent as NetworkIntent);
      assert.ok(
        found.some((one) => one.code === code && one.place.includes(at === 0 ? "segments[" : at)),
        JSON.stringify(found),
      );
    });
  }
});
