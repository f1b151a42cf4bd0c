/** Transit gateways, what is attached to them and how they route (EC2 API reference). */

import { tryParseCidr } from "../../../../../model/base/address.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { Computed, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { ec2InUse, ec2Reference, oneOf, others } from "../common.ts";
import { toSubnet, toVpc } from "../ec2-references.ts";
import { error, ordinary, refuseIf } from "../ordinary.ts";

const attachmentTokens = [
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  "aws:ec2/vpnConnection:VpnConnection",
];
const switches = ["enable", "disable"];
const switchDefaults = (on: readonly string[], off: readonly string[]) =>
  Object.fromEntries([...on.map((key) => [key, "enable"]), ...off.map((key) => [key, "disable"])]);

const gatewayDefaults: Readonly<Record<string, Computed>> = {
  amazonSideAsn: 64_512,
  ...switchDefaults(
    [
      "defaultRouteTableAssociation",
      "defaultRouteTablePropagation",
      "dnsSupport",
      "vpnEcmpSupport",
    ],
    ["autoAcceptSharedAttachments", "multicastSupport", "securityGroupReferencingSupport"],
  ),
};

const gateway = ordinary("aws:ec2transitgateway/transitGateway:TransitGateway", {
  id: "tgw-0{hex16}",
  arn: "ec2:transit-gateway/{id}",
  defaults: gatewayDefaults,
  forceNew: [
    "defaultRouteTableAssociation",
    "defaultRouteTablePropagation",
    "description",
    "multicastSupport",
  ],
  check: (r) =>
    Object.entries(gatewayDefaults)
      .filter(([, usual]) => typeof usual === "string")
      .flatMap(([key, usual]) => oneOf(r.text(key, String(usual)), key, switches)),
  outputs: {
    ownerId: (r) => r.account,
    associationDefaultRouteTableId: tableOf,
    propagationDefaultRouteTableId: tableOf,
    encryptionSupport: "disable",
    transitGatewayCidrBlocks: [],
  },
  companions: (r) => [
    {
      token: "aws:ec2transitgateway/routeTable:RouteTable",
      id: tableOf(r),
      properties: {
        id: tableOf(r),
        transitGatewayId: r.id,
        defaultAssociationRouteTable: true,
        defaultPropagationRouteTable: true,
        region: r.region,
      },
    },
  ],
  inUse: error("IncorrectState", "{id} has non-deleted VPC Attachments: {value}."),
  timeouts: { create: 600, update: 600, delete: 600 },
});

/** The table that a gateway begins with. */
function tableOf(r: Resource): string {
  return `tgw-rtb-0${r.hex("table", 16)}`;
}

const toGateway = (at = "transitGatewayId") =>
  ec2Reference(at, gateway.token, "InvalidTransitGatewayID.NotFound", "transitGateway ID");
const toTable = (holds: boolean) => ({
  ...ec2Reference(
    "transitGatewayRouteTableId",
    "aws:ec2transitgateway/routeTable:RouteTable",
    "InvalidRouteTableID.NotFound",
    "routeTable ID",
  ),
  ...(holds ? {} : { holds: false, cascades: true }),
});
const toAttachment = () => ({
  ...ec2Reference(
    "transitGatewayAttachmentId",
    attachmentTokens,
    "InvalidTransitGatewayAttachmentID.NotFound",
    "transitGatewayAttachment ID",
  ),
  // A VPN connection's attachment is no resource of its own.
  by: ["id", "transitGatewayAttachmentId"],
  holds: false,
});

const attachmentDefaults = {
  transitGatewayDefaultRouteTableAssociation: true,
  transitGatewayDefaultRouteTablePropagation: true,
};

