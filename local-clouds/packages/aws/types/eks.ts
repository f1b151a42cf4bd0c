/** EKS clusters, node groups and add-ons (Amazon EKS API reference). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Companion, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { makeAuthority } from "./cluster-authority.ts";
import { arn, isJsonObject, oneOf, regionAndTags, textOf } from "./common.ts";
import { toGroup, toSubnet } from "./ec2-references.ts";
import { addonVersion } from "./eks-addons.ts";
import { defaultVersion, refuseVersion } from "./eks-versions.ts";
import { toRole } from "./iam-references.ts";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** EKS puts control planes into at least so many zones. */
const zonesMin = 2;

const cluster: TypeEntry = {
  token: "aws:eks/cluster:Cluster",
  required: ["roleArn", "vpcConfig", "vpcConfig.subnetIds"],
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
    "outpostConfig",
    "region",
  ],
  check: (r) => r.list("enabledClusterLogTypes").flatMap((type) => oneOf(String(type), "enabledClusterLogTypes", logTypes)),
  make: makeAuthority,
  id: (r) => r.text("name"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "eks", `cluster/${r.id}`),
    version: defaultVersion,
    platformVersion: "eks.1",
    status: "ACTIVE",
    createdAt: (r) => r.createdAt,
    endpoint: (r) => `https://${uniqueName(r)}.gr7.${r.region}.eks.amazonaws.com`,
    identities: (r) => [{ oidcs: [{ issuer: `https://oidc.eks.${r.region}.amazonaws.com/id/${uniqueName(r)}` }] }],
    accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
    "accessConfig.authenticationMode": "CONFIG_MAP",
    deletionProtection: false,
    kubernetesNetworkConfig: {},
    "kubernetesNetworkConfig.ipFamily": "ipv4",
    "kubernetesNetworkConfig.serviceIpv4Cidr": "172.20.0.0/16",
    "kubernetesNetworkConfig.elasticLoadBalancing": { enabled: false },
    upgradePolicy: { supportType: "EXTENDED" },
    "vpcConfig.clusterSecurityGroupId": clusterGroup,
    "vpcConfig.publicAccessCidrs": (r) => (r.flag("vpcConfig.endpointPublicAccess") ? ["0.0.0.0/0"] : []),
    "vpcConfig.vpcId": (r) => r.target("vpcConfig.subnetIds[0]")?.properties["vpcId"],
  },
  keys: ["arn", "name"],
  references: [
    toRole("roleArn", notAssumable()),
    toSubnet("vpcConfig.subnetIds[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
    {
      at: "encryptionConfig.provider.keyArn",
      to: "aws:kms/key:Key",
      by: "arn",
      missing: { code: "InvalidRequestException", says: "KeyArn in encryptionConfig provider is not valid: {value}" },
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
        description: "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
        vpcId: r.target("vpcConfig.subnetIds[0]")?.properties["vpcId"] ?? "",
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
    return { code: "InvalidParameterException", says: "Private and public endpoint access cannot be false" };
  }
  return refuseVersion(r) ?? refuseSubnets(r);
}

function refuseSubnets(r: Resource): ServiceError | undefined {
  const subnets = r
    .list("vpcConfig.subnetIds")
    .map((id): JsonObject => r.find("aws:ec2/subnet:Subnet", String(id))?.properties ?? {});
  if (new Set(subnets.map((subnet) => subnet["availabilityZone"])).size < zonesMin) {
    return { code: "InvalidParameterException", says: "Subnets specified must be in at least two different AZs" };
  }
  return new Set(subnets.map((subnet) => subnet["vpcId"])).size > 1
    ? { code: "InvalidParameterException", says: "Subnets specified must belong to the same VPC" }
    : undefined;
}

/** A property that names a cluster of the account and region; the cluster stays while `holds`. */
export function toCluster(holds: boolean): Reference {
  return {
    at: "clusterName",
    to: cluster.token,
    ...(holds ? { holds } : { cascades: true }),
    missing: { code: "ResourceNotFoundException", says: "No cluster found for name: {value}." },
  };
}

const nodeGroup: TypeEntry = {
  token: "aws:eks/nodeGroup:NodeGroup",
  required: ["clusterName", "nodeRoleArn", "scalingConfig", "subnetIds"],
  autoname: { property: "nodeGroupName", charactersMax: 63 },
  forceNew: [
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "instanceTypes",
    "launchTemplate.id",
    "launchTemplate.name",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "remoteAccess",
    "subnetIds",
    "region",
  ],
  check: (r) => (r.given("capacityType") === undefined ? [] : oneOf(r.text("capacityType"), "capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"])),
  id: (r) => `${r.text("clusterName")}:${r.text("nodeGroupName")}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "eks", `nodegroup/${r.text("clusterName")}/${r.text("nodeGroupName")}/${r.uuid("arn")}`),
    status: "ACTIVE",
    amiType: "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    diskSize: (r) => (r.given("launchTemplate") === undefined ? 20 : 0),
    instanceTypes: ["t3.medium"],
    nodeGroupNamePrefix: "",
    version: clusterVersion,
    releaseVersion: (r) => `${clusterVersion(r)}.0-${r.createdAt.slice(0, 10).replaceAll("-", "")}`,
    updateConfig: { maxUnavailable: 1 },
    "updateConfig.updateStrategy": "DEFAULT",
    resources: (r) => [
      {
        autoscalingGroups: [{ name: `eks-${r.text("nodeGroupName")}-${r.uuid("scaling")}` }],
        remoteAccessSecurityGroupId: "",
      },
    ],
    "launchTemplate.name": (r) => r.target("launchTemplate.id")?.properties["name"],
    "launchTemplate.id": (r) => r.target("launchTemplate.name")?.id,
  },
  keys: ["arn"],
  references: [
    toCluster(true),
    { ...toRole("nodeRoleArn", { code: "InvalidParameterException", says: "The role with name {value} cannot be found." }), holds: false },
    toSubnet("subnetIds[*]"),
    {
      at: "launchTemplate.id",
      to: "aws:ec2/launchTemplate:LaunchTemplate",
      missing: { code: "InvalidRequestException", says: "Launch template {value} not found." },
    },
    {
      at: "launchTemplate.name",
      to: "aws:ec2/launchTemplate:LaunchTemplate",
      by: "name",
      missing: { code: "InvalidRequestException", says: "Launch template {value} not found." },
    },
  ],
  taken: { code: "ResourceInUseException", says: "NodeGroup already exists with name {id}" },
  admit: refuseNodes,
  timeouts: { create: 3600, update: 3600, delete: 3600 },
};

function clusterVersion(r: Resource): string {
  return textOf(r.target("clusterName")?.properties ?? {}, "version") ?? defaultVersion;
}

function refuseNodes(r: Resource): ServiceError | undefined {
  const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((size) => r.number(`scalingConfig.${size}`));
  if (min === undefined || desired === undefined || max === undefined) return undefined;
  if (min > max) {
    return { code: "InvalidParameterException", says: `Minimum capacity ${min} can't be greater than maximum capacity ${max}` };
  }
  if (desired < min || desired > max) {
    return { code: "InvalidParameterException", says: `desired capacity ${desired} can't be less than minimum ${min} or greater than maximum ${max}` };
  }
  const trust = textOf(r.target("nodeRoleArn")?.properties ?? {}, "assumeRolePolicy");
  if (trust !== undefined && !trust.includes("ec2.amazonaws.com")) {
    return { code: "InvalidParameterException", says: `The trust policy of ${r.text("nodeRoleArn")} does not let ec2.amazonaws.com assume it` };
  }
  return r.given("launchTemplate") !== undefined && r.given("diskSize") !== undefined
    ? { code: "InvalidParameterException", says: "Disk size must be specified within the launch template." }
    : undefined;
}

