/**
 * Which resources stand in a VPC, and where they say in which subnets and groups. Paths step into
 * properties by `.`, into every element of a list by `[]`, and to the resource that a property
 * names by `>TYPE>`.
 */

/** Whether an end has a public IPv4 address. */
export type PublicSource =
  | "never"
  /** The first of the flags that is there; else the subnet decides, or the given value holds. */
  | {
      readonly flags: readonly string[];
      readonly absent: "subnet" | boolean;
      readonly negated?: boolean;
    }
  /** A word that says yes. */
  | { readonly word: string; readonly yes: string; readonly absent: boolean };

/** How to read one type. */
export interface EndpointType {
  readonly type: string;
  /** Paths to ids of security groups; the first that leads anywhere counts. */
  readonly groups: readonly string[];
  /** Paths to ids of subnets; the first that leads anywhere counts. */
  readonly subnets: readonly string[];
  readonly public: PublicSource;
  /** Paths to private addresses of its own. */
  readonly addresses?: readonly string[];
  /** Where it says no subnet: in the default VPC, or in no VPC at all. */
  readonly without: "default-vpc" | "nowhere";
  /** Where it names no group: the VPC's default one, the cluster's, or it is not filtered. */
  readonly ungrouped?: "cluster" | "unfiltered";
  /** Only where the property holds the word, or anything; a leading `!`: where it is absent. */
  readonly only?: readonly string[];
}

const never = "never";
const nowhere = "nowhere";
const vpcConfig = ["vpcConfig.securityGroupIds[]"];
const template = (path: string) => [
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>vpcSecurityGroupIds[]`,
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>networkInterfaces[].securityGroups[]`,
];
const templatePublic = (path: string) => [
  `${path}>aws:ec2/launchTemplate:LaunchTemplate>networkInterfaces[].associatePublicIpAddress`,
];
const mixedTemplate = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification";
const launchConfiguration = "launchConfiguration>aws:ec2/launchConfiguration:LaunchConfiguration";
const publiclyAccessible = { flags: ["publiclyAccessible"], absent: false } as const;

function inVpc(
  type: string,
  groups: string,
  subnets: string,
  more: Partial<EndpointType> = {},
): EndpointType {
  return { type, groups: [groups], subnets: [subnets], public: never, without: nowhere, ...more };
}

