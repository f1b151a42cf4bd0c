/** Brokers and replication (Amazon MSK, Amazon MQ and AWS DMS API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey } from "../references.ts";

const kafkaArn = (r: Resource) =>
  form("arn:{partition}:kafka:{region}:{account}:cluster/{clusterName}/{uuid}-2")(r);

const kafka = ordinary("aws:msk/cluster:Cluster", {
  id: kafkaArn,
  autoname: { property: "clusterName", charactersMax: 64 },
  defaults: {
    enhancedMonitoring: "DEFAULT",
    "brokerNodeGroupInfo.azDistribution": "DEFAULT",
    "encryptionInfo.encryptionInTransit.clientBroker": "TLS",
    "encryptionInfo.encryptionInTransit.inCluster": true,
  },
  forceNew: [
    "clusterName",
    "brokerNodeGroupInfo.azDistribution",
    "brokerNodeGroupInfo.clientSubnets",
    "encryptionInfo.encryptionAtRestKmsKeyArn",
    "encryptionInfo.encryptionInTransit.inCluster",
  ],
  outputs: {
    arn: (r) => r.id,
    bootstrapBrokers: "",
    bootstrapBrokersTls: (r) => brokers(r, 9094),
    bootstrapBrokersSaslIam: (r) =>
      r.flag("clientAuthentication.sasl.iam") ? brokers(r, 9098) : "",
    clusterUuid: (r) => r.id.split("/").at(-1),
    currentVersion: form("K{upper13}"),
    encryptionInfo: (r) => ({
      encryptionAtRestKmsKeyArn: form("arn:{partition}:kms:{region}:{account}:key/{uuid:key}")(r),
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    }),
    "encryptionInfo.encryptionAtRestKmsKeyArn": form(
      "arn:{partition}:kms:{region}:{account}:key/{uuid:key}",
    ),
    storageMode: "LOCAL",
    zookeeperConnectString: "",
    zookeeperConnectStringTls: "",
  },
  keys: ["arn"],
  references: [
    toSubnet("brokerNodeGroupInfo.clientSubnets[*]"),
    toGroup("brokerNodeGroupInfo.securityGroups[*]"),
    toKey(
      "encryptionInfo.encryptionAtRestKmsKeyArn",
      "BadRequestException",
      "The KMS key {value} does not exist",
    ),
    refer(
      "configurationInfo.arn",
      "aws:msk/configuration:Configuration",
      error("BadRequestException", "The configuration {value} does not exist"),
      { holds: true },
    ),
  ],
  admit: (r) => {
    const zones = r.list("brokerNodeGroupInfo.clientSubnets").length;
    const count = r.number("numberOfBrokerNodes");
    return (
      refuseIf(
        zones < 2 || count < 1 || count % zones !== 0,
        "BadRequestException",
        "The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter",
      ) ??
      refuseIf(
        count > brokersMax,
        "BadRequestException",
        `The number of broker nodes must not be greater than ${brokersMax}.`,
      )
    );
  },
  timeouts: { create: 7200, update: 7200, delete: 7200 },
});

/** Brokers of an account ("Amazon MSK quota"). */
const brokersMax = 90;

function brokers(r: Resource, port: number): string {
  return Array.from({ length: r.number("numberOfBrokerNodes") }, (_, i) =>
    form(`b-${i + 1}.{clusterName}.{lower6:host}.c2.kafka.{region}.{suffix}:${port}`)(r),
  )
    .sort()
    .join(",");
}

const kafkaConfiguration = ordinary("aws:msk/configuration:Configuration", {
  id: (r) => form("arn:{partition}:kafka:{region}:{account}:configuration/{name}/{uuid}-2")(r),
  name: 255,
  untagged: true,
  forceNew: ["kafkaVersions"],
  outputs: {
    arn: (r) => r.id,
    latestRevision: (r) =>
      r.before === undefined
        ? 1
        : Number(r.find(r.token, r.id)?.properties["latestRevision"] ?? 0) + 1,
  },
  keys: ["arn"],
  inUse: error(
    "BadRequestException",
    "Configuration is in use by one or more clusters. Dissociate the configuration from the clusters.",
  ),
});

const serverlessKafka = ordinary("aws:msk/serverlessCluster:ServerlessCluster", {
  id: kafkaArn,
  autoname: { property: "clusterName", charactersMax: 64 },
  forceNew: ["clientAuthentication", "clusterName", "vpcConfigs"],
  outputs: {
    arn: (r) => r.id,
    bootstrapBrokersSaslIam: form("boot-{lower8}.c3.kafka-serverless.{region}.{suffix}:9098"),
    clusterUuid: (r) => r.id.split("/").at(-1),
  },
  keys: ["arn"],
  references: [
    toSubnet("vpcConfigs[*].subnetIds[*]"),
    toGroup("vpcConfigs[*].securityGroupIds[*]"),
  ],
  timeouts: { create: 7200, delete: 7200 },
});