const addon: TypeEntry = {
  token: "aws:eks/addon:Addon",
  required: ["addonName", "clusterName"],
  forceNew: ["addonName", "clusterName", "namespaceConfig", "region"],
  id: (r) => `${r.text("clusterName")}:${r.text("addonName")}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "eks", `addon/${r.text("clusterName")}/${r.text("addonName")}/${r.uuid("arn")}`),
    addonVersion: (r) => addonVersion(r.text("addonName")),
    configurationValues: "",
    createdAt: (r) => r.createdAt,
    modifiedAt: (r) => r.createdAt,
  },
  keys: ["arn"],
  references: [
    toCluster(false),
    toRole("serviceAccountRoleArn", { code: "InvalidParameterException", says: "Role {value} does not exist." }),
    toRole("podIdentityAssociations[*].roleArn", { code: "InvalidParameterException", says: "Role {value} does not exist." }),
  ],
  taken: { code: "ResourceInUseException", says: "Addon already exists." },
  admit: (r) => {
    if (addonVersion(r.text("addonName")) === undefined) {
      return { code: "InvalidParameterException", says: `Addon ${r.text("addonName")} specified is not supported` };
    }
    const values = r.given("configurationValues");
    return values === undefined || isConfiguration(String(values))
      ? undefined
      : { code: "InvalidParameterException", says: "ConfigurationValue is not in valid JSON or YAML format" };
  },
  timeouts: { create: 1200, update: 1200, delete: 2400 },
};

/** JSON objects are judged; anything else is taken for YAML, of which only a lone scalar is refused. */
function isConfiguration(text: string): boolean {
  if (text === "") return true;
  if (!text.trimStart().startsWith("{")) return text.includes(":");
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/** The entries of clusters, nodes and add-ons. */
export const eksTypes: readonly TypeEntry[] = [cluster, nodeGroup, addon];
