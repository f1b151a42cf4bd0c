/** File systems, backups, brokers and analysis (EFS, AWS Backup, MSK, MQ, DMS, Athena, Glue and others). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { documentFault, documentText } from "../policy-documents.ts";
import { toKey, toTopic } from "../references.ts";
import { toBucket } from "../s3-references.ts";

const document = (_r: Resource, given: Json) => documentText(given);

const fileSystem = ordinary("aws:efs/fileSystem:FileSystem", {
  id: "fs-0{hex16}",
  arn: "elasticfilesystem:file-system/{id}",
  defaults: { throughputMode: "bursting" },
  forceNew: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
  check: (r) =>
    oneOf(r.text("throughputMode", "bursting"), "throughputMode", [
      "bursting",
      "provisioned",
      "elastic",
    ]),
  outputs: {
    availabilityZoneId: "",
    availabilityZoneName: "",
    creationToken: (r) => `terraform-${r.digits("token", 26)}`,
    dnsName: form("{id}.efs.{region}.{suffix}"),
    encrypted: false,
    kmsKeyId: "",
    name: (r) => String(r.object("tags")["Name"] ?? ""),
    numberOfMountTargets: 0,
    ownerId: (r) => r.account,
    performanceMode: "generalPurpose",
    protection: { replicationOverwrite: "ENABLED" },
    provisionedThroughputInMibps: 0,
    sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
  },
  references: [toKey("kmsKeyId", "KmsKeyNotFound", "The KMS key {value} does not exist")],
  admit: (r) =>
    refuseIf(
      r.given("kmsKeyId") !== undefined && !r.flag("encrypted"),
      "BadRequest",
      "Invalid input: KmsKeyId is specified, but Encrypted is not true",
    ),
  inUse: error("FileSystemInUse", "File system '{id}' is in use by {value}"),
});

const noSystem = error("FileSystemNotFound", "File system '{value}' does not exist.");
const toSystem = (how: object) => refer("fileSystemId", fileSystem.token, noSystem, how);

/** Groups of one mount target (Amazon EFS quotas). */
const groupsPerTargetMax = 5;

const mountTarget = ordinary("aws:efs/mountTarget:MountTarget", {
  id: "fsmt-0{hex16}",
  untagged: true,
  forceNew: ["fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"],
  outputs: {
    availabilityZoneId: (r) => r.target("subnetId")?.properties["availabilityZoneId"],
    availabilityZoneName: (r) => r.target("subnetId")?.properties["availabilityZone"],
    dnsName: form("{fileSystemId}.efs.{region}.{suffix}"),
    fileSystemArn: (r) => r.target("fileSystemId")?.properties["arn"],
    ipAddressType: "IPV4_ONLY",
    mountTargetDnsName: (r) =>
      form(
        `${String(r.target("subnetId")?.properties["availabilityZone"])}.{fileSystemId}.efs.{region}.{suffix}`,
      )(r),
    networkInterfaceId: form("eni-0{hex16:eni}"),
    ownerId: (r) => r.account,
    securityGroups: (r) => {
      const vpc = r.find("aws:ec2/vpc:Vpc", String(r.target("subnetId")?.properties["vpcId"]));
      return [String(vpc?.properties["defaultSecurityGroupId"])];
    },
  },
  references: [toSystem({ holds: true }), toSubnet("subnetId"), toGroup("securityGroups[*]")],
  admit: (r) => {
    if (r.list("securityGroups").length > groupsPerTargetMax) {
      return error(
        "SecurityGroupLimitExceeded",
        `The maximum number of security groups per mount target is ${groupsPerTargetMax}.`,
      );
    }
    const zone = r.target("subnetId")?.properties["availabilityZone"];
    return refuseIf(
      others(r).some(
        ({ properties }) =>
          properties["fileSystemId"] === r.given("fileSystemId") &&
          properties["availabilityZoneName"] === zone,
      ),
      "MountTargetConflict",
      "mount target already exists in this AZ",
    );
  },
  timeouts: { create: 1800, delete: 600 },
});

const accessPoint = ordinary("aws:efs/accessPoint:AccessPoint", {
  id: "fsap-0{hex16}",
  arn: "elasticfilesystem:access-point/{id}",
  forceNew: ["fileSystemId", "posixUser", "rootDirectory"],
  outputs: {
    fileSystemArn: (r) => r.target("fileSystemId")?.properties["arn"],
    ownerId: (r) => r.account,
    rootDirectory: { path: "/" },
  },
  references: [toSystem({ cascades: true })],
});

