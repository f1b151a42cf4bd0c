/**
 * VPC peering.
 *
 * VPC Peering Guide, "How VPC peering connections work": a connection carries traffic once it is
 * accepted and both sides have routes; it does not lead further than the peer VPC ("VPC peering
 * limitations": no transitive peering, no edge to edge routing). "Update your security groups":
 * groups of the peer may be referenced within a Region.
 */

import { type Live, textOf } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import type { Trip } from "../trip.ts";
import { drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { arrive } from "./arrive.ts";
import type { AwsInterface } from "./interface.ts";
import { inVpc } from "./networks.ts";
import { aws } from "./tokens.ts";

const stage: Stage = {
  stage: "VPC peering",
  document: "VPC Peering Guide: How VPC peering connections work; VPC peering limitations",
};

/** The VPC at the other end of an active connection; `undefined` without one. */
export function peerOf(trip: Trip, connection: string, vpcId: string): string | undefined {
  const live = trip.deployed.find(connection, aws.peering);
  if (live === undefined || !isActive(trip, live)) return undefined;
  const ends = [textOf(live.properties, "vpcId"), textOf(live.properties, "peerVpcId")];
  return ends.includes(vpcId) ? ends.find((end) => end !== vpcId) : undefined;
}

function isActive(trip: Trip, connection: Live): boolean {
  const accepter = trip.deployed.find(connection.id, aws.peeringAccepter);
  return [connection, accepter].some((one) => one?.properties["acceptStatus"] === "active");
}

/** Whether groups of the other end can be referenced: both ends in one Region. */
export function sameRegion(trip: Trip, connection: string): boolean {
  const live = trip.deployed.find(connection, aws.peering);
  return (
    live !== undefined && (textOf(live.properties, "peerRegion") ?? live.region) === live.region
  );
}

/** Over a peering connection into the other VPC. */
export function* overPeering(
  trip: Trip,
  packet: Packet,
  sender: AwsInterface,
  connection: string,
): Walk {
  const peer = peerOf(trip, connection, sender.vpcId);
  if (peer === undefined) {
    return yield* ends(drops(stage, connection, "the connection is not active: a blackhole"));
  }
  if (!inVpc(trip.deployed, peer, packet.destination)) {
    const rule = `${packet.destination.text} is not in ${peer}: peering leads no further`;
    return yield* ends(drops(stage, connection, rule));
  }
  yield passes(stage, connection, `active, to ${peer}`);
  yield* arrive(trip, packet, {
    vpcId: peer,
    subnet: undefined,
    sender: sameRegion(trip, connection) ? sender : undefined,
    through: connection,
  });
}
