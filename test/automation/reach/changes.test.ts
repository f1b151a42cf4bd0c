/** What two states of a network differ in, by name. */
import assert from "node:assert/strict";
import { namedChanges } from "../../../automation/reach/changes.ts";
import { everyLayer4, portSet, tryParsePorts } from "../../../model/base/layer4.ts";
import type { Condition, Endpoint, Rule, Topology } from "../../../model/network/topology.ts";

const open: Condition = { kind: "request", says: "GET /" };

interface Allowed {
  readonly from: string;
  readonly ports: string;
  readonly conditions?: readonly Condition[];
}

/** `b` in two parts, which `a` may call as told; everything else is closed. */
function network(...allowed: readonly Allowed[]): Topology {
  const endpoint = (id: string, name: string, stages: readonly string[]): Endpoint => ({
    id,
    name,
    addresses: [],
    unknownAddresses: [4, 6],
    groups: [name],
    stages,
  });
  const rules = allowed.map(({ from, ports, conditions }): Rule => {
    const range = tryParsePorts(ports);
    assert.ok(range);
    const origin = { urn: "u", path: "p" };
    const peers = [{ group: from }];
    const rule: Rule = { action: "allow", peers, selectors: portSet(range), origin };
    return conditions === undefined ? rule : { ...rule, conditions };
  });
  const stage = (id: string, direction: "in" | "out", own: readonly Rule[]) =>
    ({
      id,
      plane: "network-policy",
      direction,
      stateful: true,
      tiers: [{ rules: own, otherwise: "deny", otherwiseOrigin: "closed" }],
    }) as const;
  const toB: Rule = {
    action: "allow",
    peers: [{ group: "b" }],
    selectors: everyLayer4,
    origin: { urn: "u", path: "p" },
  };
  return {
    endpoints: [
      endpoint("a", "a", ["out", "shut"]),
      endpoint("b1", "b", ["in", "quiet"]),
      endpoint("b2", "b", ["in", "quiet"]),
    ],
    stages: [
      stage("in", "in", rules),
      stage("out", "out", [toB]),
      stage("shut", "in", []),
      stage("quiet", "out", []),
    ],
    residuals: [],
    unknowns: [],
  };
}

const pair = { from: "a", to: "b", addresses: [], settled: true };
const calls = (ports: string, conditions?: readonly Condition[]): Allowed =>
  conditions === undefined ? { from: "a", ports } : { from: "a", ports, conditions };

describe("changes between two states", () => {
  const cases: [string, Topology, Topology, readonly object[]][] = [
    ["none", network(calls("tcp/80")), network(calls("tcp/80")), []],
    [
      "a new flow, of both families and parts as one",
      network(),
      network(calls("tcp/80")),
      [{ ...pair, kind: "added", added: "tcp/80", removed: "nothing", reading: "may" }],
    ],
    [
      "a flow that is gone",
      network(calls("tcp/80")),
      network(),
      [{ ...pair, kind: "removed", added: "nothing", removed: "tcp/80", reading: "may" }],
    ],
    [
      "another port",
      network(calls("tcp/80")),
      network(calls("tcp/81")),
      [{ ...pair, kind: "changed", added: "tcp/81", removed: "tcp/80", reading: "may" }],
    ],
    [
      "none where both hang on the same",
      network(calls("any", [open])),
      network(calls("any", [open])),
      [],
    ],
    [
      "a flow of which nobody can tell yet",
      network(),
      network(calls("tcp/80", [open])),
      [
        {
          ...pair,
          kind: "added",
          added: "tcp/80",
          removed: "nothing",
          reading: "may",
          settled: false,
        },
      ],
    ],
    [
      "what passes surely now",
      network(calls("tcp/80", [open])),
      network(calls("tcp/80")),
      [{ ...pair, kind: "added", added: "tcp/80", removed: "nothing", reading: "surely" }],
    ],
  ];
  for (const [what, before, after, changes] of cases) {
    it(what, () => {
      const found = namedChanges(before, after).map(({ witness: _, ...change }) => change);
      assert.deepEqual(found, changes);
    });
  }

  it("show a packet, and what decides about it in each state", () => {
    const [change] = namedChanges(network(calls("tcp/80")), network(calls("tcp/81")));
    assert.deepEqual(change?.witness, {
      packet: "a (some IPv4) → b (some IPv4) tcp/81",
      ends: ["a", "b1"],
      before: { arrives: false, by: ["network-policy in: closed"], origins: [] },
      after: {
        arrives: true,
        by: ["network-policy out: u p", "network-policy in: u p"],
        origins: [
          { urn: "u", path: "p" },
          { urn: "u", path: "p" },
        ],
      },
    });
  });

  it("take what is sifted alone", () => {
    assert.deepEqual(
      namedChanges(network(), network(calls("tcp/80")), () => []),
      [],
    );
  });

  it("are not looked for among more pairs than can be compared", () => {
    const [one] = network().endpoints;
    assert.ok(one);
    const many = Array.from({ length: 20_001 }, (_, index) => ({ ...one, id: `${index}` }));
    assert.throws(
      () => namedChanges(network(), { ...network(), endpoints: many }),
      /\[input-too-large\]/,
    );
  });
});
