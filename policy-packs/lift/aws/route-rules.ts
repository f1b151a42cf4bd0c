/**
 * What a route table lets out of its subnets, as rules: longest prefix first (Amazon VPC User
 * Guide, "Route priority").
 */
import { intersect } from "../../../model/base/interval-set.ts";
import { portsSet } from "../../../model/base/layer4.ts";
import type { Condition, PeerTerm, Rule } from "../../../model/network/topology.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { portMax } from "../layer4.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { Destination } from "./destinations.ts";
import { destinationOf, openDestination } from "./destinations.ts";
import { addAddresses, outsider } from "./lift.ts";
import type { AwsNetwork } from "./networks.ts";
import { reachesInternet, tableOfGateway } from "./onward.ts";
import type { AwsRoute, AwsTable } from "./route.ts";
import type { Publicness } from "./route-rule.ts";
import { internetPerhaps, internetRules, routeRule } from "./route-rule.ts";
import type { AwsSubnet } from "./subnets.ts";
import { transitRules } from "./transit-rules.ts";
import type { AwsWorld } from "./world.ts";

/** The rules by which packets leave a subnet that has the table. */
export function outRules(
  world: AwsWorld,
  table: AwsTable,
  subnet: AwsSubnet,
  publicness: Publicness,
): Rule[] {
  const { network } = table;
  const locals = localRoutes(network);
  const shortest = Math.min(33, ...locals.map(({ destination }) => destination.length ?? 33));
  return [...locals, ...table.routes]
    .map((route) => ({ route, rank: rankOf(route, shortest) }))
    .sort((a, b) => b.rank - a.rank)
    .flatMap(({ route }) => rulesOf(world, route, { network, subnet, publicness }));
}

/** Every table leads to its own network's blocks. */
function localRoutes(network: AwsNetwork): AwsRoute[] {
  const origin = { urn: network.resource?.urn ?? network.id, path: "cidrBlock" };
  const destinations: Destination[] = [
    ...network.cidrs.map(destinationOf),
    ...network.open.map((family) => openDestination(family, unknownCondition(network.input))),
  ];
  return destinations.map((destination) => ({
    destination,
    way: { kind: "local" },
    origin,
    kind: "static",
  }));
}

const beforeAll = 130;

/**
 * Routes with a prefix longer than the local one may lead to appliances only; of a prefix that is
 * not known, all others are therefore read after the local route.
 */
function rankOf({ destination, way, kind }: AwsRoute, shortestLocal: number): number {
  if (kind === "learnt") {
    // Local routes are preferred even to more specific ones that were learnt (VPN user guide).
    return Math.min(destination.length ?? 33, shortestLocal - 0.5) - 0.2;
  }
  if (destination.length !== undefined) return destination.length - (kind === "listed" ? 0.1 : 0);
  if (way.kind === "local" || way.kind === "unknown" || way.kind === "outbound") return beforeAll;
  return shortestLocal - 0.5;
}

interface Place {
  readonly network: AwsNetwork;
  readonly subnet: AwsSubnet;
  readonly publicness: Publicness;
}

function rulesOf(world: AwsWorld, route: AwsRoute, place: Place): Rule[] {
  const { destination, way } = route;
  const { addresses, conditions } = destination;
  const rule = (action: Rule["action"], peer: PeerTerm, more: readonly Condition[] = []) =>
    routeRule(action, peer, route, [...conditions, ...more]);
  switch (way.kind) {
    case "local":
      return localRules(route, place.network);
    case "network":
      return networkRules(world, route, way);
    case "service":
      return [routeRule("allow", { group: networkGroup(way.network.id) }, route, [])];
    case "internet-gateway":
      return internetRules(route, place.publicness);
    case "outbound":
      return outboundRules(world, route, way.nat);
    case "transit":
      return transitRules(world, route, way.gateway, place);
    case "nowhere":
      return [rule("deny", { addresses })];
    case "unknown":
      return [
        rule("allow", { addresses }, [unknownCondition(way.input)]),
        rule("deny", { addresses }),
      ];
  }
}

/** Nobody else with such an address is reached: the local route is taken. */
function localRules(route: AwsRoute, network: AwsNetwork): Rule[] {
  const { addresses, length } = route.destination;
  const own = routeRule("allow", { group: networkGroup(network.id), addresses }, route, []);
  if (length === undefined) return [own];
  return [own, routeRule("deny", { addresses }, route, [])];
}

const translated = portsSet(
  (["tcp", "udp", "icmp"] as const).map((protocol) => ({ protocol, from: 0, to: portMax })),
);

/**
 * A NAT gateway "supports TCP, UDP, and ICMP" ("NAT gateway basics"), and hands on to other networks,
 * too, where its own subnet's table leads there: with its own address, so nobody there knows the sender.
 */
function outboundRules(world: AwsWorld, route: AwsRoute, nat: PlannedResource | undefined): Rule[] {
  const beyond = beyondGateway(world, route, nat);
  if (route.destination.family === 6) return beyond;
  const rules = [...handedOn(world, route, nat), ...beyond];
  return rules.map((one) => (one.action === "allow" ? { ...one, selectors: translated } : one));
}

function beyondGateway(world: AwsWorld, route: AwsRoute, nat: PlannedResource | undefined): Rule[] {
  const { addresses, conditions } = route.destination;
  const input = { urn: nat?.urn ?? "", path: "subnetId" };
  switch (reachesInternet(world, nat)) {
    case "yes":
      return internetRules(route, true);
    case "no":
      return [routeRule("deny", { addresses }, route, conditions)];
    case "perhaps":
      return internetRules(route, unknownCondition(input));
  }
}

function handedOn(world: AwsWorld, route: AwsRoute, nat: PlannedResource | undefined): Rule[] {
  if (nat === undefined) return [];
  const sender = unknownCondition({ urn: nat.urn, path: "subnetId" });
  return (tableOfGateway(world, nat)?.routes ?? [])
    .filter(({ way }) => way.kind === "network" || way.kind === "transit")
    .map(({ destination }) => intersect(destination.addresses, route.destination.addresses))
    .filter((addresses) => addresses.length > 0)
    .map((addresses) => routeRule("allow", { group: anyNetwork, addresses }, route, [sender]));
}

function networkRules(
  world: AwsWorld,
  route: AwsRoute,
  { network, conditions, onward }: Extract<AwsRoute["way"], { kind: "network" }>,
): Rule[] {
  const { addresses, length, conditions: open } = route.destination;
  const group = networkGroup(network.id);
  const isOutside = network.resource === undefined && !network.isDefault;
  if (isOutside) addAddresses(outsider(world.lift, network.id, [group]), addresses);
  const all = [...open, ...conditions];
  const into = routeRule("allow", { group, addresses }, route, all);
  // What is learnt by BGP adds ways and takes none.
  if (route.kind === "learnt" && length === undefined) return [into];
  const refused = routeRule("deny", { addresses }, route, open);
  if ((length ?? 0) > 0 || !onward || !isOutside) return [into, refused];
  return [into, ...internetPerhaps(route), refused];
}
