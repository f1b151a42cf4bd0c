/**
 * Where services of AWS name the key under which they encrypt, and what is possible under AWS's own.
 * Each as the service's guide says under "Encryption at rest". Buckets and tables have rules apart.
 */
import { startsEmpty } from "./encrypted-store.ts";
import {
  around,
  keyPlace,
  ofHolders,
  onlyBeside,
  onlyIf,
  unless,
  unusedIf,
  usedIf,
} from "./key-place.ts";
import type { KeyPlace } from "./key-rule.ts";

const disks = "a copy of its disks is read under AWS's key";
const restores = "whoever may restore a snapshot reads the data";
const queries = "whoever may query reads the data";
const objects = "s3:GetObject alone reads it";

/** Volumes are under the region's default key where they name none. */
const volume = { byDefault: "aws:ebs/defaultKmsKey:DefaultKmsKey" };
/** What is restored has the key of what it is restored from. */
const empty = { when: startsEmpty };
const insights = keyPlace(
  "performanceInsightsKmsKeyId",
  "pi:GetResourceMetrics shows the statements",
  onlyIf("performanceInsightsEnabled", "true"),
);
/** Of an object of which nothing is said the bucket decides. */
const object = keyPlace(
  "kmsKeyId",
  objects,
  onlyBeside("serverSideEncryption", "aws:kms"),
  usedIf("serverSideEncryption", "aws:kms", "aws:kms:dsse"),
);
const firewall = keyPlace(
  "encryptionConfiguration.keyId",
  "a copy of it is read under AWS's key",
  usedIf("encryptionConfiguration.type", "CUSTOMER_KMS"),
);
const search = keyPlace("encryptAtRest.kmsKeyId", queries);
const models = [
  keyPlace("modelKmsKeyId", "a copy of the model tells what it learnt from"),
  keyPlace("volumeKmsKeyId", disks),
];
const glue = keyPlace("securityConfiguration", "what it writes lies under AWS's key");

