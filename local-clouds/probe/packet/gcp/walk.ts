/** A packet's way through Google Cloud: firewalls, routes, and wherever they lead. */

import { addressOf, holds, isPublic, lengthOf } from "../address.ts";
import { type Packet, toAddress } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { balance } from "./balancing/balance.ts";
import { googleRanges } from "./balancing/proxies.ts";
import { toInternet } from "./external.ts";
import { firewalls } from "./firewall.ts";
import type { GcpInterface } from "./interface.ts";
import { byLink, sameLink } from "./networks.ts";
import { ownerIn } from "./owners.ts";
import { type Route, routeFrom } from "./routes.ts";
import { gcp } from "./tokens.ts";
import { isLearning } from "./vpn.ts";

const routeStage: Stage = {
  stage: "routes",
  document: "Google Cloud VPC: Routes, Routing order",
};
const dynamicStage: Stage = {
  stage: "routes",
  document: "Google Cloud VPC: Routes, Dynamic routes",
};
const tunnelStage: Stage = {
  stage: "Cloud VPN tunnel",
  document: "Cloud VPN: Networks and tunnel routing",
};
const interfaceStage: Stage = {
  stage: "network interface",
  document: "Google Cloud VPC: Subnets",
};
const metadataStage: Stage = {
  stage: "metadata server",
  document: "Google Cloud VPC: VPC firewall rules, Always allowed traffic",
};

/** The metadata server: DHCP, DNS, metadata and time. */
const metadata = ["169.254.169.254", "fd20:ce::254"];

/**
 * Health checks come from here, by ways of their own ("Health checks overview", "Probe IP ranges");
 * the last two are those of external passthrough load balancers.
 */
const healthChecks = [...googleRanges, "209.85.152.0/22", "209.85.204.0/22"];

/** From an interface to wherever the routes lead. */
export function* leaveGcp(trip: Trip, packet: Packet, from: GcpInterface): Leaving {
  const { deployed } = trip;
  if (metadata.some((text) => addressOf(text)?.onLine === packet.destination.onLine)) {
    yield passes(metadataStage, packet.destination.text, "always allowed");
    return undefined;
  }
  const route = routeFrom(deployed, from, packet.destination);
  const receiver = receiverOf(trip, packet, from, route);
  yield* firewalls({ deployed, direction: "EGRESS", packet, own: from, other: receiver });
  yield* mayLearn(trip, packet, from, route);
  if (route === undefined) {
    return yield* ends(drops(routeStage, from.network, `no route to ${packet.destination.text}`));
  }
  yield* take(route);
  if (route.kind === "tunnel") {
    yield* intoTunnel(trip, route.to);
    return undefined;
  }
  if (route.kind === "internet") return yield* toInternet(deployed, packet, from);
  if (route.kind === "peering" && receiver !== undefined) {
    trip.back.push(() => backTo(trip, packet, from, receiver));
  }
  yield* arrive(trip, packet, from, receiver, route.to);
  return undefined;
}

/** The reply is routed by the other network. */
function* backTo(trip: Trip, packet: Packet, from: GcpInterface, receiver: GcpInterface): Walk {
  const route = routeFrom(trip.deployed, receiver, packet.source);
  const returns = route?.kind === "peering" && sameLink(route.to, from.network);
  const rule = `back to ${packet.source.text}: ${route?.name ?? "no route"}`;
  yield returns
    ? passes(routeStage, receiver.network, rule)
    : drops(routeStage, receiver.network, rule);
}

/** A private address for which nothing but a default route is known may have been announced by BGP. */
function* mayLearn(trip: Trip, packet: Packet, from: GcpInterface, route: Route | undefined): Walk {
  const { destination } = packet;
  if (isPublic(destination) || (route !== undefined && lengthOf(route.range) > 0)) return;
  if (!isLearning(trip.deployed, from.network)) return;
  const rule = `whether a peer has announced a route to ${destination.text} by BGP`;
  yield* ends(cannotTell(dynamicStage, from.network, rule));
}