/** Instances and what starts them. */
const machines: readonly EndpointType[] = [
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

/** Functions and builds that call into a VPC. */
const callers: readonly EndpointType[] = [
  { ...inVpc("aws:lambda/function:Function", "", "vpcConfig.subnetIds[]"), groups: vpcConfig },
  inVpc("aws:apprunner/vpcConnector:VpcConnector", "securityGroups[]", "subnets[]"),
  inVpc("aws:apigatewayv2/vpcLink:VpcLink", "securityGroupIds[]", "subnetIds[]"),
  inVpc("aws:codebuild/project:Project", "vpcConfig.securityGroupIds[]", "vpcConfig.subnets[]"),
  inVpc("aws:synthetics/canary:Canary", "vpcConfig.securityGroupIds[]", "vpcConfig.subnetIds[]"),
  inVpc(
    "aws:glue/connection:Connection",
    "physicalConnectionRequirements.securityGroupIdLists[]",
    "physicalConnectionRequirements.subnetId",
  ),
  inVpc(
    "aws:mwaa/environment:Environment",
    "networkConfiguration.securityGroupIds[]",
    "networkConfiguration.subnetIds[]",
  ),
  inVpc("aws:sagemaker/notebookInstance:NotebookInstance", "securityGroups[]", "subnetId"),
  inVpc("aws:sagemaker/model:Model", "vpcConfig.securityGroupIds[]", "vpcConfig.subnets[]"),
  inVpc("aws:sagemaker/domain:Domain", "defaultUserSettings.securityGroups[]", "subnetIds[]"),
];

/** Entrances: balancers, interface endpoints, resolvers. */
const entrances: readonly EndpointType[] = [
  ...(["application", "network"] as const).map(
    (kind): EndpointType => ({
      type: "aws:lb/loadBalancer:LoadBalancer",
      groups: ["securityGroups[]"],
      subnets: ["subnets[]", "subnetMappings[].subnetId"],
      public: { flags: ["internal"], absent: true, negated: true },
      without: nowhere,
      only: [`loadBalancerType=${kind}${kind === "application" ? "?" : ""}`],
      // Without a group, a network balancer lets everything pass to its targets.
      ...(kind === "network" ? { ungrouped: "unfiltered" } : {}),
    }),
  ),
  inVpc("aws:elb/loadBalancer:LoadBalancer", "securityGroups[]", "subnets[]", {
    public: { flags: ["internal"], absent: true, negated: true },
  }),
  inVpc("aws:ec2/vpcEndpoint:VpcEndpoint", "securityGroupIds[]", "subnetIds[]", {
    only: ["vpcEndpointType=Interface"],
  }),
  inVpc(
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    "securityGroupIds[]",
    "ipAddresses[].subnetId",
    { addresses: ["ipAddresses[].ip"] },
  ),
  inVpc(
    "aws:transfer/server:Server",
    "endpointDetails.securityGroupIds[]",
    "endpointDetails.subnetIds[]",
  ),
];

const dbSubnets = (type: string) => `${type}>subnetIds[]`;

/** Databases, caches, queues and files. */
const stores: readonly EndpointType[] = [
  {
    type: "aws:rds/instance:Instance",
    groups: ["vpcSecurityGroupIds[]"],
    subnets: [dbSubnets("dbSubnetGroupName>aws:rds/subnetGroup:SubnetGroup")],
    public: publiclyAccessible,
    without: "default-vpc",
  },
  {
    type: "aws:rds/clusterInstance:ClusterInstance",
    groups: ["clusterIdentifier>aws:rds/cluster:Cluster>vpcSecurityGroupIds[]"],
    subnets: [
      dbSubnets("dbSubnetGroupName>aws:rds/subnetGroup:SubnetGroup"),
      dbSubnets(
        "clusterIdentifier>aws:rds/cluster:Cluster>dbSubnetGroupName>aws:rds/subnetGroup:SubnetGroup",
      ),
    ],
    public: publiclyAccessible,
    without: "default-vpc",
  },
  inVpc(
    "aws:rds/cluster:Cluster",
    "vpcSecurityGroupIds[]",
    dbSubnets("dbSubnetGroupName>aws:rds/subnetGroup:SubnetGroup"),
    { without: "default-vpc" },
  ),
  inVpc("aws:rds/proxy:Proxy", "vpcSecurityGroupIds[]", "vpcSubnetIds[]"),
  inVpc(
    "aws:docdb/cluster:Cluster",
    "vpcSecurityGroupIds[]",
    dbSubnets("dbSubnetGroupName>aws:docdb/subnetGroup:SubnetGroup"),
    { without: "default-vpc" },
  ),
  inVpc(
    "aws:neptune/cluster:Cluster",
    "vpcSecurityGroupIds[]",
    dbSubnets("neptuneSubnetGroupName>aws:neptune/subnetGroup:SubnetGroup"),
    { without: "default-vpc" },
  ),
  ...["aws:elasticache/cluster:Cluster", "aws:elasticache/replicationGroup:ReplicationGroup"].map(
    (type) =>
      inVpc(
        type,
        "securityGroupIds[]",
        dbSubnets("subnetGroupName>aws:elasticache/subnetGroup:SubnetGroup"),
        { without: "default-vpc" },
      ),
  ),
  inVpc("aws:elasticache/serverlessCache:ServerlessCache", "securityGroupIds[]", "subnetIds[]"),
  inVpc(
    "aws:memorydb/cluster:Cluster",
    "securityGroupIds[]",
    dbSubnets("subnetGroupName>aws:memorydb/subnetGroup:SubnetGroup"),
    { without: "default-vpc" },
  ),
  inVpc(
    "aws:dax/cluster:Cluster",
    "securityGroupIds[]",
    dbSubnets("subnetGroupName>aws:dax/subnetGroup:SubnetGroup"),
    { without: "default-vpc" },
  ),
  inVpc(
    "aws:redshift/cluster:Cluster",
    "vpcSecurityGroupIds[]",
    dbSubnets("clusterSubnetGroupName>aws:redshift/subnetGroup:SubnetGroup"),
    { public: publiclyAccessible, without: "default-vpc" },
  ),
  inVpc("aws:redshiftserverless/workgroup:Workgroup", "securityGroupIds[]", "subnetIds[]", {
    public: publiclyAccessible,
  }),
  ...["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"].map((type) =>
    inVpc(type, "vpcOptions.securityGroupIds[]", "vpcOptions.subnetIds[]"),
  ),
  inVpc(
    "aws:msk/cluster:Cluster",
    "brokerNodeGroupInfo.securityGroups[]",
    "brokerNodeGroupInfo.clientSubnets[]",
    {
      public: {
        word: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
        yes: "SERVICE_PROVIDED_EIPS",
        absent: false,
      },
    },
  ),
  inVpc(
    "aws:msk/serverlessCluster:ServerlessCluster",
    "vpcConfigs[].securityGroupIds[]",
    "vpcConfigs[].subnetIds[]",
  ),
  inVpc("aws:mq/broker:Broker", "securityGroups[]", "subnetIds[]", {
    public: publiclyAccessible,
    without: "default-vpc",
  }),
  inVpc(
    "aws:dms/replicationInstance:ReplicationInstance",
    "vpcSecurityGroupIds[]",
    dbSubnets("replicationSubnetGroupId>aws:dms/replicationSubnetGroup:ReplicationSubnetGroup"),
    { public: publiclyAccessible, without: "default-vpc" },
  ),
  inVpc("aws:efs/mountTarget:MountTarget", "securityGroups[]", "subnetId", {
    addresses: ["ipAddress", "ipv6Address"],
  }),
  ...["Lustre", "Windows", "Ontap", "OpenZfs"].map((kind) => {
    const file = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}FileSystem`;
    const list = kind === "Lustre" ? "subnetIds" : "subnetIds[]";
    return inVpc(`aws:fsx/${file}:${kind}FileSystem`, "securityGroupIds[]", list);
  }),
];

/** Every type that is read. */
export const endpointTypes: readonly EndpointType[] = [
  ...machines,
  ...callers,
  ...entrances,
  ...stores,
];
