/** A packet's way into a Site-to-Site VPN connection, and out of one. */

import { textOf } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import type { Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { arrive } from "./arrive.ts";
import type { AwsInterface } from "./interface.ts";
import { edgeRoute } from "./route-tables.ts";
import { aws } from "./tokens.ts";
import { isDynamic, staticPrefix, vpnGatewayOf } from "./vpn.ts";

const stage: Stage = {
  stage: "virtual private gateway",
  document: "AWS Site-to-Site VPN User Guide: Static and dynamic routing in AWS Site-to-Site VPN",
};
const edgeStage: Stage = {
  stage: "gateway route table",
  document: "Amazon VPC User Guide: Route tables, Gateway route tables",
};

/** Into a connection: the packet is handed to the customer's device, whose network is its own. */
export function* intoVpn(trip: Trip, packet: Packet, sender: AwsInterface, target: string): Walk {
  const { deployed } = trip;
  if (deployed.find(target, aws.vpnGateway) === undefined) {
    return yield* ends(drops(stage, target, "there is no such gateway: a blackhole"));
  }
  if (vpnGatewayOf(deployed, sender.vpcId) !== target) {
    return yield* ends(drops(stage, target, `not attached to ${sender.vpcId}: a blackhole`));
  }
  const found = staticPrefix(deployed, target, packet.destination);
  if (found !== undefined) {
    const customer = textOf(found.connection.properties, "customerGatewayId") ?? "";
    yield passes(stage, found.connection.id, `${found.range} -> ${customer}`);
    return;
  }
  const { text } = packet.destination;
  yield isDynamic(deployed, target)
    ? cannotTell(stage, target, `whether ${text} was announced by BGP`)
    : drops(stage, target, `no connection has a static route for ${text}`);
}

/** From a customer's network by the virtual private gateway of the receiver's VPC. */
export function* outOfVpn(trip: Trip, packet: Packet, owner: AwsInterface, gateway: string): Walk {
  const found = staticPrefix(trip.deployed, gateway, packet.source);
  const from = found === undefined ? packet.source.text : found.range;
  yield passes(stage, found?.connection.id ?? gateway, `from ${from}`);
  const edge = edgeRoute(trip.deployed, gateway, owner.vpcId, packet.destination);
  if (edge !== undefined && edge.target !== "local") {
    const what = `what ${edge.target} does with the packet`;
    return yield* ends(cannotTell(edgeStage, edge.table, what));
  }
  const { vpcId } = owner;
  yield* arrive(trip, packet, { vpcId, subnet: undefined, sender: undefined, through: gateway });
}

/** The gateway by which a customer's address comes to a VPC; `undefined` where no static route names it. */
export function customerGateway(trip: Trip, packet: Packet, to: AwsInterface): string | undefined {
  const gateway = vpnGatewayOf(trip.deployed, to.vpcId);
  if (gateway === undefined) return undefined;
  const known = staticPrefix(trip.deployed, gateway, packet.source);
  return known === undefined ? undefined : gateway;
}