const systemPolicy = ordinary("aws:efs/fileSystemPolicy:FileSystemPolicy", {
  id: "{fileSystemId}",
  untagged: true,
  forceNew: ["fileSystemId"],
  check: (r) => documentFault(r, "policy"),
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  normalised: { policy: document },
  references: [toSystem({ cascades: true })],
});

const backupPolicy = ordinary("aws:efs/backupPolicy:BackupPolicy", {
  id: "{fileSystemId}",
  untagged: true,
  forceNew: ["fileSystemId"],
  check: (r) =>
    oneOf(r.text("backupPolicy.status", "ENABLED"), "backupPolicy.status", ["ENABLED", "DISABLED"]),
  references: [toSystem({ cascades: true })],
});

const vault = ordinary("aws:backup/vault:Vault", {
  id: "{name}",
  arn: "backup:backup-vault:{name}",
  name: 50,
  defaults: { forceDestroy: false },
  forceNew: ["kmsKeyArn"],
  outputs: {
    kmsKeyArn: form("arn:{partition}:kms:{region}:{account}:key/{uuid}"),
    recoveryPoints: 0,
  },
  keys: ["name"],
  references: [
    toKey("kmsKeyArn", "InvalidParameterValueException", "KMS key {value} does not exist"),
  ],
  taken: error("AlreadyExistsException", "Backup vault with the same name already exists"),
  inUse: error("InvalidRequestException", "Backup vault {id} is in use by {value}"),
});

