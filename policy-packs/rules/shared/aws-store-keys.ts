/**
 * Where stores, streams and queues of AWS name the key under which they encrypt, and what is possible
 * under AWS's own. Each as the service's guide says under "Encryption at rest". Buckets and tables
 * have rules apart.
 */
import { startsEmpty } from "./encrypted-store.ts";
import { keyPlace, onlyBeside, onlyIf, unless, unusedIf, usedIf } from "./key-place.ts";
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
const search = keyPlace("encryptAtRest.kmsKeyId", queries);

/** By canonical type. */
export const awsStoreKeys: Readonly<Record<string, readonly KeyPlace[]>> = {
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
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
    keyPlace("policyDetails.schedules.*.crossRegionCopyRules.*.cmkArn", disks, {
      apart: { policyDetails: { schedules: [{ crossRegionCopyRules: [{ encrypted: true }] }] } },
    }),
    keyPlace("policyDetails.action.crossRegionCopies.*.encryptionConfiguration.cmkArn", disks, {
      apart: { policyDetails: { action: { crossRegionCopies: [{ target: "eu-west-1" }] } } },
    }),
  ],
  "aws:docdb/cluster:Cluster": [keyPlace("kmsKeyId", restores, empty)],
  "aws:dynamodb/tableReplica:TableReplica": [
    keyPlace("kmsKeyArn", "whoever may call dynamodb:Scan reads the data"),
  ],
  "aws:ebs/snapshotCopy:SnapshotCopy": [keyPlace("kmsKeyId", disks, volume)],
  "aws:ebs/volume:Volume": [keyPlace("kmsKeyId", disks, volume, unless("snapshotId"))],
  "aws:ec2/amiCopy:AmiCopy": [keyPlace("kmsKeyId", disks, volume)],
  "aws:efs/fileSystem:FileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:elasticache/replicationGroup:ReplicationGroup": [keyPlace("kmsKeyId", restores)],
  "aws:elasticsearch/domain:Domain": [search],
  "aws:fsx/lustreFileSystem:LustreFileSystem": [
    keyPlace("kmsKeyId", disks, onlyIf("deploymentType", "PERSISTENT_2", "PERSISTENT_1")),
  ],
  "aws:fsx/ontapFileSystem:OntapFileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": [keyPlace("kmsKeyId", disks)],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": [keyPlace("kmsKeyId", disks)],
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
  "aws:sns/topic:Topic": [keyPlace("kmsMasterKeyId", "whoever may subscribe reads the messages")],
  "aws:sqs/queue:Queue": [
    keyPlace("kmsMasterKeyId", "sqs:ReceiveMessage alone reads the messages"),
  ],
  "aws:timestreamwrite/database:Database": [keyPlace("kmsKeyId", queries)],
  "aws:workspaces/workspace:Workspace": [keyPlace("volumeEncryptionKey", disks)],
};
