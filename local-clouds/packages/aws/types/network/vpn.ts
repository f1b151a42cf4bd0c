/** Private ways into a network: VPN gateways, connections, client VPN, DHCP options (EC2 API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { ec2InUse, ec2Reference, oneOf, others } from "../common.ts";
import { toGroup, toRouteTable, toSubnet, toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refuseIf } from "../ordinary.ts";
import { toCertificate } from "../references.ts";

const customerGateway = ordinary("aws:ec2/customerGateway:CustomerGateway", {
  id: "cgw-0{hex16}",
  arn: "ec2:customer-gateway/{id}",
  forceNew: ["bgpAsn", "bgpAsnExtended", "certificateArn", "deviceName", "ipAddress", "type"],
  check: (r) => oneOf(r.text("type"), "type", ["ipsec.1"]),
  outputs: { deviceName: "", certificateArn: "", ipAddress: "" },
  inUse: error("IncorrectState", "The customer gateway {id} is in use."),
});

const vpnGateway = ordinary("aws:ec2/vpnGateway:VpnGateway", {
  id: "vgw-0{hex16}",
  arn: "ec2:vpn-gateway/{id}",
  forceNew: ["amazonSideAsn", "availabilityZone"],
  outputs: { amazonSideAsn: "64512", vpcId: "" },
  references: [toVpc("vpcId")],
  inUse: error("IncorrectState", "The vpn gateway {id} is in use."),
});

const toVpnGateway = (at: string) =>
  ec2Reference(at, vpnGateway.token, "InvalidVpnGatewayID.NotFound", "vpnGateway ID");

const gatewayAttachment = ordinary("aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment", {
  id: (r) => `vpn-attachment-${r.hex("attachment", 8)}`,
  untagged: true,
  forceNew: ["vpcId", "vpnGatewayId"],
  references: [toVpc("vpcId"), toVpnGateway("vpnGatewayId")],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["vpcId"] === r.given("vpcId")),
      "InvalidParameterValue",
      `The vpc ${r.text("vpcId")} already has a vpn gateway attached.`,
    ),
});

/** Options of both tunnels that the service fills in (VpnTunnelOptionsSpecification). */
const tunnels = [1, 2].flatMap((n) => [
  [`tunnel${n}Address`, (r: Resource) => publicAddress(r, `tunnel${n}`)],
  [`tunnel${n}BgpAsn`, "64512"],
  [`tunnel${n}BgpHoldtime`, 30],
  [`tunnel${n}InsideCidr`, (r: Resource) => inside(r, n, 0, "/30")],
  [`tunnel${n}VgwInsideAddress`, (r: Resource) => inside(r, n, 1, "")],
  [`tunnel${n}CgwInsideAddress`, (r: Resource) => inside(r, n, 2, "")],
  [`tunnel${n}PresharedKey`, form(`{lower32:tunnel${n}}`)],
  [`tunnel${n}InsideIpv6Cidr`, ""],
]) as [string, string | number | ((r: Resource) => string)][];

function publicAddress(r: Resource, label: string): string {
  const bytes = r.hex(label, 6).match(/../g) ?? [];
  return ["3", ...bytes.map((byte) => String(Number.parseInt(byte, 16)))].join(".");
}

/** A /30 of 169.254.0.0/16 for each tunnel. */
function inside(r: Resource, tunnel: number, offset: number, length: string): string {
  const third = Number.parseInt(r.hex(`inside ${tunnel}`, 2), 16);
  return `169.254.${third}.${tunnel * 8 + offset}${length}`;
}