const vpcAttachment = ordinary("aws:ec2transitgateway/vpcAttachment:VpcAttachment", {
  id: "tgw-attach-0{hex16}",
  arn: "ec2:transit-gateway-attachment/{id}",
  defaults: {
    applianceModeSupport: "disable",
    dnsSupport: "enable",
    ipv6Support: "disable",
    ...attachmentDefaults,
  },
  forceNew: ["transitGatewayId", "vpcId"],
  check: (r) =>
    ["applianceModeSupport", "dnsSupport", "ipv6Support"].flatMap((key) =>
      oneOf(r.text(key, "enable"), key, switches),
    ),
  outputs: {
    securityGroupReferencingSupport: "enable",
    vpcOwnerId: (r) => r.account,
  },
  references: [{ ...toGateway(), within: "world" }, toVpc("vpcId"), toSubnet("subnetIds[*]")],
  admit: refuseVpcAttachment,
  inUse: ec2InUse("transitGatewayAttachment"),
});

/** One attachment of a network to a gateway; one subnet of each zone (CreateTransitGatewayVpcAttachment). */
function refuseVpcAttachment(r: Resource): ServiceError | undefined {
  const taken = others(r).some(
    ({ properties }) =>
      properties["vpcId"] === r.given("vpcId") &&
      properties["transitGatewayId"] === r.given("transitGatewayId"),
  );
  if (taken) {
    return error(
      "DuplicateTransitGatewayAttachment",
      `${r.text("transitGatewayId")} has non-deleted Transit Gateway Attachments with same VPC ID.`,
    );
  }
  const subnets = r
    .list("subnetIds")
    .map((id) => r.find("aws:ec2/subnet:Subnet", String(id))?.properties);
  if (subnets.some((subnet) => subnet?.["vpcId"] !== r.given("vpcId"))) {
    return error("InvalidSubnetID.NotFound", "The subnets are not all of the attached VPC");
  }
  const zones = subnets.map((subnet) => subnet?.["availabilityZone"]);
  return refuseIf(
    new Set(zones).size < zones.length,
    "DuplicateSubnetsInSameZone",
    "Duplicate Subnets for same AZ",
  );
}

const accepterOutputs = (kind: string, keys: readonly string[]) =>
  Object.fromEntries(
    keys.map((key) => [
      key,
      (r: Resource) =>
        r.all(kind).find(({ id }) => id === r.given("transitGatewayAttachmentId"))?.properties[key],
    ]),
  );

const vpcAccepter = ordinary("aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter", {
  id: "{transitGatewayAttachmentId}",
  defaults: attachmentDefaults,
  forceNew: ["transitGatewayAttachmentId"],
  outputs: accepterOutputs(vpcAttachment.token, [
    "applianceModeSupport",
    "dnsSupport",
    "ipv6Support",
    "securityGroupReferencingSupport",
    "subnetIds",
    "transitGatewayId",
    "vpcId",
    "vpcOwnerId",
  ]),
  references: [{ ...toAttachment(), within: "world" }],
});

const peering = ordinary("aws:ec2transitgateway/peeringAttachment:PeeringAttachment", {
  id: "tgw-attach-0{hex16}",
  arn: "ec2:transit-gateway-attachment/{id}",
  forceNew: ["options", "peerAccountId", "peerRegion", "peerTransitGatewayId", "transitGatewayId"],
  outputs: { peerAccountId: (r) => r.account, state: "pendingAcceptance" },
  references: [toGateway(), { ...toGateway("peerTransitGatewayId"), within: "world" }],
});

const peeringAccepter = ordinary(
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
  {
    id: "{transitGatewayAttachmentId}",
    forceNew: ["transitGatewayAttachmentId"],
    outputs: {
      peerAccountId: (r) => r.target("transitGatewayAttachmentId")?.account,
      peerRegion: (r) => r.target("transitGatewayAttachmentId")?.region,
      peerTransitGatewayId: (r) =>
        r.target("transitGatewayAttachmentId")?.properties["transitGatewayId"],
      transitGatewayId: (r) =>
        r.target("transitGatewayAttachmentId")?.properties["peerTransitGatewayId"],
    },
    references: [{ ...toAttachment(), within: "world" }],
  },
);

