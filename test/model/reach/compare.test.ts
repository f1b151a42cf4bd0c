import assert from "node:assert/strict";
import fc from "fast-check";
import type { Family } from "../../../model/base/address.ts";
import { familyOf, tryParseAddress } from "../../../model/base/address.ts";
import { has } from "../../../model/base/interval-set.ts";
import type { Rule, Stage, Topology } from "../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../model/network/walk.ts";
import { clientPorts } from "../../../model/reach/cells.ts";
import type { Difference, DifferenceKind } from "../../../model/reach/compare.ts";
import { compareTopologies, recompare } from "../../../model/reach/compare.ts";
import { app, changed, endpoint, meant, rule, stage, topology, web } from "./sample.ts";
import { cidrs, packetAt, picker, ports, topologyArbitrary } from "./topologies.ts";

const brief = ({ kind, from, to, family, settled }: Difference) =>
  `${settled ? "" : "perhaps "}${kind} ${from.name} → ${to.name} v${family}`;

const at = (text: string): bigint => {
  const { family, value } = tryParseAddress(text) ?? { family: 4, value: -1n };
  return family === 4 ? value : value + (1n << 32n);
};

describe("compareTopologies", () => {
  it("proves that a topology is itself", () => {
    const { verdict, differences, pairs } = compareTopologies(meant, meant);
    assert.deepEqual({ verdict, differences }, { verdict: "proven", differences: [] });
    assert.ok(pairs > 4);
  });

  it("shows a packet of the internet where a port was opened to it, and the rule that let it in", () => {
    const actual = changed(stage("web in", "in", [rule("allow", [{}], "tcp/443", "tcp/20-25")]));
    const { verdict, differences } = compareTopologies(actual, meant);
    const [found] = differences;
    assert.equal(verdict, "violated");
    assert.deepEqual(differences.map(brief), ["extra internet → web v4"]);
    assert.deepEqual(found?.selectors, ports("tcp/20-25"));
    assert.deepEqual(found.witness.packet, {
      from: { endpoint: undefined, address: at("203.0.113.7") },
      to: { endpoint: "web", address: at("10.0.1.4") },
      selector: ports("tcp/22")[0]?.from,
      sourcePort: ephemeralPort,
    });
    const decided = found.witness.actual?.steps.map((step) => step.rule?.origin.path);
    assert.deepEqual(decided, ["allow tcp/443,tcp/20-25"]);
  });

  it("names the flow that is missing", () => {
    const { differences } = compareTopologies(changed(stage("web out", "out", [])), meant);
    assert.deepEqual(differences.map(brief), ["missing web → app v4"]);
    assert.deepEqual(differences[0]?.selectors, ports("tcp/8080"));
    assert.equal(differences[0]?.witness.actual?.steps[0]?.otherwiseOrigin, "default");
  });

  it("finds a reply that a plane without memory stops", () => {
    const acl = stage("app out", "out", [rule("allow", [{}], "tcp/49152-65535")], {
      stateful: false,
    });
    const { differences } = compareTopologies(changed(acl), meant);
    assert.deepEqual(differences.map(brief), [
      "reply-blocked web → app v4",
      "extra app → internet v4",
    ]);
    assert.equal(differences[0]?.witness.packet.sourcePort, 32768);
    const wide = stage("app out", "out", [rule("allow", [{}], "tcp/1024-65535")], {
      stateful: false,
    });
    const { differences: wider } = compareTopologies(changed(wide), meant);
    assert.ok(!wider.some(({ kind }) => kind === "reply-blocked"));
  });

  it("reports what no rule can close as residual", () => {
    const open = stage("app out", "out", [
      rule("allow", [{ addresses: cidrs("169.254.169.254/32") }]),
    ]);
    const residual = {
      endpoints: ["app"],
      to: cidrs("169.254.169.254/32"),
      selectors: ports("tcp/80"),
      says: "instance metadata",
      document: "the vendor's",
    };
    const actual = { ...changed(open), residuals: [residual] };
    const { differences, verdict } = compareTopologies(actual, meant);
    assert.deepEqual(differences.map(brief), [
      "extra app → internet v4",
      "residual app → internet v4",
    ]);
    assert.equal(verdict, "violated");
    assert.deepEqual(differences[1]?.selectors, ports("tcp/80"));
  });

  it("cannot tell where an address or a value is not known yet, and says on what it hangs", () => {
    const floating = endpoint("app", [], ["app out", "app in"], { unknownAddresses: [4] });
    const ends = [endpoint("web", web, ["web out", "web in"]), floating];
    const byAddress = stage("web out", "out", [rule("allow", [{ addresses: app }], "tcp/8080")]);
    const actual = { ...changed(byAddress), endpoints: ends };
    const { verdict, differences, unknowns } = compareTopologies(actual, {
      ...meant,
      endpoints: ends,
    });
    assert.equal(verdict, "violated", "10.0.2.0/24 may also be somebody else's");
    assert.deepEqual(differences.map(brief), [
      "perhaps missing web → app v4",
      "extra web → internet v4",
    ]);
    assert.deepEqual(unknowns, [{ urn: "app", path: "addresses" }]);
    const input = { urn: "urn:rule", path: "ports" };
    const conditional = { ...rule("allow", [{}], "udp"), conditions: [{ kind: "unknown", input }] };
    const second = compareTopologies(
      changed(stage("web in", "in", [rule("allow", [{}], "tcp/443"), conditional as Rule])),
      meant,
    );
    assert.equal(second.verdict, "unknown");
    assert.deepEqual(second.unknowns, [input]);
  });

  it("stays open while something could not be read", () => {
    const unknowns = [{ urn: "urn:group", path: "ingress" }];
    assert.equal(compareTopologies({ ...meant, unknowns }, meant).verdict, "unknown");
  });

  it("takes an endpoint that is not planned for closed", () => {
    const { differences } = compareTopologies(
      { ...meant, endpoints: meant.endpoints.slice(0, 1) },
      meant,
    );
    assert.deepEqual(differences.map(brief), ["missing web → app v4"]);
  });

  it("leaves out what a host says to itself, and nothing else", () => {
    const open = stage("open", "in", [rule("allow", [{}])]);
    const shut = {
      ...open,
      tiers: [{ rules: [], otherwise: "deny", otherwiseOrigin: "" }],
    } as const;
    const selfFlows = (addresses: typeof web) => {
      const ends = [endpoint("web", addresses, ["open"])];
      const { differences } = compareTopologies(topology(ends, [open]), topology(ends, [shut]));
      return differences.filter(({ from, to }) => from.endpoint === to.endpoint).length;
    };
    assert.deepEqual([selfFlows(cidrs("10.0.1.7/32")), selfFlows(web)], [0, 1]);
  });

  it("finds every request whose reply does not come back", () => {
    let lost = 0;
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, fc.nat(), (actual, other, start) => {
        const stages = other.stages.map((one) => ({ ...one, stateful: true }));
        const wanted = { ...other, stages, endpoints: actual.endpoints };
        const { differences } = compareTopologies(actual, wanted);
        const settled = differences.filter((one) => key(one) === "settled reply-blocked");
        for (let i = 0; i < 200; i++) {
          const packet = packetAt(actual, picker(start + i));
          if (packet === undefined || packet.sourcePort < clientPorts.from) continue;
          if (isBetweenOutsiders(actual, packet) || isToItself(actual, packet)) continue;
          const isMeant = walk(wanted, packet, "must").arrives;
          if (!isMeant || !walk(actual, packet, "must").arrives) continue;
          if (walk(actual, packet, "may").replyArrives) continue;
          lost++;
          assert.ok(settled.some((one) => concerns(one, packet)));
        }
      }),
      { numRuns: 250 },
    );
    assert.ok(lost > 50, `${lost} replies lost`);
  });

  it("finds every packet that differs, and none that does not", () => {
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, fc.nat(), (actual, other, start) => {
        const wanted = { ...other, endpoints: actual.endpoints };
        const { differences } = compareTopologies(actual, wanted);
        for (let i = 0; i < 200; i++) {
          const packet = packetAt(actual, picker(start + i));
          if (packet === undefined) continue;
          const reported = new Set(differences.filter((one) => concerns(one, packet)).map(key));
          for (const one of truth(actual, wanted, packet)) {
            assert.ok(reported.has(one), `${one} not found`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("recompare", () => {
  it("finds after a changed stage what a new comparison finds", () => {
    fc.assert(
      fc.property(topologyArbitrary, topologyArbitrary, fc.nat(3), (actual, other, index) => {
        const wanted = { ...other, endpoints: actual.endpoints };
        const stage = { ...(other.stages[3 - index] as Stage), id: `s${index}` };
        const stages = actual.stages.map((old) => (old.id === stage.id ? stage : old));
        const again = recompare(compareTopologies(actual, wanted), stage);
        const fresh = compareTopologies({ ...actual, stages }, wanted);
        assert.deepEqual(again.differences.map(full).sort(), fresh.differences.map(full).sort());
        assert.equal(again.verdict, fresh.verdict);
      }),
      { numRuns: 300 },
    );
  });

  it("cuts anew where a rule names what none has named", () => {
    const comparison = compareTopologies(meant, meant);
    const stage = (text: string) =>
      changed({ ...(meant.stages[1] as Stage), tiers: tiersOf(text) }).stages[1] as Stage;
    for (const text of ["tcp/443", "tcp/8080", "tcp/9000"]) {
      const { actual, differences } = recompare(comparison, stage(text));
      const isNew = actual.universe.vocabulary !== comparison.actual.universe.vocabulary;
      assert.equal(isNew, text === "tcp/9000");
      assert.equal(differences.length, text === "tcp/443" ? 0 : 2, text);
    }
  });
});

describe("recompare, of what had one class or one bit", () => {
  const withRule = (one: Rule): Stage => {
    const tiers = [{ rules: [one], otherwise: "deny", otherwiseOrigin: "" }] as const;
    return { ...(meant.stages[1] as Stage), tiers };
  };
  const below = { addresses: [{ from: 0n, to: (web[0]?.from ?? 0n) - 1n }] };

  for (const [name, one] of [
    ["addresses", rule("allow", [below], "tcp/443")],
    ["ports", rule("allow", [{}], "tcp/0-442")],
  ] as const) {
    it(`cuts ${name} anew`, () => {
      const changedStage = withRule(one);
      const again = recompare(compareTopologies(meant, meant), changedStage);
      const fresh = compareTopologies(changed(changedStage), meant);
      assert.deepEqual(again.differences.map(full), fresh.differences.map(full));
      assert.ok(fresh.differences.length > 0);
    });
  }
});

const tiersOf = (text: string): Stage["tiers"] => [
  { rules: [rule("allow", [{}], text)], otherwise: "deny", otherwiseOrigin: "default" },
];

const full = (difference: Difference) => {
  const { from, to, selectors } = difference;
  return `${brief(difference)} ${said(selectors)} ${said(from.addresses)} ${said(to.addresses)}`;
};

const said = (set: Difference["selectors"]) => set.map(({ from, to }) => `${from}-${to}`).join();

const key = ({ kind, settled }: { kind: DifferenceKind; settled: boolean }) =>
  `${settled ? "settled" : "open"} ${kind}`;

/** What the walk says of one packet. */
function truth(actual: Topology, wanted: Topology, packet: Packet): string[] {
  if (isBetweenOutsiders(actual, packet) || isToItself(actual, packet)) return [];
  const arrives = (one: Topology, reading: "may" | "must") => walk(one, packet, reading).arrives;
  const found: string[] = [];
  const [may, must] = [arrives(actual, "may"), arrives(actual, "must")];
  const [wantedMay, wantedMust] = [arrives(wanted, "may"), arrives(wanted, "must")];
  if (may && !wantedMust) found.push(must && !wantedMay ? "settled extra" : "open extra");
  if (wantedMay && !must) found.push(wantedMust && !may ? "settled missing" : "open missing");
  return found;
}

function concerns(difference: Difference, { from, to, selector }: Packet): boolean {
  const includes = (side: Difference["from"], end: PacketEnd) =>
    side.endpoint === end.endpoint &&
    (typeof end.address !== "bigint" || has(side.addresses, end.address));
  return (
    has(difference.selectors, selector) &&
    difference.family === familyOfEnd(from) &&
    includes(difference.from, from) &&
    includes(difference.to, to)
  );
}

function familyOfEnd({ address }: PacketEnd): Family {
  return typeof address === "bigint" ? familyOf(address) : address.unknown;
}

function isBetweenOutsiders({ endpoints: all }: Topology, { from, to }: Packet): boolean {
  return [from, to].every(
    ({ endpoint: id }) => all.find((one) => one.id === id)?.outside !== false,
  );
}

function isToItself({ endpoints: all }: Topology, { from, to }: Packet): boolean {
  if (from.endpoint !== to.endpoint || typeof from.address !== "bigint") return false;
  return from.address === to.address && all.some(({ id }) => id === from.endpoint);
}
