/** Clusters written as YAML, and packets through what they are lifted to. */
import assert from "node:assert/strict";
import { documentsOf } from "../../../../automation/manifests/documents.ts";
import { portSet, tryParsePorts } from "../../../../model/base/layer4.ts";
import type { Topology } from "../../../../model/network/topology.ts";
import type { PacketEnd, Reading } from "../../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../../model/network/walk.ts";
import { arrival, computeReach } from "../../../../model/reach/reach.ts";
import type { ReadCluster } from "../../../../policy-packs/lift/kubernetes/cluster.ts";
import { readCluster } from "../../../../policy-packs/lift/kubernetes/cluster.ts";
import type { NetworkPlugin } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import { plainReading } from "../../../../policy-packs/lift/kubernetes/plugin.ts";
import type { LiftedCluster } from "../../../../policy-packs/lift/kubernetes/topology.ts";
import { liftCluster } from "../../../../policy-packs/lift/kubernetes/topology.ts";

/** Pods for the tests: web, app and data in `shop`, batch in `jobs`, each with its name as label. */
export const shop = `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: shop}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: jobs, labels: {team: jobs}}}
---
${pod("shop", "web", "{name: http, containerPort: 8080}")}
---
${pod("shop", "app", "{name: http, containerPort: 9090}")}
---
${pod("shop", "data", "{name: http, containerPort: 53, protocol: UDP}")}
---
${pod("jobs", "batch", "{name: other, containerPort: 8080}")}
`;

function pod(namespace: string, name: string, port: string): string {
  const labels = `{app: ${name}, common: "yes"}`;
  const spec = `{containers: [{name: main, image: x, ports: [${port}]}]}`;
  return `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: ${namespace}, labels: ${labels}}, spec: ${spec}}`;
}

/** A NetworkPolicy in `shop` with the given spec, in YAML's flow form. */
export function policy(spec: string, name = "p"): string {
  return `\n---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}`;
}

export function read(yaml: string): ReadCluster {
  return readCluster(documentsOf("test.yaml", yaml));
}

export function lift(yaml: string, plugin: NetworkPlugin = plainReading): LiftedCluster {
  const cluster = read(yaml);
  assert.deepEqual(cluster.problems, []);
  return liftCluster(cluster, plugin);
}

/** Whether the packet arrives: `yes`, `no`, or `perhaps` where the readings differ. */
export function arrives(
  { topology }: LiftedCluster,
  from: string,
  to: string,
  ports: string,
): "yes" | "no" | "perhaps" {
  const may = passes(topology, from, to, ports, "may");
  const must = passes(topology, from, to, ports, "must");
  assert.ok(may || !must, "what surely passes may pass");
  return must ? "yes" : may ? "perhaps" : "no";
}

function passes(
  topology: Topology,
  from: string,
  to: string,
  ports: string,
  reading: Reading,
): boolean {
  const range = tryParsePorts(ports);
  assert.ok(range, ports);
  const [selectors] = portSet(range);
  assert.ok(selectors, ports);
  const packet = {
    from: end(topology, from),
    to: end(topology, to),
    selector: selectors.from,
    sourcePort: ephemeralPort,
  };
  const walked = walk(topology, packet, reading).arrives;
  assert.equal(arrival(computeReach(topology), packet, reading).arrives, walked, "bitsets agree");
  return walked;
}

function end(topology: Topology, text: string): PacketEnd {
  if (text === "internet") return { endpoint: undefined, address: 0xcb007107n };
  const endpoint = topology.endpoints.find(({ id }) => id === `${text}[Pod]`);
  assert.ok(endpoint, text);
  const [known] = endpoint.addresses;
  const address = known === undefined ? ({ unknown: 4 } as const) : known.from;
  return { endpoint: endpoint.id, address };
}
