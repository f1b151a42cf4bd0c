/** Ways out of EC2 networks: internet gateways, addresses and NAT (EC2 API reference). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  arn,
  dnsSuffix,
  ec2InUse,
  ec2Reference,
  oneOf,
  others,
  region,
  regionAndTags,
} from "./common.ts";
import { toSubnet, toVpc } from "./ec2-references.ts";

const internetGateway: TypeEntry = {
  token: "aws:ec2/internetGateway:InternetGateway",
  forceNew: ["region"],
  id: (r) => `igw-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `internet-gateway/${r.id}`),
    ownerId: (r) => r.account,
    vpcId: "",
  },
  keys: ["arn"],
  references: [toVpc("vpcId")],
  admit: (r) => {
    const vpc = r.given("vpcId");
    const taken = others(r).some(
      ({ properties }) => vpc !== undefined && properties["vpcId"] === vpc,
    );
    return taken
      ? {
          code: "Resource.AlreadyAssociated",
          says: `resource ${r.text("vpcId")} is already attached to an internet gateway`,
        }
      : undefined;
  },
  inUse: ec2InUse("internetGateway"),
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

const attachment: TypeEntry = {
  token: "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
  forceNew: ["internetGatewayId", "vpcId", "region"],
  id: (r) => `${r.text("internetGatewayId")}:${r.text("vpcId")}`,
  planned: region,
  references: [
    toVpc("vpcId"),
    ec2Reference(
      "internetGatewayId",
      internetGateway.token,
      "InvalidInternetGatewayID.NotFound",
      "internetGateway ID",
    ),
  ],
};

const egressOnlyGateway: TypeEntry = {
  token: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  forceNew: ["vpcId", "region"],
  id: (r) => `eigw-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  references: [toVpc("vpcId")],
  inUse: ec2InUse("egressOnlyInternetGateway"),
};

const elasticAddress: TypeEntry = {
  token: "aws:ec2/eip:Eip",
  forceNew: [
    "address",
    "customerOwnedIpv4Pool",
    "domain",
    "ipamPoolId",
    "networkBorderGroup",
    "publicIpv4Pool",
    "region",
  ],
  check: (r) => oneOf(r.text("domain", "vpc"), "domain", ["standard", "vpc"]),
  id: (r) => `eipalloc-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `elastic-ip/${r.id}`),
    allocationId: (r) => r.id,
    associationId: "",
    domain: "vpc",
    instance: "",
    networkInterface: "",
    networkBorderGroup: (r) => r.region,
    publicIpv4Pool: "amazon",
    publicIp: publicAddress,
    publicDns: (r) => `ec2-${publicAddress(r).replaceAll(".", "-")}.${computeDomain(r)}`,
    privateIp: "",
    privateDns: "",
    ptrRecord: "",
    carrierIp: "",
    customerOwnedIp: "",
    customerOwnedIpv4Pool: "",
  },
  keys: ["arn", "publicIp"],
  references: [
    {
      at: "instance",
      to: "aws:ec2/instance:Instance",
      missing: {
        code: "InvalidInstanceID.NotFound",
        says: "The instance ID '{value}' does not exist",
      },
    },
  ],
  inUse: { code: "InvalidIPAddress.InUse", says: "Address '{id}' is in use." },
  timeouts: { read: 900, update: 300, delete: 180 },
};

/** An address of 3.0.0.0/8, which is Amazon's. */
function publicAddress(r: Resource): string {
  const bytes = r.hex("address", 6).match(/../g) ?? [];
  return ["3", ...bytes.map((byte) => String(Number.parseInt(byte, 16)))].join(".");
}

function computeDomain(r: Resource): string {
  const zone = r.region === "us-east-1" ? "compute-1" : `${r.region}.compute`;
  return `${zone}.${dnsSuffix(r.region)}`;
}

const natGateway: TypeEntry = {
  token: "aws:ec2/natGateway:NatGateway",
  defaults: { connectivityType: "public" },
  forceNew: [
    "allocationId",
    "availabilityMode",
    "connectivityType",
    "privateIp",
    "subnetId",
    "vpcId",
    "region",
  ],
  check: (r) => [
    ...oneOf(r.text("connectivityType", "public"), "connectivityType", ["private", "public"]),
    ...oneOf(r.text("availabilityMode", "zonal"), "availabilityMode", ["zonal", "regional"]),
  ],
  id: (r) => `nat-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    availabilityMode: "zonal",
    associationId: (r) =>
      r.given("allocationId") === undefined ? "" : `eipassoc-0${r.hex("association", 16)}`,
    networkInterfaceId: (r) => `eni-0${r.hex("interface", 16)}`,
    publicIp: (r) => r.target("allocationId")?.properties["publicIp"] ?? "",
    privateIp: (r) => `10.0.${Number.parseInt(r.hex("private", 2), 16)}.10`,
    vpcId: (r) => r.target("subnetId")?.properties["vpcId"],
    secondaryAllocationIds: [],
    secondaryPrivateIpAddressCount: 0,
    secondaryPrivateIpAddresses: [],
    regionalNatGatewayAddresses: [],
  },
  references: [
    toSubnet("subnetId"),
    toVpc("vpcId"),
    ec2Reference(
      "allocationId",
      elasticAddress.token,
      "InvalidAllocationID.NotFound",
      "allocation ID",
    ),
  ],
  admit: refuseNat,
  inUse: ec2InUse("natGateway"),
  timeouts: { create: 600, update: 600, delete: 1800 },
};

/** A public gateway needs an address of its own, and its network a way to the internet. */
function refuseNat(r: Resource): ServiceError | undefined {
  const regional = r.given("availabilityMode") === "regional";
  if (!regional && r.given("subnetId") === undefined) {
    return { code: "MissingParameter", says: "The request must contain the parameter subnetId" };
  }
  if (regional || r.given("connectivityType") === "private") return undefined;
  const address = r.given("allocationId");
  if (address === undefined) {
    return {
      code: "MissingParameter",
      says: "The request must include the AllocationId parameter. Add the required parameter and retry the request.",
    };
  }
  if (others(r).some(({ properties }) => properties["allocationId"] === address)) {
    return {
      code: "Resource.AlreadyAssociated",
      says: `Elastic IP address [${String(address)}] is already associated`,
    };
  }
  const vpc = r.target("subnetId")?.properties["vpcId"];
  const joined = [...r.all(internetGateway.token), ...r.all(attachment.token)].some(
    ({ properties }) => properties["vpcId"] === vpc,
  );
  return joined
    ? undefined
    : {
        code: "Gateway.NotAttached",
        says: `Network ${String(vpc)} has no Internet gateway attached`,
      };
}

/** The entries of gateways and addresses. */
export const gatewayTypes: readonly TypeEntry[] = [
  internetGateway,
  attachment,
  egressOnlyGateway,
  elasticAddress,
  natGateway,
];
