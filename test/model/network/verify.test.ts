import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cidrSet,
  everyAddress,
  familyOf,
  parseCidr,
  tryParseAddress,
} from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet, has } from "../../../model/base/interval-set.ts";
import { everyLayer4, portSet, tryParsePorts } from "../../../model/base/layer4.ts";
import type { Filter, FilterRule } from "../../../model/network/filter.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { allow, internet } from "../../../model/network/intent.ts";
import type { Packet, PacketEnd } from "../../../model/network/interpret.ts";
import { interpret } from "../../../model/network/interpret.ts";
import type { NetworkVerdict } from "../../../model/network/verify.ts";
import { verifyNetwork } from "../../../model/network/verify.ts";

const place: PlaceIntent = {
  name: "p",
  cloud: "azure",
  region: "westeurope",
  cidr4: "10.0.0.0/16",
  cidr6: "fd00::/48",
};
/** IPv6 of its segments is not known before AWS assigns it. */
const assigned: PlaceIntent = { name: "p", cloud: "aws", region: "r", cidr4: "10.0.0.0/16" };
const names = ["web", "app"] as const;
const web4 = "10.0.0.0/20";
const app4 = "10.0.16.0/20";

function intentOf(...flows: NetworkIntent["flows"][number][]): NetworkIntent {
  const segments = names.map((name) => ({ name, purpose: "test", egress: "none" as const }));
  return { places: [place], segments, flows };
}

function ports(text: string): IntervalSet {
  const range = tryParsePorts(text);
  assert.ok(range !== undefined);
  return portSet(range);
}

function rule(text: string, more: Partial<FilterRule> = {}): FilterRule {
  return {
    action: "allow",
    peers: emptySet,
    peerSegments: [],
    selectors: ports(text),
    origin: { urn: `rule ${text}`, path: "" },
    ...more,
  };
}

const from = (...cidrs: string[]) => cidrSet(cidrs.map((cidr) => parseCidr(cidr, cidr)));

/** Closed filters of both segments, with these rules added. */
function filtersOf(
  rules: Partial<Record<`${(typeof names)[number]} ${"in" | "out"}`, FilterRule[]>>,
) {
  return names.flatMap((segment) =>
    (["in", "out"] as const).map(
      (direction): Filter => ({
        place: "p",
        segment,
        direction,
        rules: rules[`${segment} ${direction}`] ?? [],
        otherwise: "deny",
        otherwiseOrigin: "default",
      }),
    ),
  );
}

function verdict(intent: NetworkIntent, filters: readonly Filter[]): NetworkVerdict {
  const [only] = verifyNetwork(intent, { filters, unknowns: [] });
  assert.ok(only !== undefined && only.pairsCompared > 0);
  return only;
}

const seen = (intent: NetworkIntent, filters: readonly Filter[]) =>
  verdict(intent, filters).differences.map(({ kind, from: a, to: b }) => `${kind} ${a} ${b}`);

const webToApp = allow("web", "app", "tcp/8080", "test");
const both = {
  "web out": [rule("tcp/8080", { peerSegments: ["app"] })],
  "app in": [rule("tcp/8080", { peerSegments: ["web"] })],
};

