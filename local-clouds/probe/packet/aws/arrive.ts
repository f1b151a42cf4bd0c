/** A packet comes to its interface: whose address it is, the subnet's edge, the groups. */

import type { Live } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import type { Trip } from "../trip.ts";
import { drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { balance } from "./balancing/balance.ts";
import type { AwsInterface } from "./interface.ts";
import { ownerIn } from "./networks.ts";
import { routeBack } from "./routing.ts";
import { securityGroups } from "./security-groups.ts";
import { subnetEdge } from "./subnet-edge.ts";

const stage: Stage = {
  stage: "network interface",
  document: "Amazon EC2 User Guide: Elastic network interfaces",
};

/** How a packet came to the VPC in which it is to be delivered. */
export interface Approach {
  readonly vpcId: string;
  /** The subnet it comes from, where it comes from one. */
  readonly subnet: Live | undefined;
  /** The sender, where groups can be referenced over the way it came. */
  readonly sender: AwsInterface | undefined;
  /** Where the reply has to go: `local`, or the id of what the packet came through. */
  readonly through: string;
}

/** Delivers a packet inside a VPC. */
export function* arrive(trip: Trip, packet: Packet, approach: Approach): Walk {
  const owner = yield* ownerOf(trip, packet, approach.vpcId);
  const sameSubnet = approach.subnet?.id === owner.subnet.id;
  if (!sameSubnet || approach.through !== "local") {
    trip.back.push(() => routeBack(trip, owner.subnet, packet.source, approach.through));
  }
  if (!sameSubnet) yield* subnetEdge(trip, "ingress", owner.subnet, packet);
  const peer = { address: packet.source, interface: approach.sender };
  yield* securityGroups(trip.deployed, "ingress", owner, peer, packet);
  if (owner.balancer !== undefined) yield* balance(trip, packet, owner, owner.balancer);
}

/** The interface with the packet's destination; it ends where nobody can have the address. */
export function* ownerOf(trip: Trip, packet: Packet, vpcId: string): Walk<AwsInterface> {
  const { text, onLine } = packet.destination;
  const { to } = trip;
  const meant = to.cloud === "aws" && to.vpcId === vpcId ? to : undefined;
  const owner = meant?.addresses.some((one) => one.onLine === onLine)
    ? meant
    : ownerIn(trip.deployed, vpcId, packet.destination);
  if (owner === undefined) {
    return yield* ends(drops(stage, vpcId, `no subnet of ${vpcId} holds ${text}`));
  }
  yield passes(stage, owner.id, `${text} in ${owner.subnet.id}`);
  return owner;
}
