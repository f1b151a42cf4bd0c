/** Which addresses are somebody's, and which the internet's. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { cidrSet, everyAddressOf, parseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import { addressesOfEnds } from "../../../model/reach/end-addresses.ts";
import { arrival, computeReach } from "../../../model/reach/reach.ts";
import { universeOf } from "../../../model/reach/universe.ts";
import { topologyArbitrary } from "./topologies.ts";

const server: Endpoint = {
  id: "server",
  name: "server",
  addresses: cidrSet([parseCidr("10.0.0.1/32", "server")]),
  unknownAddresses: [],
  groups: [],
  stages: [],
};

const services: Endpoint = {
  ...server,
  id: "services",
  name: "services",
  addresses: everyAddressOf[4],
  outside: true,
};

function around(...outside: readonly Endpoint[]): Topology {
  return { endpoints: [server, ...outside], stages: [], residuals: [], unknowns: [] };
}

const somebody = 0xcb007107n;

function fromSomebody(topology: Topology, endpoint: string | undefined): boolean {
  const packet = {
    from: { endpoint, address: somebody },
    to: { endpoint: "server", address: 0x0a000001n },
    selector: (6n << 16n) + 443n,
    sourcePort: 50_000,
  };
  return arrival(computeReach(topology), packet, "must").arrives;
}

describe("ends of a network", () => {
  it("are no longer the internet's where an endpoint has their addresses", () => {
    assert.ok(fromSomebody(around(), undefined));
    assert.ok(fromSomebody(around(services), "services"));
    assert.throws(() => fromSomebody(around(services), undefined), /no end for undefined/);
  });

  it("give every address of an endpoint to exactly one of its ends", () => {
    fc.assert(
      fc.property(topologyArbitrary, (topology) => {
        const universe = universeOf([topology]);
        for (const [subject, { states }] of universe.subjects.entries()) {
          const own = states[0]?.addresses ?? [];
          const ends = universe.ends.ofSubject[subject] ?? [];
          const parts = ends.map((end) => addressesOfEnds(universe, subject, [end]));
          assert.deepEqual(parts.reduce(union, []), own);
          const sizes = parts.map(sizeOf).reduce((sum, size) => sum + size, 0n);
          assert.equal(sizes, sizeOf(own));
          for (const [index, end] of ends.entries()) {
            const all = addressesOfEnds(universe, undefined, [end]);
            assert.ok(covers(all, parts[index] ?? []));
          }
        }
      }),
    );
  });
});

function sizeOf(set: IntervalSet): bigint {
  return set.reduce((sum, { from, to }) => sum + to - from + 1n, 0n);
}
