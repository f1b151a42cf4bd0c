/** EC2 networks. Ids, defaults and errors as in the EC2 API reference and the Terraform AWS provider. */

import type { TypeEntry } from "../../../types/type.ts";
import { arn, tagsAll } from "./common.ts";

const vpc: TypeEntry = {
  token: "aws:ec2/vpc:Vpc",
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  forceNew: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
  id: (r) => `vpc-0${r.hex("id", 16)}`,
  planned: { tagsAll },
  outputs: {
    arn: (r) => arn(r, "ec2", `vpc/${r.id}`),
    ownerId: (r) => r.account,
    enableDnsHostnames: false,
    enableNetworkAddressUsageMetrics: false,
    assignGeneratedIpv6CidrBlock: false,
    ipv6CidrBlock: (r) =>
      r.flag("assignGeneratedIpv6CidrBlock")
        ? `2600:1f18:${r.hex("ipv6", 4)}:${r.hex("ipv6b", 2)}00::/56`
        : "",
    ipv6AssociationId: (r) =>
      r.flag("assignGeneratedIpv6CidrBlock") ? `vpc-cidr-assoc-0${r.hex("ipv6assoc", 16)}` : "",
    ipv6CidrBlockNetworkBorderGroup: (r) =>
      r.flag("assignGeneratedIpv6CidrBlock") ? r.region : "",
    ipv6IpamPoolId: "",
    ipv6NetmaskLength: 0,
    mainRouteTableId: (r) => `rtb-0${r.hex("main", 16)}`,
    defaultRouteTableId: (r) => `rtb-0${r.hex("main", 16)}`,
    defaultNetworkAclId: (r) => `acl-0${r.hex("acl", 16)}`,
    defaultSecurityGroupId: (r) => `sg-0${r.hex("group", 16)}`,
    dhcpOptionsId: (r) => `dopt-0${r.hex("dhcp", 16)}`,
  },
  keys: ["arn"],
  inUse: {
    code: "DependencyViolation",
    says: "The vpc '{id}' has dependencies and cannot be deleted.",
  },
};

const subnet: TypeEntry = {
  token: "aws:ec2/subnet:Subnet",
  required: ["vpcId"],
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
  ],
  check: (r) =>
    r.given("cidrBlock") === undefined && !r.flag("ipv6Native")
      ? [{ property: "cidrBlock", reason: "a subnet that is not IPv6-only needs cidrBlock" }]
      : [],
  id: (r) => `subnet-0${r.hex("id", 16)}`,
  planned: { tagsAll },
  outputs: {
    arn: (r) => arn(r, "ec2", `subnet/${r.id}`),
    ownerId: (r) => r.account,
    availabilityZone: (r) => `${r.region}a`,
    availabilityZoneId: "use1-az1",
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
  references: [
    {
      at: "vpcId",
      to: "aws:ec2/vpc:Vpc",
      missing: { code: "InvalidVpcID.NotFound", says: "The vpc ID '{value}' does not exist" },
      holds: true,
    },
  ],
  inUse: {
    code: "DependencyViolation",
    says: "The subnet '{id}' has dependencies and cannot be deleted.",
  },
};

/** The entries of EC2 networks. */
export const vpcTypes: readonly TypeEntry[] = [vpc, subnet];
