import assert from "node:assert/strict";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import type { NetworkIntent, SegmentIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import { localFlows } from "../../../model/network/local-flows.ts";
import { threeClouds } from "../../harness/intents.ts";

const office: SegmentIntent = {
  name: "office",
  purpose: "where people sit",
  egress: "none",
  cidrs: ["198.51.100.0/24", "203.0.113.0/24", "2001:db8:7::/48"],
};
const road = {
  name: "east",
  between: [{ place: "aws", gateway: "tgw-0123456789abcdef0" }, { place: "azure" }],
} as const;

function withFlows(...flows: NetworkIntent["flows"][number][]): NetworkIntent {
  return { ...threeClouds, segments: [...threeClouds.segments, office], roads: [road], flows };
}

function withoutProbes(flows: readonly LocalFlow[]): LocalFlow[] {
  return flows.filter(({ key }) => !key.endsWith("_probes"));
}

/** `in app web 4+6`, by place. */
function seen(intent: NetworkIntent): Record<string, string[]> {
  assert.deepEqual(checkNetworkIntent(intent), []);
  return Object.fromEntries(
    intent.places.map((place) => [
      place.name,
      withoutProbes(localFlows(intent, place)).map(({ direction, segment, peer, families }) => {
        const other = peer.kind === "segment" ? peer.segment : peer.kind;
        const name = peer.kind === "elsewhere" ? peer.name : other;
        return `${direction} ${segment} ${name} ${families.join("+")}`;
      }),
    ]),
  );
}

describe("flows as a place sees them", () => {
  it("have both ends in every place where neither end names one", () => {
    const both = ["in app web 4+6", "out web app 4+6"];
    assert.deepEqual(seen(withFlows(allow("web", "app", "tcp/8080", "test"))), {
      aws: both,
      azure: both,
      gcp: both,
    });
  });

  it("stay in the place that either end names", () => {
    for (const [from, to] of [
      ["web@gcp", "app"],
      ["web", "app@gcp"],
      ["web@gcp", "app@gcp"],
    ] as const) {
      assert.deepEqual(seen(withFlows(allow(from, to, "tcp/8080", "test"))), {
        aws: [],
        azure: [],
        gcp: ["in app web 4+6", "out web app 4+6"],
      });
    }
  });

  it("cross a road by addresses, in the families that it carries", () => {
    assert.deepEqual(seen(withFlows(allow("web@aws", "app@azure", "tcp/8080", "test"))), {
      aws: ["out web app@azure 4"],
      azure: ["in app web@aws 4"],
      gcp: [],
    });
    const [peer] = localFlows(
      withFlows(allow("web@aws", "app@azure", "tcp/8080", "test")),
      threeClouds.places[0] ?? assert.fail(),
    ).map((flow) => flow.peer);
    assert.deepEqual(peer?.kind === "elsewhere" && peer.prefixes, [
      "10.17.16.0/20",
      "fd17:1:1:1::/64",
    ]);
  });

  it("meet outsiders and the internet in every place, or in the one named", () => {
    const flows = withFlows(
      allow("office", "web", "tcp/443", "test"),
      allow("app@aws", internet, "tcp/443", "test"),
    );
    assert.deepEqual(seen(flows), {
      aws: ["in web office 4+6", "out app everybody 4+6"],
      azure: ["in web office 4+6"],
      gcp: ["in web office 4+6"],
    });
  });

  it("do not concern a place in which a segment does not exist", () => {
    const intent = withFlows(allow("web", "app", "tcp/8080", "test"));
    const [web, app, ...others] = intent.segments;
    assert.ok(web !== undefined && app !== undefined);
    const moved = { ...intent, segments: [web, { ...app, places: ["gcp"] }, ...others] };
    assert.deepEqual(seen(moved), {
      aws: [],
      azure: [],
      gcp: ["in app web 4+6", "out web app 4+6"],
    });
  });

  it("are joined by the platform's health probes of what is called inside", () => {
    const intent = withFlows(
      allow("web", "app", "tcp/8080", "test"),
      allow(internet, "web", "tcp/443", "test"),
    );
    const probes = intent.places.map((place) =>
      localFlows(intent, place)
        .filter(({ peer }) => peer.kind === "platform")
        .map(({ key, direction, range }) => `${key} ${direction} ${range.from}`),
    );
    const probe = "web_to_app_tcp-8080_probes in 8080";
    assert.deepEqual(probes, [[], [probe], [probe]]);
  });

  it("are joined by what a segment's stage leaves open", () => {
    const [web, ...others] = threeClouds.segments;
    assert.ok(web !== undefined);
    const rollout = { owner: "platform", until: "2027-01-31" };
    const staged = (stage: "visibility" | "selective") => ({
      ...threeClouds,
      flows: [],
      places: threeClouds.places.slice(0, 1),
      segments: [{ ...web, rollout: { ...rollout, stage } }, ...others],
    });
    assert.deepEqual(seen(staged("visibility")), {
      aws: ["in web everybody 4+6", "out web everybody 4+6"],
    });
    assert.deepEqual(seen(staged("selective")), { aws: ["out web everybody 4+6"] });
  });
});

describe("checks of places, roads, outsiders and stages", () => {
  const found = (intent: NetworkIntent) =>
    checkNetworkIntent(intent).map(({ place, code }) => `${place} ${code}`);

  it("refuse a flow between places that no road joins", () => {
    const flow = allow("web@aws", "app@gcp", "tcp/8080", "test");
    const [problem] = checkNetworkIntent(withFlows(flow));
    assert.equal(problem?.code, "flow-unrouted");
    assert.match(problem.allowed, /along east/);
  });

  it("refuse ends in places that do not exist, or where the segment does not", () => {
    assert.deepEqual(found(withFlows(allow("web@asw", "app", "tcp/1", "test"))), [
      "flows[0].from input-unknown",
    ]);
    assert.deepEqual(found(withFlows(allow("office@aws", "app", "tcp/1", "test"))), [
      "flows[0].from flow-nowhere",
    ]);
    assert.deepEqual(found(withFlows(allow("office", internet, "tcp/1", "test"))), [
      "flows[0].to flow-nowhere",
    ]);
  });

  it("refuse segments that never meet", () => {
    const intent = withFlows(allow("web", "app", "tcp/1", "test"));
    const segments = intent.segments.map((segment) =>
      segment.name === "web"
        ? { ...segment, places: ["aws"] }
        : segment.name === "app"
          ? { ...segment, places: ["gcp"] }
          : segment,
    );
    assert.deepEqual(found({ ...intent, segments }), ["flows[0] flow-nowhere"]);
  });

  it("ask for an exception where everybody may do everything", () => {
    const wide = allow("web", internet, "any", "test");
    assert.deepEqual(found(withFlows(wide)), ["flows[0] flow-too-wide"]);
    const until = "2027-01-31";
    const exception = { owner: "platform", until };
    assert.deepEqual(found(withFlows({ ...wide, exception })), []);
    assert.deepEqual(found(withFlows({ ...wide, exception: { owner: " ", until: "soon" } })), [
      "flows[0].exception.owner input-missing",
      "flows[0].exception.until input-type",
    ]);
    assert.deepEqual(
      found(withFlows({ ...wide, exception: { owner: "x", until: "2027-02-30" } })),
      ["flows[0].exception.until input-type"],
    );
  });

  it("see through the internet under another name, and other slips in ranges", () => {
    const cidrs = (...texts: string[]) => {
      const intent = withFlows();
      const segments = intent.segments.map((segment) =>
        segment.name === "office" ? { ...segment, cidrs: texts } : segment,
      );
      return found({ ...intent, segments });
    };
    const halves = cidrs("0.0.0.0/1", "128.0.0.0/1");
    assert.ok(halves.includes("segments[4].cidrs address-invalid"), halves.join());
    assert.deepEqual(cidrs("192.0.2.7/24"), ["segments[4].cidrs[0] address-invalid"]);
    assert.deepEqual(cidrs("::ffff:192.0.2.0/120"), ["segments[4].cidrs[0] address-invalid"]);
    assert.deepEqual(cidrs("10.16.3.0/24"), ["segments[4].cidrs[0] address-overlap"]);
    assert.deepEqual(cidrs(), ["segments[4] input-type"]);
  });

  it("refuse stages that nobody knows or ends", () => {
    const intent = withFlows();
    const rollout = { stage: "later" as "selective", owner: "", until: "2027" };
    const segments = intent.segments.map((segment) =>
      segment.name === "web" ? { ...segment, rollout } : segment,
    );
    assert.deepEqual(found({ ...intent, segments }), [
      "segments[0].rollout.stage input-unknown",
      "segments[0].rollout.owner input-missing",
      "segments[0].rollout.until input-type",
    ]);
  });

  it("refuse roads that lead nowhere", () => {
    const intent = withFlows();
    const roads = [
      { name: "a b", between: [{ place: "aws" }, { place: "moon" }] },
      { name: "loop", between: [{ place: "gcp" }, { place: "gcp" }] },
      { name: "loop", between: [{ place: "gcp", gateway: "x" }, { place: "azure" }] },
    ] as const;
    assert.deepEqual(found({ ...intent, roads }), [
      "roads[0].name input-type",
      "roads[0].between[0].gateway input-type",
      "roads[0].between[1].place input-unknown",
      "roads[1].between input-duplicate",
      "roads[2].name input-duplicate",
      "roads[2].between[0].gateway input-type",
    ]);
  });

  it("take the gateway of a road that exists already by its id in each cloud", () => {
    const azure =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworkGateways/w";
    const gcp = "projects/p/regions/r/vpnGateways/w";
    const joined = (one: string, other: string) => {
      const between = [
        { place: "azure", gateway: one },
        { place: "gcp", gateway: other },
      ] as const;
      return found({ ...withFlows(), roads: [{ name: "road", between }] });
    };
    assert.deepEqual(joined(azure, gcp), []);
    assert.deepEqual(joined(gcp, azure), [
      "roads[0].between[0].gateway input-type",
      "roads[0].between[1].gateway input-type",
    ]);
  });
});
