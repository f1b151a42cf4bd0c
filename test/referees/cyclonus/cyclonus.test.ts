/** cyclonus' generated NetworkPolicy cases: what its matcher lets pass, packet by packet. */
import assert from "node:assert/strict";
import { has } from "../../../model/base/interval-set.ts";
import { protocolInterval } from "../../../model/base/layer4.ts";
import type { Topology } from "../../../model/network/topology.ts";
import type { PacketEnd } from "../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../model/network/walk.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import { arrival, computeReach } from "../../../model/reach/reach.ts";
import { readCluster } from "../../../policy-packs/lift/kubernetes/cluster.ts";
import type { NetworkPlugin } from "../../../policy-packs/lift/kubernetes/plugin.ts";
import { policyProtocols } from "../../../policy-packs/lift/kubernetes/policy.ts";
import { liftCluster } from "../../../policy-packs/lift/kubernetes/topology.ts";
import type { Case, Probed, Step } from "./build.ts";
import { provideCases } from "./build.ts";

const minutes = 60_000;

/** cyclonus matches address blocks with pods' addresses, as most plugins do. */
const plugin: NetworkPlugin = { enforces: true, blocksMatchPods: true, bindsHostNetwork: true };

describe("cyclonus and the lifted cluster let the same packets pass", function () {
  this.timeout(10 * minutes);

  let cases: readonly Case[] = [];
  before(function () {
    const provided = provideCases();
    if ("why" in provided) {
      process.stderr.write(`${provided.why}\n`);
      this.skip();
    }
    cases = provided;
  });

  it("has all its cases", () => assert.equal(cases.length, 230));

  it("in every case and step", () => {
    const differences = cases.flatMap((one) =>
      one.steps.flatMap((step, index) =>
        disagreements(step).map((said) => `${one.name}, step ${index + 1}: ${said}`),
      ),
    );
    assert.deepEqual(differences.slice(0, 10), []);
  });
});

function disagreements(step: Step): string[] {
  const topology = topologyOf(step);
  const reach = computeReach(topology);
  return (step.probes ?? []).flatMap((probe) => {
    const ours = walked(topology, reach, probe);
    const theirs = { ingress: probe.ingress, egress: probe.egress };
    const same = ours.ingress === theirs.ingress && ours.egress === theirs.egress;
    if (same) return [];
    const { from, to, protocol, port } = probe;
    return [`${from} to ${to} ${protocol}/${port}: ${JSON.stringify({ ours, theirs })}`];
  });
}

function topologyOf({ namespaces, pods, policies }: Step): Topology {
  const objects = [...namespaces, ...pods, ...(policies ?? [])];
  const cluster = readCluster(objects.map((value, index) => ({ at: `#${index}`, value })));
  assert.deepEqual(cluster.problems, []);
  return liftCluster(cluster, plugin).topology;
}

/** By the naive walk; the bitsets must agree. */
function walked(
  topology: Topology,
  reach: Reach,
  probe: Probed,
): { ingress: boolean; egress: boolean } {
  const protocol = policyProtocols.get(probe.protocol) ?? 0;
  const selector = protocolInterval(protocol, probe.port, probe.port).from;
  const from = endOf(topology, probe.from);
  const to = endOf(topology, probe.to);
  const packet = { from, to, selector, sourcePort: ephemeralPort };
  const [may, must] = (["may", "must"] as const).map((reading) => walk(topology, packet, reading));
  // Everything is known here, so both readings say the same.
  assert.equal(may?.arrives, must?.arrives);
  assert.equal(arrival(reach, packet, "may").arrives, may?.arrives);
  const passes = (direction: string) =>
    may?.steps
      .filter(({ stage }) => stage.direction === direction)
      .every(({ action }) => action === "allow") === true;
  return { ingress: passes("in"), egress: passes("out") };
}

function endOf(topology: Topology, pod: string): PacketEnd {
  const endpoint = topology.endpoints.find(({ id }) => id === `${pod}[Pod]`);
  assert.ok(endpoint, pod);
  const [address] = endpoint.addresses;
  assert.ok(address !== undefined && has(endpoint.addresses, address.from), pod);
  return { endpoint: endpoint.id, address: address.from };
}
