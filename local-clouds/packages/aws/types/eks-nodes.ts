/** EKS managed node groups (Amazon EKS API reference, CreateNodegroup). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, oneOf, regionAndTags, textOf } from "./common.ts";
import { toSubnet } from "./ec2-references.ts";
import { toCluster } from "./eks-references.ts";
import { defaultVersion } from "./eks-versions.ts";
import { toRole } from "./iam-references.ts";

const nodeGroup: TypeEntry = {
  token: "aws:eks/nodeGroup:NodeGroup",
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
  check: (r) =>
    r.given("capacityType") === undefined
      ? []
      : oneOf(r.text("capacityType"), "capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"]),
  id: (r) => `${r.text("clusterName")}:${r.text("nodeGroupName")}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) =>
      arn(
        r,
        "eks",
        `nodegroup/${r.text("clusterName")}/${r.text("nodeGroupName")}/${r.uuid("arn")}`,
      ),
    status: "ACTIVE",
    amiType: (r) => (ownImage(r) === undefined ? "AL2023_x86_64_STANDARD" : "CUSTOM"),
    capacityType: "ON_DEMAND",
    diskSize: (r) => (r.given("launchTemplate") === undefined ? 20 : 0),
    instanceTypes: ["t3.medium"],
    nodeGroupNamePrefix: "",
    version: clusterVersion,
    releaseVersion: (r) =>
      ownImage(r) ?? `${clusterVersion(r)}.0-${r.createdAt.slice(0, 10).replaceAll("-", "")}`,
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
    {
      ...toRole("nodeRoleArn", {
        code: "InvalidParameterException",
        says: "The role with name {value} cannot be found.",
      }),
      holds: false,
    },
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

/** The image of the group's launch template; such nodes are of no type of EKS's own (CreateNodegroup, amiType). */
function ownImage(r: Resource): string | undefined {
  const template = r.target("launchTemplate.id") ?? r.target("launchTemplate.name");
  return textOf(template?.properties ?? {}, "imageId") || undefined;
}

function clusterVersion(r: Resource): string {
  return textOf(r.target("clusterName")?.properties ?? {}, "version") ?? defaultVersion;
}

function refuseNodes(r: Resource): ServiceError | undefined {
  const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((size) =>
    r.number(`scalingConfig.${size}`),
  );
  if (min === undefined || desired === undefined || max === undefined) return undefined;
  if (min > max) {
    return {
      code: "InvalidParameterException",
      says: `Minimum capacity ${min} can't be greater than maximum capacity ${max}`,
    };
  }
  if (desired < min || desired > max) {
    return {
      code: "InvalidParameterException",
      says: `desired capacity ${desired} can't be less than minimum ${min} or greater than maximum ${max}`,
    };
  }
  const trust = textOf(r.target("nodeRoleArn")?.properties ?? {}, "assumeRolePolicy");
  if (trust !== undefined && !trust.includes("ec2.amazonaws.com")) {
    return {
      code: "InvalidParameterException",
      says: `The trust policy of ${r.text("nodeRoleArn")} does not let ec2.amazonaws.com assume it`,
    };
  }
  return r.given("launchTemplate") !== undefined && r.given("diskSize") !== undefined
    ? {
        code: "InvalidParameterException",
        says: "Disk size must be specified within the launch template.",
      }
    : undefined;
}

/** The entries of nodes. */
export const eksNodeTypes: readonly TypeEntry[] = [nodeGroup];