describe("network verifier", () => {
  it("passes filters that let through what is said and nothing else", () => {
    assert.deepEqual(seen(intentOf(webToApp), filtersOf(both)), []);
    assert.deepEqual(seen(intentOf(), filtersOf({})), []);
  });

  it("shows what is let through and never said, with a packet that arrives", () => {
    const { differences } = verdict(
      intentOf(),
      filtersOf({ "app in": [rule("tcp/22", { peers: everyAddress })] }),
    );
    assert.deepEqual(
      differences.map(({ kind, from: a, to: b }) => `${kind} ${a} ${b}`),
      ["extra internet app"],
    );
    assert.equal(differences[0]?.packet.selector, BigInt(6 * 65536 + 22));
    assert.deepEqual(differences[0]?.trace.arrives, true);
    assert.equal(differences[0]?.trace.steps[0]?.rule?.urn, "rule tcp/22");
  });

  it("shows what is said and not let through, and which edge stops it", () => {
    const { differences } = verdict(intentOf(webToApp), filtersOf({ "web out": both["web out"] }));
    assert.deepEqual(
      differences.map(({ kind, from: a, to: b }) => `${kind} ${a} ${b}`),
      ["missing web app"],
    );
    assert.deepEqual(
      differences[0]?.trace.steps.map(({ segment, direction, action }) => [
        segment,
        direction,
        action,
      ]),
      [
        ["web", "out", "allow"],
        ["app", "in", "deny"],
      ],
    );
  });

  it("reads ordered rules first match first", () => {
    const deny = rule("tcp/8080", { action: "deny", peerSegments: ["web"] });
    const shadowed = filtersOf({ ...both, "app in": [deny, ...both["app in"]] });
    assert.deepEqual(seen(intentOf(webToApp), shadowed), ["missing web app"]);
    const late = filtersOf({ ...both, "app in": [...both["app in"], deny] });
    assert.deepEqual(seen(intentOf(webToApp), late), []);
  });

  it("takes a segment without a filter as open, as clouds do", () => {
    const open = filtersOf({}).filter(({ segment }) => segment !== "app");
    const kinds = seen(intentOf(), open);
    assert.ok(kinds.includes("extra internet app") && kinds.includes("extra app internet"));
  });

  it("judges both families apart", () => {
    const four = filtersOf({
      "web out": [rule("tcp/8080", { peers: from(app4) })],
      "app in": [rule("tcp/8080", { peers: from(web4) })],
    });
    const { differences } = verdict(intentOf(webToApp), four);
    assert.deepEqual(
      differences.map(({ kind, packet }) => `${kind} ${familyOf(packet.from.address)}`),
      ["missing 6"],
    );
  });

  it("asks for ICMP in IPv4 only and for ICMPv6 in IPv6 only", () => {
    const intent = intentOf(allow("web", "app", "icmp", "test"));
    const four = filtersOf({
      "web out": [rule("icmp", { peers: from(app4) })],
      "app in": [rule("icmp", { peers: from(web4) })],
    });
    assert.deepEqual(seen(intent, four), []);
    assert.deepEqual(seen(intent, filtersOf({})), ["missing web app"]);
  });

  it("takes the internet as every address, other segments included", () => {
    const intent = intentOf(
      allow("web", internet, "tcp/443", "test"),
      allow(internet, "app", "tcp/443", "test"),
    );
    const filters = filtersOf({
      "web out": [rule("tcp/443", { peers: everyAddress })],
      "app in": [rule("tcp/443", { peers: everyAddress })],
    });
    assert.deepEqual(seen(intent, filters), []);
  });

  it("proves segments whose IPv6 addresses nobody knows yet by their groups", () => {
    const intent = { ...intentOf(webToApp), places: [assigned] };
    assert.deepEqual(seen(intent, filtersOf(both)), []);
    const byAddress = filtersOf({
      "web out": [rule("tcp/8080", { peers: from(app4) })],
      "app in": [rule("tcp/8080", { peers: from(web4) })],
    });
    const missing = verdict(intent, byAddress).differences;
    assert.deepEqual(
      missing.map(({ kind, packet }) => `${kind} ${familyOf(packet.from.address)}`),
      ["missing 6"],
    );
    const open = filtersOf({ "app in": [rule("tcp/22", { peers: from("::/0") })] });
    assert.deepEqual(seen({ ...intentOf(), places: [assigned] }, open), ["extra internet app"]);
  });

  it("hands on what could not be read", () => {
    const unknowns = [{ urn: "urn", path: "cidrIpv4" }];
    const [only] = verifyNetwork(intentOf(), { filters: filtersOf({}), unknowns });
    assert.deepEqual(only?.unknowns, unknowns);
  });
});

/** Random filters over few borders, so that packets hit them. */
const peers = fc
  .subarray([
    web4,
    app4,
    "10.0.0.0/16",
    "192.0.2.0/24",
    "0.0.0.0/0",
    "fd00::/64",
    "fd00:0:0:1::/64",
    "::/0",
  ])
  .map((cidrs) => (cidrs.length === 0 ? emptySet : from(...cidrs)));
