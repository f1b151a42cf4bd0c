/** A packet's way over a transit gateway, and its subnets' network ACLs. */

import { type Live, textOf, textsOf } from "../deployed.ts";
import type { Packet } from "../packet.ts";
import { replyTo } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { arrive } from "./arrive.ts";
import type { AwsInterface } from "./interface.ts";
import { aclOf, networkAcl } from "./network-acls.ts";
import { ownerIn } from "./networks.ts";
import { type Route, tableOf as routeTableOf } from "./route-tables.ts";
import { takeRoute } from "./routing.ts";
import { aws } from "./tokens.ts";
import {
  attachmentOf,
  canReference,
  firstSubnet,
  subnetInZone,
  tableOf,
  transitRoute,
} from "./transit-gateways.ts";

const stage: Stage = {
  stage: "transit gateway",
  document: "AWS Transit Gateway: How transit gateways work",
};
const zoneStage: Stage = {
  stage: "transit gateway attachment",
  document: "AWS Transit Gateway: Transit gateway VPC attachments",
};

/** What follows a route; handed in because it itself may lead here. */
type Along = (trip: Trip, packet: Packet, sender: AwsInterface, route: Route) => Leaving;

/** Over a transit gateway into another VPC, and on by the routes of its attachment's subnet. */
export function* overTransit(
  trip: Trip,
  packet: Packet,
  sender: AwsInterface,
  target: string,
  along: Along,
): Leaving {
  const { deployed } = trip;
  const gateway = deployed.find(target, aws.transitGateway);
  if (gateway === undefined) {
    return yield* ends(drops(stage, target, "there is no such gateway: a blackhole"));
  }
  const near = yield* nearAttachment(trip, packet, sender, target);
  const far = yield* farAttachment(trip, gateway, near, packet);
  if (far.token === aws.vpnConnection) return undefined;
  trip.back.push(() => transitBack(trip, gateway, far, near, packet));
  const vpcId = textOf(far.properties, "vpcId") ?? "";
  const zone = textOf(sender.subnet.properties, "availabilityZone") ?? "";
  yield* oneZone(trip, far, zone);
  const landing = subnetInZone(deployed, far, zone) ?? firstSubnet(deployed, far);
  if (landing === undefined) {
    return yield* ends(drops(zoneStage, far.id, "the attachment has no subnet"));
  }
  const route = yield* takeRoute(trip, landing, packet.destination);
  if (route.target !== "local") {
    return yield* along(trip, packet, { ...sender, subnet: landing, vpcId, groups: [] }, route);
  }
  yield* outOfLanding(trip, packet, landing, vpcId);
  yield* arrive(trip, packet, {
    vpcId,
    subnet: landing,
    sender: canReference(gateway, near, far) ? sender : undefined,
    through: target,
  });
  return undefined;
}

/** The sender's VPC must be attached in the sender's zone; the attachment's subnet has an edge, too. */
function* nearAttachment(
  trip: Trip,
  packet: Packet,
  sender: AwsInterface,
  target: string,
): Walk<Live> {
  const attachment = attachmentOf(trip.deployed, target, sender.vpcId);
  if (attachment === undefined) {
    return yield* ends(drops(zoneStage, target, `${sender.vpcId} is not attached`));
  }
  const zone = textOf(sender.subnet.properties, "availabilityZone") ?? "";
  const subnet = subnetInZone(trip.deployed, attachment, zone);
  if (subnet === undefined) {
    return yield* ends(drops(zoneStage, attachment.id, `it has no subnet in ${zone}`));
  }
  yield passes(zoneStage, attachment.id, `${subnet.id} in ${zone}`);
  // How network ACLs work with transit gateways: what instances send is judged by inbound rules of
  // the attachment's subnet, too; what comes from the gateway to instances of that same subnet is
  // not judged at all, so the reply meets nothing here.
  yield* networkAcl(trip.deployed, "ingress", subnet, packet);
  if (subnet.id === sender.subnet.id) trip.back.pop();
  else trip.back.push(() => networkAcl(trip.deployed, "egress", subnet, replyTo(packet)));
  return attachment;
}

