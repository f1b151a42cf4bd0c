/** A packet's way through AWS: groups, subnet's edge, routes, and wherever they lead. */

import { textOf } from "../deployed.ts";
import { fromAddress, type Packet, protocolNumbers } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage } from "../walk.ts";
import { arrive } from "./arrive.ts";
import { toGatewayEndpoint } from "./gateway-endpoints.ts";
import type { AwsInterface } from "./interface.ts";
import { outByEgressOnly, outByGateway } from "./internet.ts";
import { attachmentOf, ownerIn } from "./networks.ts";
import { overPeering, peerOf, sameRegion } from "./peering.ts";
import { platformService, reachesPlatform } from "./platform.ts";
import { type Route, routeFrom } from "./route-tables.ts";
import { takeRoute } from "./routing.ts";
import { securityGroups } from "./security-groups.ts";
import { subnetEdge } from "./subnet-edge.ts";
import { aws } from "./tokens.ts";
import { overTransit } from "./transit.ts";
import { intoVpn } from "./vpn-walk.ts";

const natStage: Stage = {
  stage: "NAT gateway",
  document: "Amazon VPC User Guide: NAT gateways, NAT gateway basics",
};
const targetStage: Stage = {
  stage: "route target",
  document: "Amazon VPC User Guide: Route tables, Middlebox routing",
};

/** From an interface to wherever the routes lead: delivered in AWS, or left for the internet. */
export function* leaveAws(trip: Trip, packet: Packet, from: AwsInterface): Leaving {
  const service = platformService(trip.deployed, packet, from);
  if (service !== undefined) {
    yield* reachesPlatform(service, packet);
    return undefined;
  }
  const endpoint = trip.to.cloud === "aws" ? trip.to.endpoint : undefined;
  if (endpoint !== undefined) {
    yield* toGatewayEndpoint(trip, packet, from, endpoint);
    return undefined;
  }
  const peer = { address: packet.destination, interface: receiverOf(trip, packet, from) };
  yield* securityGroups(trip.deployed, "egress", from, peer, packet);
  return yield* outOfSubnet(trip, packet, from);
}

/** Out of the sender's subnet, unless the receiver is in it. */
function* outOfSubnet(trip: Trip, packet: Packet, sender: AwsInterface): Leaving {
  const receiver = receiverOf(trip, packet, sender);
  if (receiver?.subnet.id !== sender.subnet.id) {
    yield* subnetEdge(trip, "egress", sender.subnet, packet);
  }
  const route = yield* takeRoute(trip, sender.subnet, packet.destination);
  return yield* along(trip, packet, sender, route);
}

/** The interface that will get the packet, where group references can see it. */
function receiverOf(trip: Trip, packet: Packet, from: AwsInterface): AwsInterface | undefined {
  const route = routeFrom(trip.deployed, from.subnet, packet.destination);
  const peered = route?.target.startsWith("pcx-") === true && sameRegion(trip, route.target);
  const vpcId = peered ? peerOf(trip, route.target, from.vpcId) : from.vpcId;
  if (vpcId === undefined) return undefined;
  const meant = trip.to.cloud === "aws" && trip.to.vpcId === vpcId ? trip.to : undefined;
  const { onLine } = packet.destination;
  return meant?.addresses.some((one) => one.onLine === onLine)
    ? meant
    : ownerIn(trip.deployed, vpcId, packet.destination);
}

/** What a route leads to. */
export function* along(trip: Trip, packet: Packet, sender: AwsInterface, route: Route): Leaving {
  const { target } = route;
  const { vpcId, subnet } = sender;
  if (target === "local") {
    yield* arrive(trip, packet, { vpcId, subnet, sender, through: "local" });
    return undefined;
  }
  if (target.startsWith("igw-")) return yield* outByGateway(trip, packet, sender, target);
  if (target.startsWith("eigw-")) return yield* outByEgressOnly(trip, packet, sender, target);
  if (target.startsWith("nat-")) return yield* byNat(trip, packet, sender, target);
  if (target.startsWith("pcx-")) {
    yield* overPeering(trip, packet, sender, target);
    return undefined;
  }
  if (target.startsWith("tgw-")) return yield* overTransit(trip, packet, sender, target, along);
  if (target.startsWith("vgw-")) {
    yield* intoVpn(trip, packet, sender, target);
    return undefined;
  }
  return yield* elsewhere(trip, target);
}

/** Through a NAT gateway: out with its address, by its own subnet's edge and routes. */
function* byNat(trip: Trip, packet: Packet, sender: AwsInterface, target: string): Leaving {
  const live = trip.deployed.find(target, aws.natGateway);
  const nat = live === undefined ? undefined : attachmentOf(trip.deployed, live);
  const [address] = nat?.addresses ?? [];
  if (live === undefined || nat === undefined || address === undefined) {
    return yield* ends(drops(natStage, target, "there is no such gateway: a blackhole"));
  }
  const { tcp, udp, icmp } = protocolNumbers;
  if (packet.source.family === 6 || ![tcp, udp, icmp].includes(packet.protocol)) {
    return yield* ends(drops(natStage, target, "it translates TCP, UDP and ICMP of IPv4 only"));
  }
  if (nat.subnet.id !== sender.subnet.id) yield* subnetEdge(trip, "ingress", nat.subnet, packet);
  const hidden = textOf(live.properties, "connectivityType") === "private";
  yield passes(natStage, target, `${packet.source.text} becomes ${address.text}`);
  const self: AwsInterface = hidden ? { ...nat, publicAddress: undefined } : nat;
  return yield* outOfSubnet(trip, fromAddress(packet, address), self);
}

/** Targets behind which the world does not show what happens. */
function* elsewhere(trip: Trip, target: string): Leaving {
  const kinds = [aws.instance, aws.interface, aws.endpoint];
  const primary = trip.deployed
    .all(aws.instance)
    .some(({ properties }) => properties["primaryNetworkInterfaceId"] === target);
  const exists = primary || trip.deployed.find(target, ...kinds) !== undefined;
  const known = exists || !/^(?:i|eni|vpce)-/.test(target);
  return yield* ends(
    known
      ? cannotTell(targetStage, target, "what the appliance behind it does with the packet")
      : drops(targetStage, target, "it no longer exists: a blackhole"),
  );
}
