/** EC2 networks. Ids, defaults and errors as in the EC2 API reference and the Terraform AWS provider. */

import { overlap, tryParseCidr } from "../../../../model/base/address.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Companion, ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, ec2InUse, oneOf, others, region, regionAndTags, textOf } from "./common.ts";
import { toVpc } from "./ec2-references.ts";
import { refuseSubnet } from "./subnet-ranges.ts";
import { zonesOf } from "./zones.ts";

const vpc: TypeEntry = {
  token: "aws:ec2/vpc:Vpc",
  defaults: { enableDnsSupport: true },
  forceNew: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "region"],
  id: (r) => `vpc-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `vpc/${r.id}`),
    ownerId: (r) => r.account,
    enableDnsHostnames: false,
    instanceTenancy: "default",
    enableNetworkAddressUsageMetrics: false,
    assignGeneratedIpv6CidrBlock: false,
    ipv6CidrBlock: (r) => (r.flag("assignGeneratedIpv6CidrBlock") ? amazonIpv6Block(r) : ""),
    ipv6AssociationId: (r) => (hasIpv6(r) ? `vpc-cidr-assoc-0${r.hex("ipv6assoc", 16)}` : ""),
    ipv6CidrBlockNetworkBorderGroup: (r) =>
      r.flag("assignGeneratedIpv6CidrBlock") ? r.region : "",
    ipv6IpamPoolId: "",
    ipv6NetmaskLength: 0,
    mainRouteTableId: mainRouteTable,
    defaultRouteTableId: mainRouteTable,
    defaultNetworkAclId: defaultNetworkAcl,
    defaultSecurityGroupId: defaultGroup,
    dhcpOptionsId: (r) => `dopt-0${r.hex("dhcp", 16)}`,
  },
  keys: ["arn"],
  admit: refuseVpc,
  companions,
  inUse: ec2InUse("vpc"),
  schemaVersion: 1,
};

/** Ids the service gives to what it makes with a network. */
function mainRouteTable(r: Resource): string {
  return `rtb-0${r.hex("main", 16)}`;
}
function defaultNetworkAcl(r: Resource): string {
  return `acl-0${r.hex("acl", 16)}`;
}
function defaultGroup(r: Resource): string {
  return `sg-0${r.hex("group", 16)}`;
}

function hasIpv6(r: Resource): boolean {
  return r.flag("assignGeneratedIpv6CidrBlock") || r.given("ipv6CidrBlock") !== undefined;
}

/** A /56 of Amazon's pool, written without leading zeros as the API writes it. */
function amazonIpv6Block(r: Resource): string {
  const third = Number.parseInt(r.hex("ipv6", 4), 16).toString(16);
  const fourth = (Number.parseInt(r.hex("ipv6b", 2), 16) << 8).toString(16);
  return fourth === "0" ? `2600:1f18:${third}::/56` : `2600:1f18:${third}:${fourth}::/56`;
}

/** Networks have a /16 to /28 (VPC user guide, "VPC CIDR blocks"). */
function refuseVpc(r: Resource): ServiceError | undefined {
  if (r.given("cidrBlock") === undefined) {
    if (r.given("ipv4IpamPoolId") !== undefined) return undefined;
    return {
      code: "MissingParameter",
      says: "Either 'cidrBlock' or 'ipv4IpamPoolId' must be provided.",
    };
  }
  const text = r.text("cidrBlock");
  const range = tryParseCidr(text);
  if (range?.family !== 4) {
    return {
      code: "InvalidParameterValue",
      says: `Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    };
  }
  return range.length >= 16 && range.length <= 28
    ? undefined
    : { code: "InvalidVpc.Range", says: `The CIDR '${text}' is invalid.` };
}

/** The main route table, the default network ACL and the default security group of a network. */
function companions(r: Resource): readonly Companion[] {
  const shared = { vpcId: r.id, ownerId: r.account, region: r.region, tags: {}, tagsAll: {} };
  const table = mainRouteTable(r);
  const acl = defaultNetworkAcl(r);
  const group = defaultGroup(r);
  return [
    {
      token: "aws:ec2/routeTable:RouteTable",
      id: table,
      properties: { ...shared, id: table, arn: arn(r, "ec2", `route-table/${table}`), routes: [] },
    },
    {
      token: "aws:ec2/networkAcl:NetworkAcl",
      id: acl,
      properties: {
        ...shared,
        id: acl,
        arn: arn(r, "ec2", `network-acl/${acl}`),
        ingress: allowAll(r),
        egress: allowAll(r),
        subnetIds: [],
      },
    },
    {
      token: "aws:ec2/securityGroup:SecurityGroup",
      id: group,
      properties: {
        ...shared,
        id: group,
        arn: arn(r, "ec2", `security-group/${group}`),
        name: "default",
        description: "default VPC security group",
        ingress: [{ ...everything, self: true, cidrBlocks: [] }],
        egress: [
          {
            ...everything,
            self: false,
            cidrBlocks: ["0.0.0.0/0"],
            ...(hasIpv6(r) ? { ipv6CidrBlocks: ["::/0"] } : {}),
          },
        ],
      },
    },
  ];
}

