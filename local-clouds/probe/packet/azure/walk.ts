/** A packet's way through Azure: admin rules, groups, routes, and wherever they lead. */

import { addressOf } from "../address.ts";
import { objectOf, textOf } from "../deployed.ts";
import { type Packet, toAddress } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { adminRules } from "./admin-rules.ts";
import type { AzureInterface } from "./interface.ts";
import { balance } from "./load-balancers.ts";
import { ownerIn, sameId } from "./networks.ts";
import { toInternet } from "./outbound.ts";
import { toPlatform } from "./platform.ts";
import { type Route, routeFrom } from "./routes.ts";
import type { Direction } from "./rules.ts";
import { groupsOf, securityGroups } from "./security-groups.ts";
import { azure } from "./tokens.ts";

const routeStage: Stage = {
  stage: "effective routes",
  document: "Azure Virtual Network: Virtual network traffic routing",
};
const interfaceStage: Stage = {
  stage: "network interface",
  document: "Azure Virtual Network: Virtual network FAQ",
};
const publicStage: Stage = {
  stage: "public IP address",
  document: "Azure Virtual Network: Public IP addresses, SKU",
};

/** From an interface to wherever the routes lead. */
export function* leaveAzure(trip: Trip, packet: Packet, from: AzureInterface): Leaving {
  if (yield* toPlatform(trip.deployed, packet, from)) return undefined;
  const route = routeFrom(trip.deployed, from.subnet, packet.destination);
  const receiver = receiverOf(trip, packet, from, route);
  yield* judge(trip, "Outbound", from, packet, from, receiver);
  if (route === undefined) {
    const rule = `no route to ${packet.destination.text}`;
    return yield* ends(drops(routeStage, from.subnet.id, rule));
  }
  if (route.hop === "Internet") return yield* outToInternet(trip, packet, from, route);
  yield* toHop(packet, route);
  yield* arrive(
    trip,
    packet,
    from,
    receiver,
    route.hop === "VNetPeering" ? route.to : from.network,
  );
  return undefined;
}

/** The hops that end here or lead on inside Azure. */
function* toHop(packet: Packet, route: Route): Walk {
  const rule = `${route.prefix} -> ${route.hop}${route.to === "" ? "" : ` ${route.to}`}`;
  if (route.hop === "None") yield drops(routeStage, route.from, rule);
  if (route.hop === "VirtualAppliance") {
    yield cannotTell(routeStage, route.from, `${rule}: what the appliance does with the packet`);
  }
  if (route.hop === "VirtualNetworkGateway") {
    yield route.to === ""
      ? drops(routeStage, route.from, `${rule}: the network has no gateway`)
      : cannotTell(routeStage, route.from, `${rule}: the network behind the gateway`);
  }
  yield passes(routeStage, route.from, `${rule} to ${packet.destination.text}`);
}

function* outToInternet(trip: Trip, packet: Packet, from: AzureInterface, route: Route): Leaving {
  yield passes(routeStage, route.from, `${route.prefix} -> Internet`);
  return yield* toInternet(trip.deployed, packet, from);
}

function receiverOf(
  trip: Trip,
  packet: Packet,
  from: AzureInterface,
  route: Route | undefined,
): AzureInterface | undefined {
  const network = route?.hop === "VNetPeering" ? route.to : from.network;
  const { onLine } = packet.destination;
  const { to } = trip;
  const meant = to.cloud === "azure" && sameId(to.network, network) ? to : undefined;
  return meant?.addresses.some((one) => one.onLine === onLine)
    ? meant
    : ownerIn(trip.deployed, network, packet.destination);
}

/** Admin rules and groups of one end. */
function* judge(
  trip: Trip,
  direction: Direction,
  end: AzureInterface,
  packet: Packet,
  sender: AzureInterface | undefined,
  receiver: AzureInterface | undefined,
): Walk {
  const sight = { deployed: trip.deployed, subnet: end.subnet, packet, sender, receiver };
  const admitted = yield* adminRules(trip.deployed, direction, end, sight);
  if (admitted === "groups decide") yield* securityGroups(trip.deployed, direction, end, sight);
}

function* arrive(
  trip: Trip,
  packet: Packet,
  sender: AzureInterface | undefined,
  receiver: AzureInterface | undefined,
  network: string,
): Walk {
  const { text } = packet.destination;
  if (receiver === undefined) {
    return yield* ends(drops(interfaceStage, network, `no subnet holds ${text}`));
  }
  yield passes(interfaceStage, receiver.id, text);
  if (receiver.balancer !== undefined) {
    const given = yield* balance(trip.deployed, receiver.balancer, packet);
    return yield* judge(trip, "Inbound", given.receiver, given.packet, sender, given.receiver);
  }
  yield* judge(trip, "Inbound", receiver, packet, sender, receiver);
}

/** From the internet, or from the host itself, to an interface. */
export function* enterAzure(trip: Trip, packet: Packet, owner: AzureInterface): Walk {
  const inside = insideOf(packet, owner);
  if (owner.balancer !== undefined) {
    return yield* arrive(trip, packet, undefined, owner, owner.network);
  }
  if (inside.destination.onLine !== packet.destination.onLine) {
    yield* openPublicAddress(trip, packet, owner);
  }
  yield* arrive(trip, inside, undefined, owner, owner.network);
}

function insideOf(packet: Packet, owner: AzureInterface): Packet {
  if (owner.addresses.some(({ onLine }) => onLine === packet.destination.onLine)) return packet;
  const own = owner.addresses.find(({ family }) => family === packet.destination.family);
  return own === undefined ? packet : toAddress(packet, own);
}

/** A Standard address is closed to inbound traffic until a network security group allows it; a Basic one is open. */
function* openPublicAddress(trip: Trip, packet: Packet, owner: AzureInterface): Walk {
  const live = trip.deployed
    .all(azure.publicAddress)
    .find(
      ({ properties }) =>
        addressOf(textOf(properties, "ipAddress") ?? "")?.onLine === packet.destination.onLine,
    );
  // An address that does not exist yet would be a Standard one: Basic ones are no longer made.
  const usual = live === undefined ? "Standard" : "Basic";
  const sku = textOf(objectOf(live?.properties ?? {}, "sku"), "name") ?? usual;
  const at = live?.id ?? owner.id;
  const open = sku === "Basic" || groupsOf(trip.deployed, owner, "Inbound").length > 0;
  yield open
    ? passes(publicStage, at, `${packet.destination.text} (${sku}) leads to ${owner.id}`)
    : drops(publicStage, at, `a ${sku} address is closed while no network security group applies`);
}