/** By canonical type. */
export const awsKeys: Readonly<Record<string, readonly KeyPlace[]>> = {
  "aws:appflow/connectorProfile:ConnectorProfile": [
    keyPlace("kmsArn", "the credentials of the source lie under AWS's key"),
  ],
  "aws:appflow/flow:Flow": [keyPlace("kmsArn", "what flows waits under AWS's key")],
  "aws:athena/database:Database": [
    keyPlace(
      "encryptionConfiguration.kmsKey",
      objects,
      usedIf("encryptionConfiguration.encryptionOption", "SSE_KMS", "CSE_KMS"),
    ),
  ],
  "aws:athena/workgroup:Workgroup": [
    keyPlace(
      "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn",
      objects,
      unless("configuration.managedQueryResultsConfiguration.enabled"),
      // What a client asks for instead counts where the workgroup is not enforced.
      unusedIf("configuration.enforceWorkgroupConfiguration", "false"),
    ),
  ],
  "aws:backup/vault:Vault": [keyPlace("kmsKeyArn", "backup:StartRestoreJob alone opens a copy")],
  "aws:bedrock/agentAgent:AgentAgent": [
    keyPlace("customerEncryptionKeyArn", "bedrock:GetAgent alone reads its instructions"),
  ],
  "aws:cloudtrail/eventDataStore:EventDataStore": [
    keyPlace("kmsKeyId", "cloudtrail:GetQueryResults alone reads the events"),
  ],
  "aws:codeartifact/domain:Domain": [
    keyPlace("encryptionKey", "whoever may pull reads the packages"),
  ],
  "aws:codebuild/project:Project": [
    keyPlace("encryptionKey", objects, onlyIf("artifacts.type", "S3", "CODEPIPELINE")),
  ],
  "aws:codegurureviewer/repositoryAssociation:RepositoryAssociation": [
    keyPlace(
      "kmsKeyDetails.kmsKeyId",
      "copies of the source lie under AWS's key",
      usedIf("kmsKeyDetails.encryptionOption", "CUSTOMER_MANAGED_CMK"),
    ),
  ],
  "aws:codepipeline/pipeline:Pipeline": [keyPlace("artifactStores.+.encryptionKey.id", objects)],
  "aws:comprehend/documentClassifier:DocumentClassifier": models,
  "aws:comprehend/entityRecognizer:EntityRecognizer": models,
  "aws:connect/instanceStorageConfig:InstanceStorageConfig": [
    keyPlace(
      "storageConfig.s3Config.encryptionConfig.keyId",
      objects,
      onlyBeside("storageConfig.s3Config", { bucketName: "calls" }),
    ),
    keyPlace(
      "storageConfig.kinesisVideoStreamConfig.encryptionConfig.keyId",
      "kinesisvideo:GetMedia alone plays the calls",
      {
        ...onlyBeside("storageConfig.kinesisVideoStreamConfig", {}),
        apart: { storageConfig: { kinesisVideoStreamConfig: { prefix: "calls" } } },
      },
    ),
  ],
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
    keyPlace("policyDetails.schedules.*.crossRegionCopyRules.*.cmkArn", disks, {
      apart: { policyDetails: { schedules: [{ crossRegionCopyRules: [{ encrypted: true }] }] } },
    }),
    keyPlace("policyDetails.action.crossRegionCopies.*.encryptionConfiguration.cmkArn", disks, {
      apart: { policyDetails: { action: { crossRegionCopies: [{ target: "eu-west-1" }] } } },
    }),
  ],
  "aws:dms/endpoint:Endpoint": [
    keyPlace("kmsKeyArn", "the password of the database lies under AWS's key"),
  ],
  "aws:dms/replicationInstance:ReplicationInstance": [keyPlace("kmsKeyArn", disks)],
  "aws:dms/s3Endpoint:S3Endpoint": [
    keyPlace("serverSideEncryptionKmsKeyId", objects, usedIf("encryptionMode", "SSE_KMS")),
  ],
  "aws:docdb/cluster:Cluster": [keyPlace("kmsKeyId", restores, empty)],
  "aws:dynamodb/tableReplica:TableReplica": [
    keyPlace("kmsKeyArn", "whoever may call dynamodb:Scan reads the data"),
  ],
  "aws:ebs/snapshotCopy:SnapshotCopy": [keyPlace("kmsKeyId", disks, volume)],
  "aws:ebs/volume:Volume": [keyPlace("kmsKeyId", disks, volume, unless("snapshotId"))],
  "aws:ec2/amiCopy:AmiCopy": [keyPlace("kmsKeyId", disks, volume)],
  "aws:ecr/repository:Repository": [
    keyPlace("encryptionConfigurations.+.kmsKey", "whoever may pull reads the images", {
      ...around({ encryptionConfigurations: [{ encryptionType: "KMS" }] }),
      unused: (inputs) => {
        const view = inputs.at("encryptionConfigurations", 0, "encryptionType");
        return view.text()?.startsWith("KMS") === true ? undefined : view;
      },
    }),
  ],
  "aws:ecs/cluster:Cluster": [
    keyPlace(
      "configuration.executeCommandConfiguration.kmsKeyId",
      "what is typed in a container passes without a key of one's own",
    ),
  ],
  "aws:efs/fileSystem:FileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:eks/cluster:Cluster": [
    keyPlace("encryptionConfig.provider.keyArn", "a copy of etcd shows the secrets"),
  ],
  "aws:elasticache/replicationGroup:ReplicationGroup": [keyPlace("kmsKeyId", restores)],
  "aws:elasticsearch/domain:Domain": [search],
  "aws:fsx/lustreFileSystem:LustreFileSystem": [
    keyPlace("kmsKeyId", disks, onlyIf("deploymentType", "PERSISTENT_2", "PERSISTENT_1")),
  ],
  "aws:fsx/ontapFileSystem:OntapFileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:glue/crawler:Crawler": [glue],
  "aws:glue/devEndpoint:DevEndpoint": [glue],
  "aws:glue/job:Job": [glue],
  "aws:imagebuilder/component:Component": [
    keyPlace("kmsKeyId", "imagebuilder:GetComponent alone reads what it does"),
  ],
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": [
    keyPlace(
      "distributions.*.amiDistributionConfiguration.kmsKeyId",
      disks,
      ofHolders,
      around({ distributions: [{ amiDistributionConfiguration: { name: "base" } }] }),
    ),
  ],
  "aws:imagebuilder/imageRecipe:ImageRecipe": [
    keyPlace(
      "blockDeviceMappings.*.ebs.kmsKeyId",
      disks,
      ofHolders,
      around({ blockDeviceMappings: [{ ebs: { volumeSize: 8 } }] }),
    ),
  ],
  "aws:kendra/index:Index": [
    keyPlace(
      "serverSideEncryptionConfiguration.kmsKeyId",
      "kendra:Query alone reads the documents",
    ),
  ],
  "aws:keyspaces/table:Table": [
    keyPlace(
      "encryptionSpecification.kmsKeyIdentifier",
      queries,
      usedIf("encryptionSpecification.type", "CUSTOMER_MANAGED_KMS_KEY"),
    ),
  ],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    keyPlace(
      "serverSideEncryption.keyArn",
      "records wait under AWS's key",
      // What comes from another stream waits there.
      unless("kinesisSourceConfiguration.kinesisStreamArn", "mskSourceConfiguration.mskClusterArn"),
      usedIf("serverSideEncryption.keyType", "CUSTOMER_MANAGED_CMK"),
    ),
  ],
  "aws:kinesis/stream:Stream": [keyPlace("kmsKeyId", "kinesis:GetRecords alone reads the records")],
  "aws:kinesis/videoStream:VideoStream": [
    keyPlace("kmsKeyId", "kinesisvideo:GetMedia alone shows what was filmed"),
  ],
  "aws:lambda/function:Function": [
    keyPlace(
      "kmsKeyArn",
      "lambda:GetFunctionConfiguration alone reads the environment",
      onlyBeside("environment", { variables: { STAGE: "prod" } }),
    ),
  ],
  "aws:lex/botAlias:BotAlias": [
    keyPlace("conversationLogs.logSettings.*.kmsKeyArn", objects, {
      ...around({ conversationLogs: { logSettings: [{ destination: "S3" }] } }),
      where: (holder) => holder.at("destination").text() === "S3",
    }),
  ],
  "aws:memorydb/cluster:Cluster": [keyPlace("kmsKeyArn", restores)],
  "aws:memorydb/snapshot:Snapshot": [keyPlace("kmsKeyArn", restores)],
  "aws:mq/broker:Broker": [
    keyPlace(
      "encryptionOptions.kmsKeyId",
      "messages wait under AWS's key",
      usedIf("encryptionOptions.useAwsOwnedKey", "false"),
    ),
  ],
  "aws:msk/cluster:Cluster": [
    keyPlace("encryptionInfo.encryptionAtRestKmsKeyArn", "whoever may consume reads the records"),
  ],
  "aws:neptune/cluster:Cluster": [keyPlace("kmsKeyArn", restores, empty)],
  "aws:networkfirewall/firewall:Firewall": [firewall],
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": [firewall],
  "aws:networkfirewall/ruleGroup:RuleGroup": [firewall],
  "aws:opensearch/domain:Domain": [search],
  "aws:rds/cluster:Cluster": [keyPlace("kmsKeyId", restores, empty), insights],
  "aws:rds/clusterActivityStream:ClusterActivityStream": [
    keyPlace("kmsKeyId", "whoever may read the stream reads every statement"),
  ],
  "aws:rds/clusterInstance:ClusterInstance": [insights],
  "aws:rds/instance:Instance": [keyPlace("kmsKeyId", restores, empty), insights],
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
    keyPlace("kmsKeyId", restores),
  ],
  "aws:rds/snapshotCopy:SnapshotCopy": [keyPlace("kmsKeyId", restores)],
  "aws:redshift/cluster:Cluster": [keyPlace("kmsKeyId", restores, empty)],
  "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant": [keyPlace("kmsKeyId", restores)],
  "aws:redshiftserverless/namespace:Namespace": [keyPlace("kmsKeyId", restores)],
  "aws:s3/bucketObject:BucketObject": [object],
  "aws:s3/bucketObjectv2:BucketObjectv2": [object],
  "aws:s3/objectCopy:ObjectCopy": [object],
  "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
    keyPlace("dataQualityJobOutputConfig.kmsKeyId", objects),
    keyPlace("jobResources.clusterConfig.volumeKmsKeyId", disks),
  ],
  "aws:sagemaker/domain:Domain": [keyPlace("kmsKeyId", disks)],
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [keyPlace("kmsKeyArn", disks)],
  "aws:sagemaker/flowDefinition:FlowDefinition": [keyPlace("outputConfig.kmsKeyId", objects)],
  "aws:sagemaker/notebookInstance:NotebookInstance": [keyPlace("kmsKeyId", disks)],
  "aws:scheduler/schedule:Schedule": [
    keyPlace("kmsKeyArn", "scheduler:GetSchedule alone reads what it sends"),
  ],
  "aws:sns/topic:Topic": [keyPlace("kmsMasterKeyId", "whoever may subscribe reads the messages")],
  "aws:sqs/queue:Queue": [
    keyPlace("kmsMasterKeyId", "sqs:ReceiveMessage alone reads the messages"),
  ],
  "aws:ssm/parameter:Parameter": [
    keyPlace("keyId", "ssm:GetParameter alone reads it", onlyIf("type", "SecureString")),
  ],
  "aws:timestreamwrite/database:Database": [keyPlace("kmsKeyId", queries)],
  "aws:workspaces/workspace:Workspace": [keyPlace("volumeEncryptionKey", disks)],
};

/** Those that take no tags. */
export const awsUntagged = [
  "aws:appflow/connectorProfile:ConnectorProfile",
  "aws:athena/database:Database",
  "aws:connect/instanceStorageConfig:InstanceStorageConfig",
  "aws:lex/botAlias:BotAlias",
  "aws:rds/clusterActivityStream:ClusterActivityStream",
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
  "aws:scheduler/schedule:Schedule",
];
