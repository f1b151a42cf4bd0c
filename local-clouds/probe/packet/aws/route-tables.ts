/**
 * Route tables.
 *
 * Amazon VPC User Guide, "How route priority works": the most specific route that matches decides;
 * among equals the local route comes first, then static routes, those of prefix lists, and propagated
 * ones. A subnet without an association of its own uses the VPC's main route table.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, type Live, objectsOf, textOf } from "../deployed.ts";
import { vpcOf, vpcRanges } from "./networks.ts";
import { prefixesOf } from "./prefix-lists.ts";
import { aws } from "./tokens.ts";
import { propagatingInto, staticPrefixes } from "./vpn.ts";

/** A route that leads somewhere. */
export interface Route {
  readonly table: string;
  readonly range: string;
  /** What it leads to: `local`, or the id of a gateway, connection, interface or endpoint. */
  readonly target: string;
}

/** Where a route may say what it leads to. */
const targetKeys = [
  "gatewayId",
  "natGatewayId",
  "egressOnlyGatewayId",
  "vpcPeeringConnectionId",
  "transitGatewayId",
  "vpcEndpointId",
  "networkInterfaceId",
  "instanceId",
  "carrierGatewayId",
  "localGatewayId",
  "coreNetworkArn",
];

/** The route of a subnet's table for an address; `undefined` where there is none. */
export function routeFrom(deployed: Deployed, subnet: Live, to: Address): Route | undefined {
  const vpcId = textOf(subnet.properties, "vpcId") ?? "";
  return routeIn(deployed, tableOf(deployed, subnet, vpcId), vpcId, to);
}

/** The route of the table of an internet or VPN gateway, where it has one ("Gateway route tables"). */
export function edgeRoute(
  deployed: Deployed,
  gateway: string,
  vpcId: string,
  to: Address,
): Route | undefined {
  const association = deployed.where("gatewayId", gateway, aws.routeAssociation)[0];
  const table = textOf(association?.properties ?? {}, "routeTableId");
  return table === undefined ? undefined : routeIn(deployed, table, vpcId, to);
}

function routeIn(deployed: Deployed, table: string, vpcId: string, to: Address): Route | undefined {
  const local = vpcRanges(deployed, vpcId).map((range) => ({ table, range, target: "local" }));
  const written = [...local, ...deployed.once(tableRoutes, table)];
  const fitting = written.filter(({ range }) => holds(range, to));
  // `sort` is stable: of equally long routes the local one stays first, then the static one.
  return [...fitting].sort((a, b) => lengthOf(b.range) - lengthOf(a.range))[0];
}

/** The id of the table by which a subnet routes. */
export function tableOf(deployed: Deployed, subnet: Live, vpcId: string): string {
  const own = deployed.where("subnetId", subnet.id, aws.routeAssociation)[0];
  const main = deployed.where("vpcId", vpcId, aws.mainAssociation)[0];
  return (
    textOf(own?.properties ?? {}, "routeTableId") ??
    textOf(main?.properties ?? {}, "routeTableId") ??
    textOf(vpcOf(deployed, vpcId)?.properties ?? {}, "mainRouteTableId") ??
    ""
  );
}

function tableRoutes(deployed: Deployed, table: string): readonly Route[] {
  return [...writtenRoutes(deployed, table), ...propagated(deployed, table)];
}

function writtenRoutes(deployed: Deployed, table: string): readonly Route[] {
  // The main table, once adopted, is the adopting resource's.
  const holder = deployed.find(table, aws.defaultRouteTable, aws.routeTable);
  const apart = deployed
    .where("routeTableId", table, aws.route)
    .map(({ properties }) => properties);
  const written = [...objectsOf(holder?.properties ?? {}, "routes"), ...apart];
  const routes = (rangesIn: (route: JsonObject) => readonly string[]) =>
    written.flatMap((route) =>
      rangesIn(route).map((range) => ({ table, range, target: targetOf(route) })),
    );
  return [...routes(ownRange), ...routes((route) => listedRanges(deployed, route))];
}

function propagated(deployed: Deployed, table: string): readonly Route[] {
  return propagatingInto(deployed, table).flatMap((target) =>
    staticPrefixes(deployed, target).map(({ range }) => ({ table, range, target })),
  );
}

function ownRange(route: JsonObject): readonly string[] {
  const keys = ["cidrBlock", "ipv6CidrBlock", "destinationCidrBlock", "destinationIpv6CidrBlock"];
  return keys.flatMap((key) => textOf(route, key) ?? []);
}

function listedRanges(deployed: Deployed, route: JsonObject): readonly string[] {
  const list = textOf(route, "destinationPrefixListId");
  return list === undefined ? [] : (prefixesOf(deployed, list) ?? []);
}

function targetOf(route: JsonObject): string {
  return targetKeys.map((key) => textOf(route, key)).find((text) => text !== undefined) ?? "";
}