const noVault = error("ResourceNotFoundException", "Backup vault {value} does not exist");
const ofVault = (type: string, more: Partial<TypeEntry>) =>
  ordinary(`aws:backup/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    id: "{backupVaultName}",
    untagged: true,
    forceNew: ["backupVaultName"],
    outputs: { backupVaultArn: (r) => r.target("backupVaultName")?.properties["arn"] },
    ...more,
    references: [
      refer("backupVaultName", vault.token, noVault, { cascades: true }),
      ...(more.references ?? []),
    ],
  });

const vaultPolicy = ofVault("VaultPolicy", {
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: document },
});

const vaultLock = ofVault("VaultLockConfiguration", {
  forceNew: ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
  admit: (r) =>
    refuseIf(
      r.number("maxRetentionDays", 36_500) < r.number("minRetentionDays", 1),
      "InvalidParameterValueException",
      "MaxRetentionDays must be greater than or equal to MinRetentionDays",
    ),
});

const vaultNotifications = ofVault("VaultNotifications", {
  forceNew: ["backupVaultEvents", "backupVaultName", "snsTopicArn"],
  references: [
    toTopic("snsTopicArn", error("InvalidParameterValueException", "Topic {value} does not exist")),
  ],
});

const plan = ordinary("aws:backup/plan:Plan", {
  id: "{uuid}",
  arn: "backup:backup-plan:{id}",
  name: 50,
  defaults: {
    "rules[*].completionWindow": 180,
    "rules[*].enableContinuousBackup": false,
    "rules[*].startWindow": 60,
  },
  outputs: { version: form("{lower48:version}") },
  references: [
    refer(
      "rules[*].targetVaultName",
      vault.token,
      error("InvalidParameterValueException", "Backup vault {value} does not exist"),
      { holds: true },
    ),
  ],
  inUse: error(
    "InvalidRequestException",
    "Related backup plan selections must be deleted prior to backup plan deletion",
  ),
});

const selection = ordinary("aws:backup/selection:Selection", {
  id: "{uuid}",
  untagged: true,
  name: 50,
  forceNew: ["conditions", "iamRoleArn", "notResources", "planId", "resources", "selectionTags"],
  references: [
    refer(
      "planId",
      plan.token,
      error("ResourceNotFoundException", "Backup plan {value} does not exist"),
      { holds: true },
    ),
    toRole(
      "iamRoleArn",
      error(
        "InvalidParameterValueException",
        "IAM Role {value} does not exist or cannot be assumed by AWS Backup",
      ),
    ),
  ],
});

const regionSettings = ordinary("aws:backup/regionSettings:RegionSettings", {
  id: "{region}",
  untagged: true,
  maps: ["resourceTypeManagementPreference", "resourceTypeOptInPreference"],
});

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
    return refuseIf(
      zones < 2 || r.number("numberOfBrokerNodes") % zones !== 0,
      "BadRequestException",
      "The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter",
    );
  },
  timeouts: { create: 7200, update: 7200, delete: 7200 },
});

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

const notebook = ordinary("aws:sagemaker/notebookInstance:NotebookInstance", {
  id: "{name}",
  arn: "sagemaker:notebook-instance/{name}",
  name: 63,
  defaults: { directInternetAccess: "Enabled", rootAccess: "Enabled", volumeSize: 5 },
  forceNew: [
    "directInternetAccess",
    "kmsKeyId",
    "platformIdentifier",
    "roleArn",
    "securityGroups",
    "subnetId",
  ],
  check: (r) =>
    ["directInternetAccess", "rootAccess"].flatMap((key) =>
      oneOf(r.text(key, "Enabled"), key, ["Enabled", "Disabled"]),
    ),
  outputs: {
    instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
    networkInterfaceId: "",
    platformIdentifier: "notebook-al2-v3",
    securityGroups: [],
    url: form("{name}.notebook.{region}.sagemaker.aws"),
  },
  references: [
    toRole("roleArn", error("ValidationException", "Could not assume role {value}.")),
    toSubnet("subnetId"),
    toGroup("securityGroups[*]"),
    toKey("kmsKeyId", "ValidationException", "The KMS key {value} does not exist"),
  ],
  taken: error("ValidationException", "Cannot create a duplicate NotebookInstance ({id})"),
  admit: (r) =>
    refuseIf(
      r.text("directInternetAccess") === "Disabled" && r.given("subnetId") === undefined,
      "ValidationException",
      "Must specify SubnetId when DirectInternetAccess is Disabled",
    ),
});

const archive = ordinary("aws:glacier/vault:Vault", {
  id: "{name}",
  arn: "glacier:vaults/{name}",
  name: 255,
  check: (r) => documentFault(r, "accessPolicy"),
  outputs: { location: form("/{account}/vaults/{name}") },
  normalised: { accessPolicy: document },
  keys: ["name"],
});

const workgroup = ordinary("aws:athena/workgroup:Workgroup", {
  id: "{name}",
  arn: "athena:workgroup/{name}",
  name: 128,
  defaults: {
    forceDestroy: false,
    state: "ENABLED",
    "configuration.enforceWorkgroupConfiguration": true,
    "configuration.publishCloudwatchMetricsEnabled": true,
  },
  check: (r) => oneOf(r.text("state", "ENABLED"), "state", ["ENABLED", "DISABLED"]),
  outputs: {
    "configuration.engineVersion": {
      effectiveEngineVersion: "Athena engine version 3",
      selectedEngineVersion: "AUTO",
    },
  },
  taken: error("InvalidRequestException", "WorkGroup is already created"),
});

const athenaDatabase = ordinary("aws:athena/database:Database", {
  id: "{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true, separator: "_" },
  untagged: true,
  defaults: { forceDestroy: false },
  maps: ["properties"],
  forceNew: [
    "bucket",
    "comment",
    "encryptionConfiguration",
    "expectedBucketOwner",
    "name",
    "properties",
  ],
  check: (r) =>
    /^[_a-z0-9]+$/.test(r.text("name"))
      ? []
      : [
          {
            property: "name",
            reason: `must be lowercase letters, numbers, or underscore ('_'): ${r.text("name")}`,
          },
        ],
  references: [toBucket("bucket")],
});

const namedQuery = ordinary("aws:athena/namedQuery:NamedQuery", {
  id: "{uuid}",
  name: 128,
  untagged: true,
  defaults: { workgroup: "primary" },
  forceNew: ["database", "description", "query", "workgroup"],
  references: [
    refer(
      "workgroup",
      workgroup.token,
      error("InvalidRequestException", "WorkGroup {value} is not found."),
      { unless: (value) => value === "primary", cascades: true },
    ),
  ],
});

const catalogDatabase = ordinary("aws:glue/catalogDatabase:CatalogDatabase", {
  id: (r) => `${r.text("catalogId", r.account)}:${r.text("name")}`,
  arn: "glue:database/{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  maps: ["parameters"],
  forceNew: ["catalogId", "name"],
  outputs: {
    catalogId: (r) => r.account,
    createTableDefaultPermissions: [
      {
        permissions: ["ALL"],
        principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" },
      },
    ],
    locationUri: "",
  },
  keys: ["name"],
  taken: error("AlreadyExistsException", "Database already exists."),
});

const noDatabase = error("EntityNotFoundException", "Database {value} not found.");

const catalogTable = ordinary("aws:glue/catalogTable:CatalogTable", {
  id: (r) => `${r.text("catalogId", r.account)}:${r.text("databaseName")}:${r.text("name")}`,
  arn: "glue:table/{databaseName}/{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  untagged: true,
  maps: ["parameters", "storageDescriptor.parameters"],
  forceNew: ["catalogId", "databaseName", "name", "openTableFormatInput", "partitionIndices"],
  outputs: { catalogId: (r) => r.account, partitionIndices: [] },
  references: [
    refer("databaseName", catalogDatabase.token, noDatabase, { by: "name", cascades: true }),
  ],
  taken: error("AlreadyExistsException", "Table already exists."),
});

const crawler = ordinary("aws:glue/crawler:Crawler", {
  id: "{name}",
  arn: "glue:crawler/{name}",
  name: 255,
  references: [
    refer(
      "databaseName",
      catalogDatabase.token,
      error("InvalidInputException", "Database {value} does not exist"),
      { by: "name" },
    ),
  ],
  admit: (r) => {
    const role = r.text("role").split("/").at(-1) ?? "";
    return refuseIf(
      r.find("aws:iam/role:Role", role) === undefined,
      "InvalidInputException",
      `Service is unable to assume provided role. Please verify role's TrustPolicy`,
    );
  },
  taken: error("AlreadyExistsException", "Crawler {id} already exists"),
});