const connection = ordinary("aws:ec2/vpnConnection:VpnConnection", {
  id: "vpn-0{hex16}",
  arn: "ec2:vpn-connection/{id}",
  forceNew: [
    "enableAcceleration",
    "outsideIpAddressType",
    "presharedKeyStorage",
    "staticRoutesOnly",
    "transportTransitGatewayAttachmentId",
    "tunnelInsideIpVersion",
    "type",
  ],
  check: (r) => oneOf(r.text("type"), "type", ["ipsec.1"]),
  outputs: {
    ...Object.fromEntries(tunnels),
    customerGatewayConfiguration: (r) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<vpn_connection id="${r.id}"/>`,
    coreNetworkArn: "",
    coreNetworkAttachmentArn: "",
    enableAcceleration: false,
    localIpv4NetworkCidr: "0.0.0.0/0",
    remoteIpv4NetworkCidr: "0.0.0.0/0",
    outsideIpAddressType: "PublicIpv4",
    routes: [],
    staticRoutesOnly: false,
    transitGatewayAttachmentId: (r) =>
      r.given("transitGatewayId") === undefined ? "" : `tgw-attach-0${r.hex("attachment", 16)}`,
    tunnelInsideIpVersion: "ipv4",
    vgwTelemetries: [],
    vpnGatewayId: "",
  },
  keys: ["transitGatewayAttachmentId"],
  references: [
    ec2Reference(
      "customerGatewayId",
      customerGateway.token,
      "InvalidCustomerGatewayID.NotFound",
      "customerGateway ID",
    ),
    toVpnGateway("vpnGatewayId"),
    ec2Reference(
      "transitGatewayId",
      "aws:ec2transitgateway/transitGateway:TransitGateway",
      "InvalidTransitGatewayID.NotFound",
      "transitGateway ID",
    ),
  ],
  inUse: ec2InUse("vpnConnection"),
});

const connectionRoute = ordinary("aws:ec2/vpnConnectionRoute:VpnConnectionRoute", {
  id: "{destinationCidrBlock}:{vpnConnectionId}",
  untagged: true,
  forceNew: ["destinationCidrBlock", "vpnConnectionId"],
  references: [
    {
      ...ec2Reference(
        "vpnConnectionId",
        connection.token,
        "InvalidVpnConnectionID.NotFound",
        "vpnConnection ID",
      ),
      holds: false,
      cascades: true,
    },
  ],
});

const propagation = ordinary("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", {
  id: "{vpnGatewayId}_{routeTableId}",
  untagged: true,
  forceNew: ["routeTableId", "vpnGatewayId"],
  references: [toVpnGateway("vpnGatewayId"), { ...toRouteTable("routeTableId"), holds: false }],
});

const dhcpOptions = ordinary("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", {
  id: "dopt-0{hex16}",
  arn: "ec2:dhcp-options/{id}",
  forceNew: [
    "domainName",
    "domainNameServers",
    "ipv6AddressPreferredLeaseTime",
    "netbiosNameServers",
    "netbiosNodeType",
    "ntpServers",
  ],
  outputs: { ownerId: (r) => r.account },
  admit: (r) =>
    refuseIf(
      [
        "domainName",
        "domainNameServers",
        "netbiosNameServers",
        "netbiosNodeType",
        "ntpServers",
      ].every((property) => r.given(property) === undefined),
      "MissingParameter",
      "The request must contain the parameter dhcpConfigurationSet",
    ),
  inUse: error(
    "DependencyViolation",
    "The dhcpOptions '{id}' has dependencies and cannot be deleted.",
  ),
});

const dhcpAssociation = ordinary("aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", {
  id: "{dhcpOptionsId}-{vpcId}",
  untagged: true,
  forceNew: ["vpcId"],
  references: [
    { ...toVpc("vpcId"), holds: false, cascades: true },
    {
      ...ec2Reference(
        "dhcpOptionsId",
        dhcpOptions.token,
        "InvalidDhcpOptionsID.NotFound",
        "dhcpOptions ID",
      ),
      unless: (value: string) => value === "default",
    },
  ],
});

const clientEndpoint = ordinary("aws:ec2clientvpn/endpoint:Endpoint", {
  id: "cvpn-endpoint-0{hex16}",
  arn: "ec2:client-vpn-endpoint/{id}",
  defaults: {
    disconnectOnSessionTimeout: false,
    endpointIpAddressType: "ipv4",
    selfServicePortal: "disabled",
    sessionTimeoutHours: 24,
    splitTunnel: false,
    trafficIpAddressType: "ipv4",
    transportProtocol: "udp",
    vpnPort: 443,
  },
  forceNew: ["authenticationOptions", "clientCidrBlock", "transportProtocol"],
  check: (r) => oneOf(r.text("transportProtocol", "udp"), "transportProtocol", ["tcp", "udp"]),
  outputs: {
    dnsName: form("*.{id}.prod.clientvpn.{region}.{suffix}"),
    securityGroupIds: [],
    selfServicePortalUrl: "",
    vpcId: "",
  },
  references: [
    toCertificate(
      "serverCertificateArn",
      error("InvalidParameterValue", "Certificate {value} does not exist"),
    ),
    toVpc("vpcId"),
    toGroup("securityGroupIds[*]"),
  ],
  inUse: ec2InUse("clientVpnEndpoint"),
});

const toClientEndpoint = ec2Reference(
  "clientVpnEndpointId",
  clientEndpoint.token,
  "InvalidClientVpnEndpointId.NotFound",
  "clientVpnEndpoint ID",
);

const clientAssociation = ordinary("aws:ec2clientvpn/networkAssociation:NetworkAssociation", {
  id: "cvpn-assoc-0{hex16}",
  untagged: true,
  forceNew: ["clientVpnEndpointId", "subnetId"],
  outputs: {
    associationId: (r) => r.id,
    vpcId: (r) => r.target("subnetId")?.properties["vpcId"],
  },
  references: [toClientEndpoint, toSubnet("subnetId")],
});

const clientRule = ordinary("aws:ec2clientvpn/authorizationRule:AuthorizationRule", {
  id: (r) =>
    ["clientVpnEndpointId", "targetNetworkCidr", "accessGroupId"]
      .map((key) => r.text(key, ""))
      .filter((part) => part !== "")
      .join(","),
  untagged: true,
  forceNew: [
    "accessGroupId",
    "authorizeAllGroups",
    "clientVpnEndpointId",
    "description",
    "targetNetworkCidr",
  ],
  check: (r) =>
    (r.given("accessGroupId") === undefined) === (r.given("authorizeAllGroups") === undefined)
      ? [
          {
            property: "accessGroupId",
            reason: "one of `access_group_id,authorize_all_groups` must be specified",
          },
        ]
      : [],
  references: [{ ...toClientEndpoint, holds: false, cascades: true }],
});

const clientRoute = ordinary("aws:ec2clientvpn/route:Route", {
  id: "{clientVpnEndpointId},{targetVpcSubnetId},{destinationCidrBlock}",
  untagged: true,
  forceNew: ["clientVpnEndpointId", "description", "destinationCidrBlock", "targetVpcSubnetId"],
  outputs: { description: "", origin: "add-route", transitGatewayAttachmentId: "", type: "Nat" },
  references: [
    { ...toClientEndpoint, holds: false, cascades: true },
    { ...toSubnet("targetVpcSubnetId"), holds: false },
  ],
  taken: error(
    "InvalidClientVpnDuplicateRoute",
    "The route already exists in the Client VPN endpoint's route table.",
  ),
  admit: (r) =>
    refuseIf(
      !r
        .all(clientAssociation.token)
        .some(
          ({ properties }) =>
            properties["clientVpnEndpointId"] === r.given("clientVpnEndpointId") &&
            properties["subnetId"] === r.given("targetVpcSubnetId"),
        ),
      "InvalidClientVpnActiveAssociationNotFound",
      `The subnet ${r.text("targetVpcSubnetId")} is not associated with the Client VPN endpoint ${r.text("clientVpnEndpointId")}.`,
    ),
  timeouts: { create: 240, delete: 240 },
});

/** The entries of VPN and DHCP options. */
export const vpnTypes: readonly TypeEntry[] = [
  customerGateway,
  vpnGateway,
  gatewayAttachment,
  connection,
  connectionRoute,
  propagation,
  dhcpOptions,
  dhcpAssociation,
  clientEndpoint,
  clientAssociation,
  clientRule,
  clientRoute,
];