function* farAttachment(trip: Trip, gateway: Live, near: Live, packet: Packet): Walk<Live> {
  const { text } = packet.destination;
  const table = tableOf(trip.deployed, gateway, near);
  if (table === undefined) {
    const rule = `${near.id} is associated with no route table`;
    return yield* ends(drops(stage, gateway.id, rule));
  }
  const route = transitRoute(trip.deployed, gateway, table, packet.destination);
  if (route === undefined) return yield* noRoute(trip, gateway, table, text);
  if (route.attachment === undefined) {
    return yield* ends(drops(stage, table, `${route.range} is a blackhole`));
  }
  const vpn = trip.deployed.where(
    "transitGatewayAttachmentId",
    route.attachment,
    aws.vpnConnection,
  )[0];
  if (vpn !== undefined) {
    yield passes(stage, table, `${route.range} -> ${vpn.id}, to the customer's device`);
    return vpn;
  }
  const far = trip.deployed.find(route.attachment, aws.transitVpc);
  if (far === undefined) {
    return yield* ends(cannotTell(stage, table, `the network behind ${route.attachment}`));
  }
  yield passes(stage, table, `${route.range} -> ${far.id}`);
  return far;
}

/** Without a route a packet is dropped, unless a VPN connection may have announced one. */
function* noRoute(trip: Trip, gateway: Live, table: string, to: string): Walk<never> {
  const dynamic = trip.deployed
    .where("transitGatewayId", gateway.id, aws.vpnConnection)
    .find(({ properties }) => properties["staticRoutesOnly"] !== true);
  return yield* ends(
    dynamic === undefined
      ? drops(stage, table, `no route to ${to}`)
      : cannotTell(stage, table, `whether ${to} was announced by BGP over ${dynamic.id}`),
  );
}

/**
 * With appliance mode the flow chooses the zone, and nobody can tell which where its subnets differ in
 * table or network ACL.
 */
function* oneZone({ deployed }: Trip, far: Live, zone: string): Walk {
  const subnets = textsOf(far.properties, "subnetIds").flatMap(
    (id) => deployed.find(id, aws.subnet, aws.defaultSubnet) ?? [],
  );
  const chosen = far.properties["applianceModeSupport"] === "enable";
  if (!chosen && subnetInZone(deployed, far, zone) !== undefined) return;
  const vpcId = textOf(far.properties, "vpcId") ?? "";
  const kinds = subnets.map(
    (subnet) => `${routeTableOf(deployed, subnet, vpcId)} ${aclOf(deployed, subnet)?.id ?? ""}`,
  );
  if (new Set(kinds).size <= 1) return;
  const why = chosen ? "appliance mode" : `no subnet in ${zone}`;
  const names = subnets.map(({ id }) => id).join(", ");
  yield cannotTell(zoneStage, far.id, `${why}: by which of ${names} the packet comes in`);
}

/** The reply is routed by the table of the far attachment. */
function* transitBack(trip: Trip, gateway: Live, far: Live, near: Live, packet: Packet): Walk {
  const table = tableOf(trip.deployed, gateway, far);
  const route =
    table === undefined ? undefined : transitRoute(trip.deployed, gateway, table, packet.source);
  const rule = `${route?.range ?? "no route"} -> ${route?.attachment ?? packet.source.text}`;
  yield route?.attachment === near.id
    ? passes(stage, table ?? gateway.id, rule)
    : drops(stage, table ?? gateway.id, rule);
}

/** Outbound rules of the attachment's subnet judge what goes to other subnets of the VPC. */
function* outOfLanding(trip: Trip, packet: Packet, landing: Live, vpcId: string): Walk {
  const { deployed } = trip;
  const back = replyTo(packet);
  const same = ownerIn(deployed, vpcId, packet.destination)?.subnet.id === landing.id;
  if (!same) yield* networkAcl(deployed, "egress", landing, packet);
  if (same) trip.back.push(() => networkAcl(deployed, "egress", landing, back));
  trip.back.push(() => networkAcl(deployed, "ingress", landing, back));
}
