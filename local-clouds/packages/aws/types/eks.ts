/** EKS clusters (Amazon EKS API reference, CreateCluster). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Companion, ServiceError, TypeEntry } from "../../../types/type.ts";
import { makeAuthority } from "./cluster-authority.ts";
import { arn, oneOf, regionAndTags, textOf } from "./common.ts";
import { toGroup, toSubnet } from "./ec2-references.ts";
import { defaultVersion, refuseVersion } from "./eks-versions.ts";
import { toRole } from "./iam-references.ts";
import { keptWhile } from "./protection.ts";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** EKS puts control planes into at least so many zones. */
const zonesMin = 2;

const cluster: TypeEntry = {
  token: "aws:eks/cluster:Cluster",
  autoname: { property: "name", charactersMax: 100 },
  defaults: {
    bootstrapSelfManagedAddons: true,
    "vpcConfig.endpointPrivateAccess": false,
    "vpcConfig.endpointPublicAccess": true,
  },
  forceNew: [
    "name",
    "roleArn",
    "bootstrapSelfManagedAddons",
    "accessConfig.bootstrapClusterCreatorAdminPermissions",
    "encryptionConfig.provider.keyArn",
    "kubernetesNetworkConfig.ipFamily",
    "kubernetesNetworkConfig.serviceIpv4Cidr",
    "outpostConfig.*",
    "region",
  ],
  check: (r) =>
    r
      .list("enabledClusterLogTypes")
      .flatMap((type) => oneOf(String(type), "enabledClusterLogTypes", logTypes)),
  make: makeAuthority,
  ...keptWhile("deletionProtection", true, {
    code: "InvalidRequestException",
    says: "Deletion protection is enabled for the cluster. Disable deletion protection before you delete it.",
  }),
  id: (r) => r.text("name"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "eks", `cluster/${r.id}`),
    version: defaultVersion,
    platformVersion: "eks.1",
    status: "ACTIVE",
    createdAt: (r) => r.createdAt,
    endpoint: (r) => `https://${uniqueName(r)}.gr7.${r.region}.eks.amazonaws.com`,
    identities: (r) => [
      { oidcs: [{ issuer: `https://oidc.eks.${r.region}.amazonaws.com/id/${uniqueName(r)}` }] },
    ],
    accessConfig: {
      authenticationMode: "CONFIG_MAP",
      bootstrapClusterCreatorAdminPermissions: true,
    },
    "accessConfig.authenticationMode": "CONFIG_MAP",
    deletionProtection: false,
    kubernetesNetworkConfig: {},
    "kubernetesNetworkConfig.ipFamily": "ipv4",
    "kubernetesNetworkConfig.serviceIpv4Cidr": "172.20.0.0/16",
    "kubernetesNetworkConfig.elasticLoadBalancing": { enabled: false },
    enabledClusterLogTypes: [],
    encryptionConfig: null,
    outpostConfig: null,
    upgradePolicy: { supportType: "EXTENDED" },
    "vpcConfig.clusterSecurityGroupId": clusterGroup,
    "vpcConfig.publicAccessCidrs": (r) =>
      r.flag("vpcConfig.endpointPublicAccess") ? ["0.0.0.0/0"] : [],
    "vpcConfig.vpcId": (r) => r.target("vpcConfig.subnetIds[*]")?.properties["vpcId"],
  },
  keys: ["arn", "name", "endpoint"],
  references: [
    toRole("roleArn", notAssumable()),
    toSubnet("vpcConfig.subnetIds[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
    {
      at: "encryptionConfig.provider.keyArn",
      to: "aws:kms/key:Key",
      by: "arn",
      missing: {
        code: "InvalidRequestException",
        says: "KeyArn in encryptionConfig provider is not valid: {value}",
      },
    },
  ],
  taken: { code: "ResourceInUseException", says: "Cluster already exists with name: {id}" },
  admit: refuseCluster,
  companions,
  inUse: { code: "ResourceInUseException", says: "Cluster has nodegroups attached" },
  timeouts: { create: 1800, update: 3600, delete: 900 },
  schemaVersion: 1,
};

function notAssumable(): ServiceError {
  return {
    code: "InvalidParameterException",
    says: "Role with arn: {value}, could not be assumed because it does not exist or the trusted entity is not correct",
  };
}

/** The 32 characters by which endpoint and issuer of a cluster are told apart. */
function uniqueName(r: Resource): string {
  return r.hex("cluster", 32).toUpperCase();
}

function clusterGroup(r: Resource): string {
  return `sg-0${r.hex("cluster group", 16)}`;
}

/** The group that EKS puts on the control plane's interfaces and on managed nodes. */
function companions(r: Resource): readonly Companion[] {
  const id = clusterGroup(r);
  const open = { protocol: "-1", fromPort: 0, toPort: 0, description: "" };
  return [
    {
      token: "aws:ec2/securityGroup:SecurityGroup",
      id,
      properties: {
        id,
        arn: arn(r, "ec2", `security-group/${id}`),
        name: `eks-cluster-sg-${r.text("name")}-${r.digits("cluster group", 9)}`,
        description:
          "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
        vpcId: r.target("vpcConfig.subnetIds[*]")?.properties["vpcId"] ?? "",
        ownerId: r.account,
        region: r.region,
        ingress: [{ ...open, self: true, cidrBlocks: [] }],
        egress: [{ ...open, self: false, cidrBlocks: ["0.0.0.0/0"] }],
        tags: {},
        tagsAll: {},
      },
    },
  ];
}

function refuseCluster(r: Resource): ServiceError | undefined {
  const trust = textOf(r.target("roleArn")?.properties ?? {}, "assumeRolePolicy");
  if (trust !== undefined && !trust.includes("eks.amazonaws.com")) {
    return { ...notAssumable(), says: notAssumable().says.replace("{value}", r.text("roleArn")) };
  }
  if (!r.flag("vpcConfig.endpointPublicAccess") && !r.flag("vpcConfig.endpointPrivateAccess")) {
    return {
      code: "InvalidParameterException",
      says: "Private and public endpoint access cannot be false",
    };
  }
  return refuseVersion(r) ?? refuseSubnets(r);
}

function refuseSubnets(r: Resource): ServiceError | undefined {
  const subnets = r
    .list("vpcConfig.subnetIds")
    .map((id): JsonObject => r.find("aws:ec2/subnet:Subnet", String(id))?.properties ?? {});
  if (new Set(subnets.map((subnet) => subnet["availabilityZone"])).size < zonesMin) {
    return {
      code: "InvalidParameterException",
      says: "Subnets specified must be in at least two different AZs",
    };
  }
  return new Set(subnets.map((subnet) => subnet["vpcId"])).size > 1
    ? { code: "InvalidParameterException", says: "Subnets specified must belong to the same VPC" }
    : undefined;
}

/** The entries of clusters. */
export const eksTypes: readonly TypeEntry[] = [cluster];