const job = ordinary("aws:glue/job:Job", {
  id: "{name}",
  arn: "glue:job/{name}",
  name: 255,
  maps: ["defaultArguments", "nonOverridableArguments"],
  defaults: { "command.name": "glueetl" },
  outputs: {
    executionProperty: { maxConcurrentRuns: 1 },
    glueVersion: "0.9",
    jobMode: "SCRIPT",
    maxCapacity: 10,
    timeout: 2880,
    "command.pythonVersion": "2",
  },
  references: [toRole("roleArn", error("InvalidInputException", "Role {value} does not exist"))],
});

const securityConfiguration = ordinary("aws:glue/securityConfiguration:SecurityConfiguration", {
  id: "{name}",
  name: 255,
  untagged: true,
  forceNew: ["encryptionConfiguration"],
});

const catalogEncryption = ordinary(
  "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
  {
    id: (r) => r.text("catalogId", r.account),
    untagged: true,
    forceNew: ["catalogId"],
    outputs: { catalogId: (r) => r.account },
  },
);

const project = ordinary("aws:codebuild/project:Project", {
  arn: "codebuild:project/{name}",
  name: 255,
  defaults: {
    badgeEnabled: false,
    buildTimeout: 60,
    projectVisibility: "PRIVATE",
    queuedTimeout: 480,
    "artifacts.encryptionDisabled": false,
    "artifacts.overrideArtifactName": false,
    "environment.imagePullCredentialsType": "CODEBUILD",
    "environment.privilegedMode": false,
  },
  outputs: {
    badgeUrl: "",
    description: "",
    encryptionKey: form("arn:{partition}:kms:{region}:{account}:alias/aws/s3"),
    publicProjectAlias: "",
  },
  keys: ["name"],
  references: [
    toRole(
      "serviceRole",
      error(
        "InvalidInputException",
        "CodeBuild is not authorized to perform: sts:AssumeRole on {value}",
      ),
    ),
    toSubnet("vpcConfig.subnets[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
  ],
  taken: error("ResourceAlreadyExistsException", "Project already exists: {id}"),
  admit: (r) => {
    const trust = textOf(r.target("serviceRole")?.properties ?? {}, "assumeRolePolicy") ?? "";
    return refuseIf(
      !trust.includes("codebuild."),
      "InvalidInputException",
      `CodeBuild is not authorized to perform: sts:AssumeRole on ${r.text("serviceRole")}`,
    );
  },
});

/** The entries of files, backups, brokers and analysis. */
export const fileTypes: readonly TypeEntry[] = [
  fileSystem,
  mountTarget,
  accessPoint,
  systemPolicy,
  backupPolicy,
  vault,
  vaultPolicy,
  vaultLock,
  vaultNotifications,
  plan,
  selection,
  regionSettings,
  kafka,
  kafkaConfiguration,
  serverlessKafka,
  broker,
  replicationSubnets,
  replicationInstance,
  notebook,
  archive,
  workgroup,
  athenaDatabase,
  namedQuery,
  catalogDatabase,
  catalogTable,
  crawler,
  job,
  securityConfiguration,
  catalogEncryption,
  project,
];
