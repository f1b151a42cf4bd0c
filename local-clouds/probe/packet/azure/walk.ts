/** A packet's way through Azure: admin rules, groups, routes, and wherever they lead. */

import { addressOf } from "../address.ts";
import { objectOf, textOf } from "../deployed.ts";
import { type Packet, toAddress } from "../packet.ts";
import type { Leaving, Trip } from "../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../walk.ts";
import { adminRules } from "./admin-rules.ts";
import { gatewayOf, isLearning, siteFor } from "./gateways.ts";
import type { AzureInterface } from "./interface.ts";
import { balance } from "./load-balancers.ts";
import { byId, ownerIn, sameId } from "./networks.ts";
import { toInternet } from "./outbound.ts";
import { toPlatform } from "./platform.ts";
import { type NextHop, type Route, routeFrom } from "./routes.ts";
import type { Direction } from "./rules.ts";
import { groupsOf, securityGroups } from "./security-groups.ts";
import { azure } from "./tokens.ts";

const routeStage: Stage = {
  stage: "effective routes",
  document: "Azure Virtual Network: Virtual network traffic routing",
};
const gatewayStage: Stage = {
  stage: "virtual network gateway",
  document: "Azure VPN Gateway: About VPN Gateway configuration settings, Local network gateways",
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
  if (route.hop === "VirtualNetworkGateway") {
    yield* intoGateway(trip, packet, from, route.to);
    return undefined;
  }
  if (receiver !== undefined) {
    trip.back.push(() => routeBack(trip, packet, receiver, ["VnetLocal", "VNetPeering"]));
  }
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
  yield passes(routeStage, route.from, `${rule} to ${packet.destination.text}`);
}

/** Over the gateway's connections: to another network, or to a customer's device, whose network is its own. */
function* intoGateway(trip: Trip, packet: Packet, from: AzureInterface, named: string): Walk {
  const { deployed } = trip;
  // A user-defined route names no gateway: it means that of the network.
  const gateway = byId(deployed, named, azure.gateway) ?? gatewayOf(deployed, from.network);
  const { text } = packet.destination;
  if (gateway === undefined) {
    return yield* ends(drops(gatewayStage, from.network, "the network has no gateway"));
  }
  const site = siteFor(deployed, gateway, packet.destination);
  if (site === undefined) {
    return yield* ends(
      isLearning(deployed, gateway)
        ? cannotTell(gatewayStage, gateway.id, `whether ${text} was learnt by BGP`)
        : drops(gatewayStage, gateway.id, `no connection leads to ${text}`),
    );
  }
  yield passes(gatewayStage, site.connection.id, `${site.prefixes.join(", ")} -> ${site.at}`);
  if (site.network === undefined) return;
  const receiver = ownerIn(deployed, site.network, packet.destination);
  yield* arrive(trip, packet, undefined, receiver, site.network);
}

/** From a customer's network by the gateway of the receiver's network; `undefined` where no connection names it. */
export function fromSite(trip: Trip, packet: Packet, to: AzureInterface): Walk | undefined {
  const gateway = gatewayOf(trip.deployed, to.network);
  const site = gateway && siteFor(trip.deployed, gateway, packet.source);
  return site && site.network === undefined
    ? outOfGateway(trip, packet, to, site.connection.id)
    : undefined;
}

function* outOfGateway(trip: Trip, packet: Packet, to: AzureInterface, connection: string): Walk {
  yield passes(gatewayStage, connection, `from ${packet.source.text}`);
  trip.back.push(() => routeBack(trip, packet, to, ["VirtualNetworkGateway"]));
  yield* arrive(trip, packet, undefined, to, to.network);
}

/** The reply goes by the effective routes of its own subnet, as any packet does. */
function* routeBack(
  trip: Trip,
  packet: Packet,
  to: AzureInterface,
  hops: readonly NextHop[],
): Walk {
  const route = routeFrom(trip.deployed, to.subnet, packet.source);
  const rule = `back to ${packet.source.text}: ${route?.prefix ?? "no route"} -> ${route?.hop ?? ""}`;
  if (route !== undefined && hops.includes(route.hop)) yield passes(routeStage, route.from, rule);
  else if (route?.hop === "VirtualAppliance") yield cannotTell(routeStage, route.from, rule);
  else yield drops(routeStage, route?.from ?? to.subnet.id, rule);
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
    return yield* balance(trip.deployed, receiver.balancer, packet, (machine, given) =>
      judge(trip, "Inbound", machine, given, sender, machine),
    );
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
    trip.back.push(() => routeBack(trip, inside, owner, ["Internet"]));
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
