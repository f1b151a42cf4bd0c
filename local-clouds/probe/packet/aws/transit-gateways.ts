/**
 * Transit gateways.
 *
 * AWS Transit Gateway, "How transit gateways work": a packet is routed by the table associated with
 * the attachment it comes from; static routes come before propagated ones of the same range.
 * "Transit gateway VPC attachments": only zones with a subnet of the attachment are served.
 */

import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, type Live, textOf, textsOf } from "../deployed.ts";
import { vpcRanges } from "./networks.ts";
import { aws } from "./tokens.ts";

/** A VPC's attachment to a transit gateway; `undefined` without one. */
export function attachmentOf(deployed: Deployed, gateway: string, vpcId: string): Live | undefined {
  return deployed
    .all(aws.transitVpc)
    .find(
      ({ properties }) =>
        properties["transitGatewayId"] === gateway && properties["vpcId"] === vpcId,
    );
}

/** The attachment's subnet in a zone. */
export function subnetInZone(deployed: Deployed, attachment: Live, zone: string): Live | undefined {
  return textsOf(attachment.properties, "subnetIds")
    .flatMap((id) => deployed.find(id, aws.subnet, aws.defaultSubnet) ?? [])
    .find(({ properties }) => properties["availabilityZone"] === zone);
}

/** The first subnet of an attachment. */
export function firstSubnet(deployed: Deployed, attachment: Live): Live | undefined {
  const [id] = textsOf(attachment.properties, "subnetIds");
  return deployed.find(id, aws.subnet, aws.defaultSubnet);
}

/** The table by which packets from an attachment are routed. */
export function tableOf(deployed: Deployed, gateway: Live, attachment: Live): string | undefined {
  const own = deployed.where(
    "transitGatewayAttachmentId",
    attachment.id,
    aws.transitAssociation,
  )[0];
  if (own !== undefined) return textOf(own.properties, "transitGatewayRouteTableId");
  const usual =
    gateway.properties["defaultRouteTableAssociation"] !== "disable" &&
    attachment.properties["transitGatewayDefaultRouteTableAssociation"] !== false;
  return usual ? textOf(gateway.properties, "associationDefaultRouteTableId") : undefined;
}

/** A route of a transit gateway's table. */
export interface TransitRoute {
  readonly range: string;
  /** Attachment it leads to; `undefined` for a blackhole. */
  readonly attachment: string | undefined;
}

/** The route for an address: the longest, static before propagated. */
export function transitRoute(
  deployed: Deployed,
  gateway: Live,
  table: string,
  to: Address,
): TransitRoute | undefined {
  const fitting = [
    ...staticRoutes(deployed, table),
    ...propagated(deployed, gateway, table),
  ].filter(({ range }) => holds(range, to));
  return fitting.sort((a, b) => lengthOf(b.range) - lengthOf(a.range))[0];
}

function staticRoutes(deployed: Deployed, table: string): readonly TransitRoute[] {
  return deployed
    .where("transitGatewayRouteTableId", table, aws.transitRoute)
    .map(({ properties }) => ({
      range: textOf(properties, "destinationCidrBlock") ?? "",
      attachment:
        properties["blackhole"] === true
          ? undefined
          : textOf(properties, "transitGatewayAttachmentId"),
    }));
}

function propagated(deployed: Deployed, gateway: Live, table: string): readonly TransitRoute[] {
  return deployed
    .where("transitGatewayId", gateway.id, aws.transitVpc)
    .filter((attachment) => propagates(deployed, gateway, attachment, table))
    .flatMap((attachment) =>
      vpcRanges(deployed, textOf(attachment.properties, "vpcId") ?? "").map((range) => ({
        range,
        attachment: attachment.id,
      })),
    );
}

function propagates(deployed: Deployed, gateway: Live, attachment: Live, table: string): boolean {
  const told = deployed
    .all(aws.transitPropagation)
    .some(
      ({ properties }) =>
        properties["transitGatewayAttachmentId"] === attachment.id &&
        properties["transitGatewayRouteTableId"] === table,
    );
  const usual =
    gateway.properties["defaultRouteTablePropagation"] !== "disable" &&
    attachment.properties["transitGatewayDefaultRouteTablePropagation"] !== false &&
    gateway.properties["propagationDefaultRouteTableId"] === table;
  return told || usual;
}

/**
 * Whether groups can be referenced between two attachments: "security group referencing support"
 * must be on at the gateway, where it is off by default, and at both attachments.
 */
export function canReference(gateway: Live, ...attachments: readonly Live[]): boolean {
  const key = "securityGroupReferencingSupport";
  return (
    gateway.properties[key] === "enable" &&
    attachments.every(({ properties }) => properties[key] !== "disable")
  );
}