const broker = ordinary("aws:mq/broker:Broker", {
  id: "b-{uuid}",
  arn: "mq:broker:{brokerName}:{id}",
  autoname: { property: "brokerName", charactersMax: 50 },
  defaults: {
    applyImmediately: false,
    autoMinorVersionUpgrade: false,
    deploymentMode: "SINGLE_INSTANCE",
    publiclyAccessible: false,
    "encryptionOptions.useAwsOwnedKey": true,
  },
  forceNew: [
    "brokerName",
    "dataReplicationPrimaryBrokerArn",
    "deploymentMode",
    "encryptionOptions",
    "engineType",
    "publiclyAccessible",
    "storageType",
    "subnetIds",
  ],
  check: (r) => [
    ...oneOf(r.text("engineType").toUpperCase(), "engineType", ["ACTIVEMQ", "RABBITMQ"]),
    ...oneOf(r.text("deploymentMode", "SINGLE_INSTANCE"), "deploymentMode", [
      "SINGLE_INSTANCE",
      "ACTIVE_STANDBY_MULTI_AZ",
      "CLUSTER_MULTI_AZ",
    ]),
  ],
  outputs: {
    authenticationStrategy: "simple",
    dataReplicationMode: "NONE",
    instances: (r) => [
      {
        consoleUrl: form("https://{id}.mq.{region}.on.aws")(r),
        endpoints: [form("amqps://{id}.mq.{region}.on.aws:5671")(r)],
        ipAddress: "",
      },
    ],
    pendingDataReplicationMode: "",
    storageType: (r) => (r.text("engineType").toUpperCase() === "RABBITMQ" ? "ebs" : "efs"),
  },
  references: [toSubnet("subnetIds[*]"), toGroup("securityGroups[*]")],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["brokerName"] === r.given("brokerName")),
      "ConflictException",
      `Broker name [${r.text("brokerName")}] already in use`,
    ),
  timeouts: { create: 1800, update: 1800, delete: 1800 },
});

const replicationSubnets = ordinary("aws:dms/replicationSubnetGroup:ReplicationSubnetGroup", {
  id: "{replicationSubnetGroupId}",
  forceNew: ["replicationSubnetGroupId"],
  outputs: {
    replicationSubnetGroupArn: form(
      "arn:{partition}:dms:{region}:{account}:subgrp:{replicationSubnetGroupId}",
    ),
    vpcId: (r) =>
      r.find("aws:ec2/subnet:Subnet", String(r.list("subnetIds")[0]))?.properties["vpcId"],
  },
  references: [toSubnet("subnetIds[*]")],
  taken: error("ResourceAlreadyExistsFault", "The replication subnet group {id} already exists"),
  inUse: error(
    "InvalidResourceStateFault",
    "The replication subnet group {id} is in use by {value}",
  ),
});

const replicationInstance = ordinary("aws:dms/replicationInstance:ReplicationInstance", {
  id: "{replicationInstanceId}",
  forceNew: [
    "availabilityZone",
    "dnsNameServers",
    "kmsKeyArn",
    "publiclyAccessible",
    "replicationInstanceId",
    "replicationSubnetGroupId",
  ],
  outputs: {
    allocatedStorage: 50,
    autoMinorVersionUpgrade: false,
    availabilityZone: (r) => `${r.region}a`,
    engineVersion: "3.6.1",
    kmsKeyArn: form("arn:{partition}:kms:{region}:{account}:key/{uuid:key}"),
    multiAz: false,
    networkType: "IPV4",
    publiclyAccessible: false,
    preferredMaintenanceWindow: "sun:10:00-sun:14:00",
    replicationInstanceArn: form("arn:{partition}:dms:{region}:{account}:rep:{upper26}"),
    replicationInstancePrivateIps: [],
    replicationInstancePublicIps: [],
    replicationSubnetGroupId: "default",
    vpcSecurityGroupIds: [],
  },
  references: [
    refer(
      "replicationSubnetGroupId",
      replicationSubnets.token,
      error("ResourceNotFoundFault", "Replication subnet group {value} not found"),
      { holds: true, unless: (value) => value === "default" },
    ),
    toGroup("vpcSecurityGroupIds[*]"),
    toKey("kmsKeyArn", "KMSKeyNotAccessibleFault", "The KMS key {value} is not accessible"),
  ],
  taken: error(
    "ResourceAlreadyExistsFault",
    "Replication Instance with ReplicationInstanceIdentifier {id} already exists",
  ),
  timeouts: { create: 2400, update: 1800, delete: 1800 },
});

/** The entries of brokers. */
export const brokerTypes: readonly TypeEntry[] = [
  kafka,
  kafkaConfiguration,
  serverlessKafka,
  broker,
  replicationSubnets,
  replicationInstance,
];
