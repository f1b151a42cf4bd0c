/** Databases, caches, queues and files. */
import type { EndpointType } from "./endpoint-type.ts";
import { inVpc } from "./endpoint-type.ts";

const publiclyAccessible = { flags: ["publiclyAccessible"], absent: false } as const;

const dbSubnets = (type: string) => `${type}>subnetIds[]`;

/** Databases, caches, queues and files. */
export const stores: readonly EndpointType[] = [
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
