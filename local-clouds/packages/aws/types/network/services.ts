/** What a network offers and who may come in: endpoint services and smaller parts of VPCs (EC2 API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { ec2InUse, ec2Reference, oneOf, others } from "../common.ts";
import { toGroup, toRouteTable, toSubnet, toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { asDocument, documentFault } from "../policy-documents.ts";
import { toTopic } from "../references.ts";
import { zonesOf } from "../zones.ts";

const noBalancer = error("InvalidParameter", "The load balancer {value} does not exist");

const endpointService = ordinary("aws:ec2/vpcEndpointService:VpcEndpointService", {
  id: "vpce-svc-0{hex16}",
  arn: "ec2:vpc-endpoint-service/{id}",
  outputs: {
    allowedPrincipals: [],
    availabilityZones: (r) => zonesOf(r.region).map(({ name }) => name),
    baseEndpointDnsNames: (r) => [form("{id}.{region}.vpce.{suffix}")(r)],
    managesVpcEndpoints: false,
    privateDnsName: "",
    privateDnsNameConfigurations: [],
    serviceName: form("com.amazonaws.vpce.{region}.{id}"),
    serviceType: (r) =>
      r.list("gatewayLoadBalancerArns").length > 0 ? "GatewayLoadBalancer" : "Interface",
    state: "Available",
    supportedIpAddressTypes: ["ipv4"],
    supportedRegions: (r) => [r.region],
  },
  keys: ["serviceName"],
  references: ["networkLoadBalancerArns[*]", "gatewayLoadBalancerArns[*]"].map((at) =>
    refer(
      at,
      ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
      noBalancer,
      {
        by: "arn",
        holds: true,
      },
    ),
  ),
  admit: (r) => {
    const balancers = [...r.list("networkLoadBalancerArns"), ...r.list("gatewayLoadBalancerArns")];
    return refuseIf(
      balancers.length === 0,
      "MissingParameter",
      "The request must contain the parameter NetworkLoadBalancerArns or GatewayLoadBalancerArns",
    );
  },
  inUse: error(
    "ExistingVpcEndpointConnections",
    "Service {id} has existing active VPC Endpoint connections!",
  ),
});

const toService = ec2Reference(
  "vpcEndpointServiceId",
  endpointService.token,
  "InvalidVpcEndpointServiceId.NotFound",
  "VpcEndpointService Id",
);
const toEndpoint = (holds: boolean) => ({
  ...ec2Reference(
    "vpcEndpointId",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "InvalidVpcEndpointId.NotFound",
    "Vpc Endpoint Id",
  ),
  ...(holds ? {} : { holds: false, cascades: true }),
});

const allowedPrincipal = ordinary(
  "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
  {
    id: "vpce-svc-perm-0{hex16}",
    untagged: true,
    forceNew: ["principalArn", "vpcEndpointServiceId"],
    references: [{ ...toService, holds: false, cascades: true }],
  },
);

const connectionAccepter = ordinary(
  "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",
  {
    id: "{vpcEndpointServiceId}_{vpcEndpointId}",
    untagged: true,
    forceNew: ["vpcEndpointId", "vpcEndpointServiceId"],
    outputs: { vpcEndpointState: "available" },
    references: [toService, { ...toEndpoint(true), within: "world" }],
  },
);

const connectionNotification = ordinary(
  "aws:ec2/vpcEndpointConnectionNotification:VpcEndpointConnectionNotification",
  {
    id: "vpce-nfn-0{hex16}",
    untagged: true,
    forceNew: ["vpcEndpointId", "vpcEndpointServiceId"],
    outputs: { notificationType: "Topic", state: "Enabled" },
    references: [
      toTopic(
        "connectionNotificationArn",
        error("InvalidParameter", "The topic {value} does not exist"),
      ),
      { ...toService, holds: false, cascades: true },
      toEndpoint(false),
    ],
  },
);

const endpointTable = ordinary(
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  {
    id: "a-{vpcEndpointId}{routeTableId}",
    untagged: true,
    forceNew: ["routeTableId", "vpcEndpointId"],
    references: [toEndpoint(false), { ...toRouteTable("routeTableId"), holds: false }],
    admit: (r) =>
      refuseIf(
        r.target("vpcEndpointId")?.properties["vpcEndpointType"] !== "Gateway",
        "InvalidParameter",
        "Route tables can only be specified for Gateway endpoints.",
      ),
  },
);

const endpointSubnet = ordinary(
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  {
    id: "a-{vpcEndpointId}{subnetId}",
    untagged: true,
    forceNew: ["subnetId", "vpcEndpointId"],
    references: [toEndpoint(false), toSubnet("subnetId")],
  },
);

const endpointGroup = ordinary("aws:ec2/securityGroupAssociation:SecurityGroupAssociation", {
  id: "a-{vpcEndpointId}{securityGroupId}",
  untagged: true,
  defaults: { replaceDefaultAssociation: false },
  forceNew: ["replaceDefaultAssociation", "securityGroupId", "vpcEndpointId"],
  references: [toEndpoint(false), toGroup("securityGroupId")],
});

const endpointPolicy = ordinary("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", {
  id: "{vpcEndpointId}",
  untagged: true,
  forceNew: ["vpcEndpointId"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [toEndpoint(false)],
});

const groupOfVpc = ordinary("aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation", {
  id: "{securityGroupId},{vpcId}",
  untagged: true,
  forceNew: ["securityGroupId", "vpcId"],
  outputs: { state: "associated" },
  references: [toGroup("securityGroupId"), { ...toVpc("vpcId"), holds: false }],
});

const aclTokens = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"];

const aclAssociation = ordinary("aws:ec2/networkAclAssociation:NetworkAclAssociation", {
  id: "aclassoc-0{hex16}",
  untagged: true,
  forceNew: ["networkAclId", "subnetId"],
  references: [
    ec2Reference("networkAclId", aclTokens, "InvalidNetworkAclID.NotFound", "networkAcl ID"),
    { ...toSubnet("subnetId"), holds: false, cascades: true },
  ],
  admit: (r) =>
    refuseIf(
      r.target("networkAclId")?.properties["vpcId"] !== r.target("subnetId")?.properties["vpcId"],
      "InvalidParameterValue",
      `networkAcl ${r.text("networkAclId")} and subnet ${r.text("subnetId")} belong to different networks`,
    ),
});

const ipv6Association = ordinary(
  "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
  {
    id: "vpc-cidr-assoc-0{hex16}",
    untagged: true,
    defaults: { assignGeneratedIpv6CidrBlock: false },
    forceNew: [
      "assignGeneratedIpv6CidrBlock",
      "ipv6CidrBlock",
      "ipv6IpamPoolId",
      "ipv6NetmaskLength",
      "ipv6Pool",
      "vpcId",
    ],
    outputs: {
      ipSource: "amazon",
      ipv6AddressAttribute: "public",
      ipv6CidrBlock: (r) => `2600:1f${r.hex("a", 2)}:${r.hex("b", 3)}:${r.hex("c", 2)}00::/56`,
    },
    references: [toVpc("vpcId")],
  },
);

const peeringOptions = ordinary("aws:ec2/peeringConnectionOptions:PeeringConnectionOptions", {
  id: "{vpcPeeringConnectionId}",
  untagged: true,
  forceNew: ["vpcPeeringConnectionId"],
  outputs: {
    accepter: { allowRemoteVpcDnsResolution: false },
    requester: { allowRemoteVpcDnsResolution: false },
  },
  references: [
    refer(
      "vpcPeeringConnectionId",
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      error(
        "InvalidVpcPeeringConnectionID.NotFound",
        "The vpcPeeringConnection ID '{value}' does not exist",
      ),
      { within: "world", cascades: true },
    ),
  ],
});

const insightsPath = ordinary("aws:ec2/networkInsightsPath:NetworkInsightsPath", {
  id: "nip-0{hex16}",
  arn: "ec2:network-insights-path/{id}",
  forceNew: [
    "destination",
    "destinationIp",
    "destinationPort",
    "filterAtDestination",
    "filterAtSource",
    "protocol",
    "source",
    "sourceIp",
  ],
  check: (r) => oneOf(r.text("protocol"), "protocol", ["tcp", "udp"]),
  outputs: {
    sourceArn: (r) => pointArn(r, "source"),
    destinationArn: (r) => pointArn(r, "destination"),
  },
  admit: (r) =>
    refuseIf(
      others(r).length >= pathsMax,
      "AnalysisPathLimitExceeded",
      `The maximum number of paths (${pathsMax}) has been reached`,
    ),
  inUse: error("AnalysisExistsForNetworkInsightsPath", "Analyses exist for the path {id}"),
});

/** Paths of an account in a region (Reachability Analyzer quotas). */
const pathsMax = 100;