/** Into a tunnel: the packet is handed to the peer's gateway, whose network is its own. */
function* intoTunnel(trip: Trip, link: string): Walk {
  const tunnel = byLink(trip.deployed, link, gcp.vpnTunnel);
  if (tunnel === undefined) {
    return yield* ends(drops(tunnelStage, link, "there is no such tunnel"));
  }
  yield passes(tunnelStage, tunnel.id, `to ${String(tunnel.properties["peerIp"])}`);
}

/** From a peer's network by a tunnel; `undefined` where no route of the receiver's network leads there. */
export function fromPeer(trip: Trip, packet: Packet, to: GcpInterface): Walk | undefined {
  const route = routeFrom(trip.deployed, to, packet.source);
  return route?.kind === "tunnel" ? outOfTunnel(trip, packet, to, route) : undefined;
}

function* outOfTunnel(trip: Trip, packet: Packet, to: GcpInterface, route: Route): Walk {
  yield passes(tunnelStage, route.to, `from ${route.range}, to which ${route.name} leads back`);
  yield* arrive(trip, packet, undefined, to, to.network);
}

function* take(route: Route): Walk {
  const rule = `${route.name}: ${route.range} -> ${route.to}`;
  yield route.kind === "elsewhere"
    ? cannotTell(routeStage, route.name, `${rule}: what the next hop does with the packet`)
    : passes(routeStage, route.name, rule);
}

function receiverOf(
  trip: Trip,
  packet: Packet,
  from: GcpInterface,
  route: Route | undefined,
): GcpInterface | undefined {
  const network = route?.kind === "peering" ? route.to : from.network;
  const { onLine } = packet.destination;
  const { to } = trip;
  const meant = to.cloud === "gcp" && sameLink(to.network, network) ? to : undefined;
  return meant?.addresses.some((one) => one.onLine === onLine)
    ? meant
    : ownerIn(trip.deployed, network, packet.destination);
}

function* arrive(
  trip: Trip,
  packet: Packet,
  sender: GcpInterface | undefined,
  receiver: GcpInterface | undefined,
  network: string,
): Walk {
  const { text } = packet.destination;
  if (receiver === undefined) {
    return yield* ends(drops(interfaceStage, network, `no subnet holds ${text}`));
  }
  yield passes(interfaceStage, receiver.id, text);
  if (receiver.balancer !== undefined) return yield* balance(trip, packet, receiver, sender);
  const { deployed } = trip;
  yield* firewalls({ deployed, direction: "INGRESS", packet, own: receiver, other: sender });
}

/** From the internet, or from a health check, to an interface. */
export function* enterGcp(trip: Trip, packet: Packet, owner: GcpInterface): Walk {
  if (owner.balancer !== undefined) {
    return yield* arrive(trip, packet, undefined, owner, owner.network);
  }
  const probed = healthChecks.some((range) => holds(range, packet.source));
  if (!probed) trip.back.push(() => routeBack(trip, packet, owner));
  yield* arrive(trip, insideOf(packet, owner), undefined, owner, owner.network);
}

/** Whether a source is one of the health checks', which reach internal addresses. */
export function isHealthCheck(packet: Packet): boolean {
  return healthChecks.some((range) => holds(range, packet.source));
}

/** The reply to the internet needs a route to the internet, as any packet does. */
function* routeBack(trip: Trip, packet: Packet, owner: GcpInterface): Walk {
  const route = routeFrom(trip.deployed, owner, packet.source);
  const { text } = packet.source;
  if (route === undefined) yield drops(routeStage, owner.network, `no route back to ${text}`);
  else if (route.kind === "internet") yield passes(routeStage, route.name, `back to ${text}`);
  else yield cannotTell(routeStage, route.name, `the reply to ${text} goes to ${route.to}`);
}

function insideOf(packet: Packet, owner: GcpInterface): Packet {
  const own = owner.addresses.find(({ family }) => family === packet.destination.family);
  return own === undefined ? packet : toAddress(packet, own);
}
