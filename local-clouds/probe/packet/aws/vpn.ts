/**
 * Networks behind Site-to-Site VPN connections.
 *
 * AWS Site-to-Site VPN User Guide, "Static and dynamic routing in AWS Site-to-Site VPN": a static
 * connection knows the prefixes that are written for it, a dynamic one those that the customer's
 * device announces by BGP, which are not in this world. "Enable route propagation" (Amazon VPC User
 * Guide, "Route tables"): a table takes the gateway's routes over only where it is told to.
 */

import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, type Live, textOf, textsOf } from "../deployed.ts";
import { aws } from "./tokens.ts";

/** A prefix that a static connection leads to. */
export interface StaticPrefix {
  readonly range: string;
  readonly connection: Live;
}

/** The connections of a virtual private gateway. */
function connectionsOf(deployed: Deployed, gateway: string): readonly Live[] {
  return deployed.where("vpnGatewayId", gateway, aws.vpnConnection);
}

/** What the static connections of a gateway lead to. */
export function staticPrefixes(deployed: Deployed, gateway: string): readonly StaticPrefix[] {
  return connectionsOf(deployed, gateway).flatMap((connection) =>
    prefixesOf(deployed, connection).map((range) => ({ range, connection })),
  );
}

/** The prefixes written for a connection. */
export function prefixesOf(deployed: Deployed, connection: Live): readonly string[] {
  return deployed
    .where("vpnConnectionId", connection.id, aws.vpnRoute)
    .flatMap(({ properties }) => textOf(properties, "destinationCidrBlock") ?? []);
}

/** The static prefix that takes an address in, the longest first. */
export function staticPrefix(
  deployed: Deployed,
  gateway: string,
  address: Address,
): StaticPrefix | undefined {
  return staticPrefixes(deployed, gateway)
    .filter(({ range }) => holds(range, address))
    .sort((a, b) => lengthOf(b.range) - lengthOf(a.range))[0];
}

/** Whether a gateway has a connection whose routes come by BGP. */
export function isDynamic(deployed: Deployed, gateway: string): boolean {
  return connectionsOf(deployed, gateway).some(
    ({ properties }) => properties["staticRoutesOnly"] !== true,
  );
}

/** The gateways whose routes a table takes over. */
export function propagatingInto(deployed: Deployed, table: string): readonly string[] {
  const holder = deployed.find(table, aws.defaultRouteTable, aws.routeTable);
  return [
    ...textsOf(holder?.properties ?? {}, "propagatingVgws"),
    ...deployed
      .where("routeTableId", table, aws.vpnPropagation)
      .flatMap(({ properties }) => textOf(properties, "vpnGatewayId") ?? []),
  ];
}

/** The virtual private gateway of a VPC. */
export function vpnGatewayOf(deployed: Deployed, vpcId: string): string | undefined {
  const attached = deployed.where("vpcId", vpcId, aws.vpnGatewayAttachment)[0];
  return (
    textOf(attached?.properties ?? {}, "vpnGatewayId") ??
    deployed.where("vpcId", vpcId, aws.vpnGateway)[0]?.id
  );
}