/** Rule 100 for IPv4, and 101 where the network has IPv6 (VPC user guide, "Default network ACL"). */
function allowAll(r: Resource): readonly JsonObject[] {
  const rule = { action: "allow", protocol: "-1", fromPort: 0, toPort: 0 };
  const six = { ...rule, ruleNo: 101, ipv6CidrBlock: "::/0" };
  return [{ ...rule, ruleNo: 100, cidrBlock: "0.0.0.0/0" }, ...(hasIpv6(r) ? [six] : [])];
}
const everything = { protocol: "-1", fromPort: 0, toPort: 0, description: "" };

const subnet: TypeEntry = {
  token: "aws:ec2/subnet:Subnet",
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    enableResourceNameDnsARecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  forceNew: [
    "vpcId",
    "cidrBlock",
    "availabilityZone",
    "availabilityZoneId",
    "ipv6Native",
    "outpostArn",
    "region",
  ],
  id: (r) => `subnet-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `subnet/${r.id}`),
    ownerId: (r) => r.account,
    availabilityZone: (r) => zoneBy(r, "id", "availabilityZoneId")?.name,
    availabilityZoneId: (r) => zoneBy(r, "name", "availabilityZone")?.id,
    enableLniAtDeviceIndex: 0,
    customerOwnedIpv4Pool: "",
    mapCustomerOwnedIpOnLaunch: false,
    outpostArn: "",
    ipv6CidrBlock: "",
    ipv6CidrBlockAssociationId: (r) =>
      r.given("ipv6CidrBlock") === undefined ? "" : `subnet-cidr-assoc-0${r.hex("ipv6assoc", 16)}`,
    privateDnsHostnameTypeOnLaunch: "ip-name",
  },
  keys: ["arn"],
  references: [toVpc("vpcId")],
  admit: (r) => refuseZone(r) ?? refuseSubnet(r),
  inUse: ec2InUse("subnet"),
  timeouts: { create: 600, delete: 1200 },
  schemaVersion: 1,
};

/** The zone that the other of the two zone properties names; the first of the region without one. */
function zoneBy(
  r: Resource,
  key: "name" | "id",
  property: string,
): { name: string; id: string } | undefined {
  const zones = zonesOf(r.region);
  const given = r.given(property);
  return given === undefined ? zones[0] : zones.find((zone) => zone[key] === given);
}

function refuseZone(r: Resource): ServiceError | undefined {
  const zones = zonesOf(r.region);
  const name = r.given("availabilityZone");
  const id = r.given("availabilityZoneId");
  if (name === undefined || zones.some((zone) => zone.name === name)) {
    if (id === undefined || zones.some((zone) => zone.id === id)) return undefined;
  }
  const said = name === undefined ? `availabilityZoneId` : "availabilityZone";
  return {
    code: "InvalidParameterValue",
    says: `Value (${String(name ?? id)}) for parameter ${said} is invalid. Subnets can currently only be created in the following availability zones: ${zones.map((zone) => zone.name).join(", ")}.`,
  };
}

const blockPublicAccess: TypeEntry = {
  token: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  check: (r) => oneOf(r.text("internetGatewayBlockMode"), "internetGatewayBlockMode", blockModes),
  forceNew: ["region"],
  id: (r) => r.region,
  planned: region,
  outputs: { awsAccountId: (r) => r.account, awsRegion: (r) => r.region },
};

/** `off`, or which directions of internet gateways are shut (EC2 API, VpcBlockPublicAccessOptions). */
const blockModes = ["off", "block-bidirectional", "block-ingress"];

const cidrAssociation: TypeEntry = {
  token: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  forceNew: ["vpcId", "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "region"],
  id: (r) => `vpc-cidr-assoc-0${r.hex("id", 16)}`,
  planned: region,
  references: [toVpc("vpcId")],
  admit: (r) => {
    const range = tryParseCidr(r.text("cidrBlock"));
    const main = tryParseCidr(textOf(r.target("vpcId")?.properties ?? {}, "cidrBlock") ?? "");
    const taken = others(r)
      .filter(({ properties }) => properties["vpcId"] === r.given("vpcId"))
      .map(({ properties }) => tryParseCidr(textOf(properties, "cidrBlock") ?? ""));
    const clash = [main, ...taken].some((one) => range && one && overlap(range, one));
    return clash
      ? {
          code: "InvalidVpc.Range",
          says: `The CIDR '${r.text("cidrBlock")}' conflicts with the VPC's own.`,
        }
      : undefined;
  },
};

/** The entries of EC2 networks. */
export const vpcTypes: readonly TypeEntry[] = [vpc, subnet, blockPublicAccess, cidrAssociation];