function pointArn(r: Resource, property: string): string {
  const id = r.text(property, "");
  const kinds: Readonly<Record<string, string>> = {
    i: "instance",
    eni: "network-interface",
    igw: "internet-gateway",
    vgw: "vpn-gateway",
    vpce: "vpc-endpoint",
    tgw: "transit-gateway",
  };
  const kind = kinds[id.split("-")[0] ?? ""];
  return kind === undefined ? "" : form(`arn:{partition}:ec2:{region}:{account}:${kind}/${id}`)(r);
}

const insightsAnalysis = ordinary("aws:ec2/networkInsightsAnalysis:NetworkInsightsAnalysis", {
  id: "nia-0{hex16}",
  arn: "ec2:network-insights-analysis/{id}",
  defaults: { waitForCompletion: true },
  forceNew: ["filterInArns", "networkInsightsPathId"],
  outputs: {
    startDate: (r) => r.createdAt,
    status: "running",
    statusMessage: "",
    warningMessage: "",
  },
  references: [
    ec2Reference(
      "networkInsightsPathId",
      insightsPath.token,
      "InvalidNetworkInsightsPathId.NotFound",
      "NetworkInsightsPath ID",
    ),
  ],
  inUse: ec2InUse("networkInsightsAnalysis"),
});

/** The entries of endpoint services and smaller parts. */
export const serviceTypes: readonly TypeEntry[] = [
  endpointService,
  allowedPrincipal,
  connectionAccepter,
  connectionNotification,
  endpointTable,
  endpointSubnet,
  endpointGroup,
  endpointPolicy,
  groupOfVpc,
  aclAssociation,
  ipv6Association,
  peeringOptions,
  insightsPath,
  insightsAnalysis,
];