const selectors = fc.constantFrom("tcp/22", "tcp/20-30", "tcp", "udp/53", "icmp", "icmp6", "any");
const randomRule = fc.record({
  action: fc.constantFrom("allow" as const, "deny" as const),
  peers,
  peerSegments: fc.subarray([...names]),
  selectors: selectors.map(ports),
  origin: fc.constant({ urn: "rule", path: "" }),
});
const randomFilters: fc.Arbitrary<Filter[]> = fc.tuple(
  ...names.flatMap((segment) =>
    (["in", "out"] as const).map((direction) =>
      fc.record({
        place: fc.constant("p"),
        segment: fc.constant(segment),
        direction: fc.constant(direction),
        rules: fc.array(randomRule, { maxLength: 5 }),
        otherwise: fc.constantFrom("allow" as const, "deny" as const),
        otherwiseOrigin: fc.constant("default"),
      }),
    ),
  ),
);
const ends: PacketEnd[] = [
  ["10.0.0.5", "web"],
  ["10.0.16.5", "app"],
  ["fd00::5", "web"],
  ["fd00:0:0:1::5", "app"],
  ["192.0.2.5", undefined],
  ["10.0.200.5", undefined],
  ["2001:db8::5", undefined],
].map(([text, segment]) => {
  const parsed = tryParseAddress(text ?? "");
  assert.ok(parsed !== undefined);
  const address = parsed.family === 4 ? parsed.value : parsed.value + (1n << 32n);
  return { segment, address };
});
const packet: fc.Arbitrary<Packet> = fc
  .tuple(fc.constantFrom(...ends), fc.constantFrom(...ends))
  .filter(
    ([a, b]) =>
      (a.segment !== undefined || b.segment !== undefined) &&
      familyOf(a.address) === familyOf(b.address),
  )
  .chain(([a, b]) =>
    fc
      .constantFrom(22, 25, 31, 80)
      .chain((low) => fc.constantFrom(6, 17).map((protocol) => BigInt(protocol * 65536 + low)))
      .map((selector) => ({ place: "p", from: a, to: b, selector })),
  );

describe("network verifier and interpreter", () => {
  it("agree on every packet of random filters", () => {
    const counts = { extra: 0, none: 0 };
    fc.assert(
      fc.property(randomFilters, packet, (filters, some) => {
        // Nothing is said, so whatever arrives must be among what the verifier calls extra.
        const { differences } = verdict(intentOf(), filters);
        const name = (end: PacketEnd) => end.segment ?? internet;
        const arrives = interpret(filters, some).arrives;
        const covering = differences.some(
          (difference) =>
            difference.kind === "extra" &&
            difference.from === name(some.from) &&
            difference.to === name(some.to),
        );
        counts[arrives ? "extra" : "none"]++;
        if (arrives) assert.ok(covering, "a packet arrives that the verifier does not show");
        for (const { kind, trace, packet: witness } of differences) {
          assert.equal(kind, "extra");
          assert.deepEqual(interpret(filters, witness), trace);
          assert.ok(trace.arrives);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(counts.extra > 40 && counts.none > 40, JSON.stringify(counts));
  });

  it("agree that everything said is missing where nothing arrives", () => {
    const everything = [...names, internet].flatMap((a) =>
      [...names, internet]
        .filter((b) => a !== internet || b !== internet)
        .map((b) => allow(a, b, "any", "test")),
    );
    fc.assert(
      fc.property(randomFilters, packet, (filters, some) => {
        fc.pre(!interpret(filters, some).arrives);
        const { differences } = verdict(intentOf(...everything), filters);
        assert.ok(
          differences.some(
            ({ kind, from: a, to: b }) =>
              kind === "missing" &&
              a === (some.from.segment ?? internet) &&
              b === (some.to.segment ?? internet),
          ),
        );
        assert.ok(differences.every(({ selectors: all }) => all.length > 0));
        assert.ok(everyLayer4.length > 0 && has(everyLayer4, some.selector));
      }),
      { numRuns: 200 },
    );
  });
});