const routeTable = ordinary("aws:ec2transitgateway/routeTable:RouteTable", {
  id: "tgw-rtb-0{hex16}",
  arn: "ec2:transit-gateway-route-table/{id}",
  forceNew: ["transitGatewayId"],
  outputs: { defaultAssociationRouteTable: false, defaultPropagationRouteTable: false },
  references: [toGateway()],
  inUse: error("IncorrectState", "{id} has non-deleted associations: {value}."),
});

function attachedKind(token: string | undefined): string {
  if (token === vpcAttachment.token) return "vpc";
  return token === peering.token ? "peering" : "vpn";
}

const tie = (kind: "Association" | "Propagation") =>
  ordinary(`aws:ec2transitgateway/routeTable${kind}:RouteTable${kind}`, {
    id: "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}",
    untagged: true,
    forceNew: ["transitGatewayAttachmentId", "transitGatewayRouteTableId"],
    outputs: {
      resourceId: (r) =>
        r.target("transitGatewayAttachmentId")?.properties["vpcId"] ??
        r.target("transitGatewayAttachmentId")?.properties["peerTransitGatewayId"],
      resourceType: (r) => attachedKind(r.target("transitGatewayAttachmentId")?.token),
    },
    references: [toTable(kind === "Association"), toAttachment()],
  });

/** An attachment is associated with one table; the default one is left by `replaceExistingAssociation`. */
const association: TypeEntry = {
  ...tie("Association"),
  defaults: { replaceExistingAssociation: false },
  admit: (r) => {
    const at = r.target("transitGatewayAttachmentId");
    const tables = r
      .all("aws:ec2transitgateway/routeTable:RouteTable")
      .filter(
        ({ properties }) => properties["transitGatewayId"] === at?.properties["transitGatewayId"],
      );
    const gatewayRow = r.find(gateway.token, String(at?.properties["transitGatewayId"]));
    const byDefault =
      tables.length > 0 &&
      gatewayRow?.properties["defaultRouteTableAssociation"] === "enable" &&
      at?.properties["transitGatewayDefaultRouteTableAssociation"] === true &&
      !r.flag("replaceExistingAssociation");
    const taken = others(r).some(
      ({ properties }) =>
        properties["transitGatewayAttachmentId"] === r.given("transitGatewayAttachmentId"),
    );
    return refuseIf(
      taken || byDefault,
      "Resource.AlreadyAssociated",
      `Transit Gateway Attachment ${r.text("transitGatewayAttachmentId")} is already associated to a route table.`,
    );
  },
};

const route = ordinary("aws:ec2transitgateway/route:Route", {
  id: "{transitGatewayRouteTableId}_{destinationCidrBlock}",
  untagged: true,
  defaults: { blackhole: false },
  forceNew: [
    "blackhole",
    "destinationCidrBlock",
    "transitGatewayAttachmentId",
    "transitGatewayRouteTableId",
  ],
  check: (r) =>
    tryParseCidr(r.text("destinationCidrBlock")) === undefined
      ? [
          {
            property: "destinationCidrBlock",
            reason: `"${r.text("destinationCidrBlock")}" is not a valid CIDR block`,
          },
        ]
      : [],
  references: [toTable(false), { ...toAttachment(), holds: true }],
  taken: error("RouteAlreadyExists", "Route {id} already exists in Transit Gateway Route Table."),
  admit: (r) =>
    refuseIf(
      !r.flag("blackhole") && r.given("transitGatewayAttachmentId") === undefined,
      "MissingParameter",
      "The request must contain the parameter TransitGatewayAttachmentId or Blackhole",
    ),
});

/** The entries of transit gateways. */
export const transitGatewayTypes: readonly TypeEntry[] = [
  gateway,
  vpcAttachment,
  vpcAccepter,
  peering,
  peeringAccepter,
  routeTable,
  association,
  tie("Propagation"),
  route,
];
