/**
 * Effective routes of a subnet.
 *
 * Azure Virtual Network, "Virtual network traffic routing": the longest prefix decides; of equal
 * ones a user-defined route comes before BGP and system routes. System routes lead to the network's
 * own space, peered networks, and the internet, and private ranges nowhere.
 */

import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, type Live, objectsOf, textOf } from "../deployed.ts";
import { gatewayOf, prefixesBehind } from "./gateways.ts";
import { byId, childrenOf, idIn, networkOf, spaceOf } from "./networks.ts";
import { peeringsOf } from "./peerings.ts";
import { azure } from "./tokens.ts";

/** What a route leads to. */
export type NextHop =
  | "VnetLocal"
  | "VNetPeering"
  | "VirtualNetworkGateway"
  | "Internet"
  | "VirtualAppliance"
  | "None";

/** One effective route. */
export interface Route {
  readonly prefix: string;
  readonly hop: NextHop;
  /** Who says so: a route table's id, or `system`. */
  readonly from: string;
  /** Peered network, gateway or appliance's address. */
  readonly to: string;
}

/** Private ranges that lead nowhere unless the network's own space or a route says more. */
const nowhere = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** The route of a subnet for an address; `undefined` where there is none. */
export function routeFrom(deployed: Deployed, subnet: Live, to: Address): Route | undefined {
  // User-defined routes stand first and `sort` is stable: of equal prefixes they win.
  const all = [
    ...userRoutes(deployed, subnet),
    ...gatewayRoutes(deployed, subnet),
    ...systemRoutes(deployed, networkOf(subnet.id)),
  ];
  return all
    .filter(({ prefix }) => holds(prefix, to))
    .sort((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix))[0];
}

/** The user-defined prefixes of a subnet; the tag VirtualNetwork takes them in. */
export function userPrefixes(deployed: Deployed, subnet: Live): readonly string[] {
  return userRoutes(deployed, subnet).map(({ prefix }) => prefix);
}

function userRoutes(deployed: Deployed, subnet: Live): readonly Route[] {
  const table = byId(deployed, idIn(subnet.properties, "routeTable"), azure.routeTable);
  if (table === undefined) return [];
  const apart = childrenOf(deployed, table.id, azure.route).map(({ properties }) => properties);
  const inline = objectsOf(table.properties, "routes").filter(
    ({ name }) => !apart.some((one) => one["name"] === name),
  );
  return [...inline, ...apart].map((route) => ({
    prefix: textOf(route, "addressPrefix") ?? "",
    hop: hopOf(textOf(route, "nextHopType") ?? "None"),
    from: table.id,
    to: textOf(route, "nextHopIpAddress") ?? "",
  }));
}

function hopOf(written: string): NextHop {
  const known: readonly NextHop[] = [
    "VnetLocal",
    "VirtualNetworkGateway",
    "Internet",
    "VirtualAppliance",
  ];
  return known.find((hop) => hop.toLowerCase() === written.toLowerCase()) ?? "None";
}

/** What the network's gateway has learnt, unless the subnet's table refuses propagation. */
function gatewayRoutes(deployed: Deployed, subnet: Live): readonly Route[] {
  const table = byId(deployed, idIn(subnet.properties, "routeTable"), azure.routeTable);
  if (table?.properties["disableBgpRoutePropagation"] === true) return [];
  const gateway = gatewayOf(deployed, networkOf(subnet.id));
  if (gateway === undefined) return [];
  return prefixesBehind(deployed, gateway).map((prefix) => ({
    prefix,
    hop: "VirtualNetworkGateway",
    from: "gateway",
    to: gateway.id,
  }));
}

function systemRoutes(deployed: Deployed, network: string): readonly Route[] {
  const system = (prefix: string, hop: NextHop, to = ""): Route => ({
    prefix,
    hop,
    from: "system",
    to,
  });
  return [
    ...spaceOf(deployed, network).map((prefix) => system(prefix, "VnetLocal")),
    ...peeringsOf(deployed, network).flatMap(({ remote }) =>
      spaceOf(deployed, remote).map((prefix) => system(prefix, "VNetPeering", remote)),
    ),
    ...nowhere.map((prefix) => system(prefix, "None")),
    system("0.0.0.0/0", "Internet"),
    system("::/0", "Internet"),
  ];
}
