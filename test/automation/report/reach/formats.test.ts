/** The formats in which all connections are written. */
import assert from "node:assert/strict";
import { connectionDot } from "../../../../automation/report/reach/dot.ts";
import { connectionLines, networkLines } from "../../../../automation/report/reach/lines.ts";
import { connectionMatrix } from "../../../../automation/report/reach/matrix.ts";
import { mergedConnections } from "../../../../automation/report/reach/merged.ts";
import { rangeText, selectorsText } from "../../../../automation/report/reach/ports.ts";
import { connectionRows } from "../../../../automation/report/reach/table.ts";
import { cidrInterval, parseCidr } from "../../../../model/base/address.ts";
import { everyLayer4, portsSet, tryParsePorts } from "../../../../model/base/layer4.ts";
import type {
  Endpoint,
  PeerTerm,
  Rule,
  Stage,
  Topology,
} from "../../../../model/network/topology.ts";
import { computeReach } from "../../../../model/reach/reach.ts";

const addresses = (cidr: string) => [cidrInterval(parseCidr(cidr, "test"))];

function rule(peer: PeerTerm, ports: string, conditional = false): Rule {
  const range = tryParsePorts(ports);
  assert.ok(range);
  return {
    action: "allow",
    peers: [peer],
    selectors: portsSet([range]),
    ...(conditional ? { conditions: [{ kind: "request", says: "GET /" }] } : {}),
    origin: { urn: "u", path: "p" },
  };
}

function stage(id: string, direction: "in" | "out", rules: readonly Rule[]): Stage {
  const tiers = [{ rules, otherwise: "deny", otherwiseOrigin: "closed" }] as const;
  return { id, plane: "network-policy", direction, stateful: true, tiers };
}

function endpoint(id: string, name: string, stages: readonly string[]): Endpoint {
  return { id, name, addresses: [], unknownAddresses: [4], groups: [id], stages };
}

/**
 * `a` may call `b` on 80 and, perhaps, 90; some addresses, of which `b` may have one, call `a`; all
 * outside addresses are called by `b`.
 */
const topology: Topology = {
  endpoints: [
    endpoint("a", "ns/a[Pod]", ["a in", "a out"]),
    endpoint("b#1", "ns/b[Deployment]", ["b in", "b out"]),
    endpoint("b#2", "ns/b[Deployment]", ["b in", "b out"]),
  ],
  stages: [
    stage("a in", "in", [rule({ addresses: addresses("10.0.0.0/8") }, "udp/53")]),
    stage("a out", "out", [rule({ group: "b#1" }, "any"), rule({ group: "b#2" }, "any")]),
    stage("b in", "in", [rule({ group: "a" }, "tcp/80"), rule({ group: "a" }, "tcp/90", true)]),
    stage("b out", "out", [rule({}, "any")]),
  ],
  residuals: [],
  unknowns: [],
};
const reach = computeReach(topology);

describe("all connections are written as", () => {
  it("lines: by owner, ranges apart as each direction's rules cut them", () => {
    assert.deepEqual(connectionLines(reach), [
      "10.0.0.0-10.255.255.255[External] => ns/a[Pod] : UDP 53",
      "ns/a[Pod] => ns/b[Deployment] : TCP 80,90",
      "ns/b[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections",
      "ns/b[Deployment] => ns/a[Pod] : UDP 53",
    ]);
    assert.deepEqual(networkLines(reach), []);
  });

  it("a table: outside addresses together, and what is not settled", () => {
    assert.deepEqual(connectionRows(mergedConnections(reach)), [
      ["from", "to", "ports"],
      ["10.0.0.0/8", "ns/a[Pod]", "udp/53"],
      ["ns/a[Pod]", "ns/b[Deployment]", "tcp/80, tcp/90 ? surely tcp/80"],
      ["ns/b[Deployment]", "internet", "any"],
      ["ns/b[Deployment]", "ns/a[Pod]", "udp/53 ? surely nothing"],
    ]);
  });

  it("a graph, in which no name ends its quotes", () => {
    const [first] = mergedConnections(reach);
    assert.ok(first);
    const dot = connectionDot([{ ...first, from: 'a"];b', surely: "nothing" }]);
    assert.match(dot, /^digraph reach \{$/m);
    assert.match(dot, /^ {2}"a\\"\];b" -> "ns\/a\[Pod\]" \[label="udp\/53" style=dashed\];$/m);
  });

  it("a picture, in which no name is markup", () => {
    const [first] = mergedConnections(reach);
    assert.ok(first);
    const svg = connectionMatrix([{ ...first, from: "<script>" }]);
    assert.equal(svg.match(/<rect /g)?.length, 1);
    assert.doesNotMatch(svg, /<script>/);
    assert.match(svg, /^<svg [^>]*>.*<\/svg>$/s);
  });
});

describe("ports as people read them", () => {
  const texts: [readonly string[], string][] = [
    [["tcp/80", "tcp/8000-8010", "udp"], "tcp/80, tcp/8000-8010, udp"],
    [["icmp", "sctp/1"], "sctp/1, icmp"],
    [["any"], "any"],
    [[], "nothing"],
  ];
  for (const [ports, text] of texts) {
    it(text, () => {
      const ranges = ports.flatMap((one) => tryParsePorts(one) ?? []);
      assert.equal(selectorsText(portsSet(ranges)), text);
    });
  }

  it("other protocols are named together", () => {
    const [all] = everyLayer4;
    assert.ok(all);
    assert.equal(selectorsText([{ from: 50n << 16n, to: (51n << 16n) + 3n }]), "other protocols");
  });

  it("ranges of addresses are prefixes where they are", () => {
    assert.equal(rangeText(cidrInterval(parseCidr("10.0.0.0/8", "t"))), "10.0.0.0/8");
    assert.equal(rangeText(cidrInterval(parseCidr("fd00::/48", "t"))), "fd00::/48");
    assert.equal(rangeText({ from: 1n, to: 2n }), "0.0.0.1-0.0.0.2");
    assert.equal(rangeText({ from: 0n, to: 2n }), "0.0.0.0-0.0.0.2");
  });
});
