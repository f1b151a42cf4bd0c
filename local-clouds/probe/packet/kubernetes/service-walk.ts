/**
 * A packet to a Service, until it is one to a pod.
 *
 * Kubernetes, "Virtual IPs and Service Proxies": each node redirects what goes to the cluster address
 * and port to one of the endpoints, without rewriting the client's address; what comes in by a node
 * port or a load balancer gets another source, unless `externalTrafficPolicy` is `Local`. "Headless
 * Services": no address, no proxy; DNS gives the pods' own addresses.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { holds } from "../address.ts";
import { textOf, textsOf } from "../deployed.ts";
import { hasPorts, type Packet, protocolName, toAddress } from "../packet.ts";
import { type Trip, withReply } from "../trip.ts";
import { cannotTell, drops, ends, follow, oneOf, passes, type Stage, type Walk } from "../walk.ts";
import { type Endpoint, endpointsOf, podsOf, portOf } from "./endpoints.ts";
import type { Service } from "./service.ts";

const stage: Stage = { stage: "Service", document: "Kubernetes: Service, Defining a Service" };
const proxyStage: Stage = {
  stage: "Service",
  document: "Kubernetes: Virtual IPs and Service Proxies",
};
const headlessStage: Stage = {
  stage: "Service",
  document: "Kubernetes: Service, Headless Services",
};
const externalStage: Stage = { stage: "Service", document: "Kubernetes: Service, ExternalName" };
const policyStage: Stage = {
  stage: "Service",
  document: "Kubernetes: Virtual IPs and Service Proxies, Traffic policies",
};
const balancerStage: Stage = {
  stage: "Service load balancer",
  document: "Kubernetes: Service, type: LoadBalancer",
};

/** Where a packet to a Service comes in. */
export type Entrance = "cluster address" | "node port" | "load balancer";

/** The way on from an endpoint, as steps that are followed to their end. */
export type Onward = (trip: Trip, packet: Packet, endpoint: Endpoint) => Walk;

/** By which of its entrances a packet from outside of the cluster reaches a Service; it ends where none has its port. */
export function* entranceOf(service: Service, packet: Packet): Walk<Entrance> {
  if (service.type === "ExternalName") return yield* elsewhere(service);
  const text = `${protocolName(packet)} ${packet.port}`;
  if (service.type === "LoadBalancer" && portOf(service, packet, "port") !== undefined) {
    yield* admitted(service, packet);
    return "load balancer";
  }
  const published = service.type === "NodePort" || service.type === "LoadBalancer";
  if (published && portOf(service, packet, "nodePort") !== undefined) return "node port";
  const rule = `${service.type} without a port ${text} for the outside of its cluster`;
  return yield* ends(drops(stage, service.id, rule));
}

/** `loadBalancerSourceRanges` limit who may come in ("Service", ServiceSpec). */
function* admitted(service: Service, packet: Packet): Walk {
  const ranges = textsOf(service.spec, "loadBalancerSourceRanges");
  if (ranges.length > 0 && !ranges.some((range) => holds(range, packet.source))) {
    const rule = `loadBalancerSourceRanges ${ranges.join(", ")} leave ${packet.source.text} out`;
    return yield* ends(drops(balancerStage, service.id, rule));
  }
  yield passes(balancerStage, service.id, `${protocolName(packet)} ${packet.port}`);
}

function* elsewhere(service: Service): Walk<never> {
  const name = textOf(service.spec, "externalName") ?? "no name";
  return yield* ends(cannotTell(externalStage, service.id, `which address ${name} has`));
}

/** To every endpoint that the Service may choose, where all come to the same. */
export function* throughService(
  trip: Trip,
  packet: Packet,
  service: Service,
  entrance: Entrance,
  onward: Onward,
): Walk {
  if (service.type === "ExternalName") return yield* elsewhere(service);
  if (!hasPorts(packet)) {
    const rule = `what the proxy does with ${protocolName(packet)}`;
    return yield* ends(cannotTell(proxyStage, service.id, rule));
  }
  const endpoints = service.headless
    ? yield* podsBehind(trip, packet, service)
    : yield* endpointsFor(trip, packet, service, entrance);
  const ways = endpoints.map((endpoint) => {
    const own: Trip = { ...trip, back: [] };
    const name = endpoint.pod?.id ?? endpoint.address?.text ?? "";
    const there = onward(own, redirected(packet, endpoint), endpoint);
    return { name, steps: follow(withReply(own, there)) };
  });
  yield* oneOf(proxyStage, service.id, ways);
  yield* localOnly(service, entrance);
}

/**
 * A policy `Local` sends only to endpoints of the node that the packet is at; a load balancer leaves
 * nodes without one out.
 */
function* localOnly({ id, spec }: Service, entrance: Entrance): Walk {
  if (entrance === "load balancer") return;
  const key = entrance === "node port" ? "externalTrafficPolicy" : "internalTrafficPolicy";
  if (textOf(spec, key) !== "Local") return;
  yield cannotTell(policyStage, id, `${key} Local: whether an endpoint runs on this node`);
}

function redirected(packet: Packet, { address, port }: Endpoint): Packet {
  return { ...(address === undefined ? packet : toAddress(packet, address)), port };
}

function* podsBehind(trip: Trip, packet: Packet, service: Service): Walk<readonly Endpoint[]> {
  const pods = podsOf(trip.deployed, service);
  if (pods.length === 0) {
    return yield* ends(
      drops(headlessStage, service.id, "headless, and its selector selects no pod"),
    );
  }
  yield passes(headlessStage, service.id, "headless: DNS gives the pods' own addresses");
  return pods.map((pod) => ({ pod, address: pod.addresses[0], port: packet.port }));
}

function* endpointsFor(
  trip: Trip,
  packet: Packet,
  service: Service,
  entrance: Entrance,
): Walk<readonly Endpoint[]> {
  const key = entrance === "node port" ? "nodePort" : "port";
  const port = portOf(service, packet, key);
  if (port === undefined) {
    const rule = `no port ${protocolName(packet)} ${packet.port}`;
    return yield* ends(drops(stage, service.id, rule));
  }
  const endpoints = endpointsOf(trip.deployed, service, port);
  if (endpoints.length === 0) {
    return yield* ends(drops(proxyStage, service.id, `${nameOf(port)} has no endpoint`));
  }
  const targets = [...new Set(endpoints.map((one) => one.port))].join(", ");
  yield passes(proxyStage, service.id, `${nameOf(port)} -> port ${targets} of ${list(endpoints)}`);
  return endpoints;
}

function nameOf(port: JsonObject): string {
  return `${textOf(port, "protocol") ?? "TCP"} ${String(port["port"])}`;
}

function list(endpoints: readonly Endpoint[]): string {
  return endpoints.map(({ pod, address }) => pod?.id ?? address?.text ?? "").join(", ");
}
