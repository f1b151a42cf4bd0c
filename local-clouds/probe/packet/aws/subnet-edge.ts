/** Crossing the edge of a subnet: its network ACL now, and again for the reply. */

import type { Live } from "../deployed.ts";
import { type Packet, replyTo } from "../packet.ts";
import type { Trip } from "../trip.ts";
import type { Walk } from "../walk.ts";
import { type Direction, networkAcl } from "./network-acls.ts";

/** The packet goes out of a subnet or into it; the reply will go the other way. */
export function* subnetEdge(trip: Trip, direction: Direction, subnet: Live, packet: Packet): Walk {
  const other = direction === "egress" ? "ingress" : "egress";
  yield* networkAcl(trip.deployed, direction, subnet, packet);
  trip.back.push(() => networkAcl(trip.deployed, other, subnet, replyTo(packet)));
}
