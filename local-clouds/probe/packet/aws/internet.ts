/**
 * Ways between a VPC and the internet.
 *
 * Amazon VPC User Guide, "Enable internet access using internet gateways": an interface needs a
 * public IPv4 address, which the gateway translates, or an IPv6 address. "Egress-only internet
 * gateways": IPv6 outwards only. "Block public access": what the account shuts for a Region.
 */

import { type Deployed, textOf } from "../deployed.ts";
import { fromAddress, type Packet, toAddress } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { arrive } from "./arrive.ts";
import type { AwsInterface } from "./interface.ts";
import { edgeRoute } from "./route-tables.ts";
import { aws } from "./tokens.ts";

const gatewayStage: Stage = {
  stage: "internet gateway",
  document: "Amazon VPC User Guide: Enable internet access using internet gateways",
};
const egressOnlyStage: Stage = {
  stage: "egress-only internet gateway",
  document: "Amazon VPC User Guide: Enable outbound IPv6 traffic, egress-only internet gateways",
};
const shutStage: Stage = {
  stage: "VPC block public access",
  document: "Amazon VPC User Guide: Block public access to VPCs and subnets",
};
const edgeStage: Stage = {
  stage: "gateway route table",
  document: "Amazon VPC User Guide: Route tables, Gateway route tables",
};

/** The gateway attached to a VPC, or `undefined`. */
export function gatewayOf(deployed: Deployed, vpcId: string): string | undefined {
  const attached = deployed.where("vpcId", vpcId, aws.internetAttachment)[0];
  const own = deployed.where("vpcId", vpcId, aws.internetGateway)[0];
  return textOf(attached?.properties ?? {}, "internetGatewayId") ?? own?.id;
}

/** Out through an internet gateway. */
export function* outByGateway(
  trip: Trip,
  packet: Packet,
  sender: AwsInterface,
  gateway: string,
): Leaving {
  if (gatewayOf(trip.deployed, sender.vpcId) !== gateway) {
    return yield* ends(
      drops(gatewayStage, gateway, `not attached to ${sender.vpcId}: a blackhole`),
    );
  }
  yield* publicAccess(trip.deployed, sender, "out");
  if (packet.source.family === 6) {
    yield passes(gatewayStage, gateway, `${packet.source.text} is reached as it is`);
    return { packet };
  }
  const { publicAddress } = sender;
  if (publicAddress === undefined) {
    return yield* ends(drops(gatewayStage, gateway, `${sender.id} has no public IPv4 address`));
  }
  yield passes(gatewayStage, gateway, `${packet.source.text} becomes ${publicAddress.text}`);
  return { packet: fromAddress(packet, publicAddress) };
}

/** Out through an egress-only gateway. */
export function* outByEgressOnly(
  trip: Trip,
  packet: Packet,
  sender: AwsInterface,
  gateway: string,
): Leaving {
  const found = trip.deployed.find(gateway, aws.egressOnlyGateway);
  if (found?.properties["vpcId"] !== sender.vpcId) {
    return yield* ends(drops(egressOnlyStage, gateway, `not of ${sender.vpcId}: a blackhole`));
  }
  if (packet.source.family === 4) {
    return yield* ends(drops(egressOnlyStage, gateway, "it carries IPv6 only"));
  }
  yield* publicAccess(trip.deployed, sender, "out through a one-way gateway");
  yield passes(egressOnlyStage, gateway, "outbound IPv6 and what answers it");
  return { packet };
}

/** In from the internet to an interface. */
export function* inFromInternet(trip: Trip, packet: Packet, owner: AwsInterface): Walk {
  const gateway = gatewayOf(trip.deployed, owner.vpcId);
  if (gateway === undefined) {
    return yield* ends(drops(gatewayStage, owner.vpcId, "no internet gateway is attached"));
  }
  yield* publicAccess(trip.deployed, owner, "in");
  if (owner.groups === undefined && owner.balancer === undefined) {
    return yield* ends(
      drops(gatewayStage, owner.id, "a NAT gateway takes no connections from outside"),
    );
  }
  const inside = packet.destination.family === 6 ? packet : translated(packet, owner);
  yield passes(gatewayStage, gateway, `${packet.destination.text} is ${inside.destination.text}`);
  const edge = edgeRoute(trip.deployed, gateway, owner.vpcId, inside.destination);
  if (edge !== undefined && edge.target !== "local") {
    return yield* ends(
      cannotTell(edgeStage, edge.table, `what ${edge.target} does with the packet`),
    );
  }
  const approach = { vpcId: owner.vpcId, subnet: undefined, sender: undefined, through: gateway };
  yield* arrive(trip, inside, approach);
}

function translated(packet: Packet, owner: AwsInterface): Packet {
  const inside = owner.addresses.find(({ family }) => family === 4);
  return inside === undefined ? packet : toAddress(packet, inside);
}

/** `block-bidirectional` shuts every way, `block-ingress` all but those outwards. */
function* publicAccess(
  deployed: Deployed,
  end: AwsInterface,
  way: "in" | "out" | "out through a one-way gateway",
): Walk {
  const option = deployed
    .all(aws.blockPublicAccess)
    .find(({ account, region }) => account === end.subnet.account && region === end.subnet.region);
  const mode = textOf(option?.properties ?? {}, "internetGatewayBlockMode") ?? "off";
  if (option === undefined || mode === "off") return;
  const exclusion = deployed
    .all(aws.blockPublicAccessExclusion)
    .find(({ properties }) =>
      [end.subnet.id, end.vpcId].some((id) =>
        [properties["subnetId"], properties["vpcId"]].includes(id),
      ),
    );
  const excluded = textOf(exclusion?.properties ?? {}, "internetGatewayExclusionMode");
  const open =
    excluded === "allow-bidirectional" ||
    (way !== "in" && (excluded === "allow-egress" || mode === "block-ingress"));
  const rule = `internetGatewayBlockMode ${mode}${excluded === undefined ? "" : `, exclusion ${excluded}`}`;
  yield open ? passes(shutStage, option.id, rule) : drops(shutStage, option.id, rule);
}
