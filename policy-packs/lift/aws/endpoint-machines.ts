/** Instances, containers, and what starts them. */
import type { EndpointType } from "./endpoint-type.ts";
import { inVpc } from "./endpoint-type.ts";

const never = "never";
const nowhere = "nowhere";
const template = (path: string) => [
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>vpcSecurityGroupIds[]`,
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>networkInterfaces[].securityGroups[]`,
];
const templatePublic = (path: string) => [
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>networkInterfaces[].associatePublicIpAddress`,
];
const mixedTemplate = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification";
const launchConfiguration = "launchConfiguration>aws:ec2/launchConfiguration:LaunchConfiguration";

/** Instances and what starts them. */
export const machines: readonly EndpointType[] = [
  ...["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"].map(
    (type): EndpointType => ({
      type,
      groups: ["vpcSecurityGroupIds[]", "securityGroups[]", ...template("launchTemplate.id")],
      subnets: ["subnetId"],
      public: {
        flags: ["associatePublicIpAddress", ...templatePublic("launchTemplate.id")],
        absent: "subnet",
      },
      addresses: ["privateIp", "secondaryPrivateIps[]", "ipv6Addresses[]"],
      without: "default-vpc",
      only: ["!networkInterfaces", "!primaryNetworkInterface"],
    }),
  ),
  inVpc("aws:ec2/networkInterface:NetworkInterface", "securityGroups[]", "subnetId", {
    addresses: ["privateIp", "privateIps[]", "privateIpLists[]", "ipv6Addresses[]"],
  }),
  {
    type: "aws:autoscaling/group:Group",
    groups: [
      ...template("launchTemplate.id"),
      ...template("launchTemplate.name"),
      ...template(`${mixedTemplate}.launchTemplateId`),
      `${launchConfiguration}>securityGroups[]`,
    ],
    subnets: ["vpcZoneIdentifiers[]"],
    public: {
      flags: [
        ...templatePublic("launchTemplate.id"),
        ...templatePublic("launchTemplate.name"),
        ...templatePublic(`${mixedTemplate}.launchTemplateId`),
        `${launchConfiguration}>associatePublicIpAddress`,
      ],
      absent: "subnet",
    },
    without: "default-vpc",
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    groups: template("launchTemplate.id"),
    subnets: ["subnetIds[]"],
    public: { flags: templatePublic("launchTemplate.id"), absent: "subnet" },
    without: nowhere,
    ungrouped: "cluster",
  },
  {
    type: "aws:eks/fargateProfile:FargateProfile",
    groups: [],
    subnets: ["subnetIds[]"],
    public: never,
    without: nowhere,
    ungrouped: "cluster",
  },
  inVpc("aws:eks/cluster:Cluster", "vpcConfig.securityGroupIds[]", "vpcConfig.subnetIds[]", {
    ungrouped: "cluster",
  }),
  inVpc(
    "aws:ecs/service:Service",
    "networkConfiguration.securityGroups[]",
    "networkConfiguration.subnets[]",
    { public: { flags: ["networkConfiguration.assignPublicIp"], absent: false } },
  ),
  inVpc(
    "aws:batch/computeEnvironment:ComputeEnvironment",
    "computeResources.securityGroupIds[]",
    "computeResources.subnets[]",
    { public: { flags: [], absent: "subnet" } },
  ),
];
