/** Which addresses are somebody's, and which the internet's. */
import assert from "node:assert/strict";
import { cidrSet, everyAddressOf, parseCidr } from "../../../model/base/address.ts";
import type { Endpoint, Topology } from "../../../model/network/topology.ts";
import { arrival, computeReach } from "../../../model/reach/reach.ts";

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
});
