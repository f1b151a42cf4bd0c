/**
 * Calls that making, changing and removing a resource comes down to in Amazon S3, RDS and the other stores of data. S3's are as its own
 * list of what CloudTrail records names them (Amazon S3 user guide, "Amazon S3 CloudTrail events"), which is not always the API's name;
 * the others are of each service's API reference. Rows as in `aws-network-calls.ts`.
 */

import { within } from "./within.ts";

/** PUT replaces, so making and changing are one call. */
const put = (name: string, remove = `Delete${name}`) => `Put${name} Put${name} ${remove}`;

const dbCluster = "CreateDBCluster ModifyDBCluster DeleteDBCluster";
const dbInstance = "CreateDBInstance ModifyDBInstance DeleteDBInstance";
const dbSubnetGroup = "CreateDBSubnetGroup ModifyDBSubnetGroup DeleteDBSubnetGroup";
const dbClusterParameters =
  "CreateDBClusterParameterGroup ModifyDBClusterParameterGroup DeleteDBClusterParameterGroup";
const object = "PutObject PutObject DeleteObject";

/** By module and kind. */
export const awsStorageCalls: Readonly<Record<string, string>> = {
  ...within("s3", {
    AccessPoint: "CreateAccessPoint - DeleteAccessPoint",
    AccountPublicAccessBlock: put("AccountPublicAccessBlock"),
    AnalyticsConfiguration: put("BucketAnalyticsConfiguration"),
    DirectoryBucket: "CreateBucket - DeleteBucket",
    Bucket: "CreateBucket PutBucketTagging DeleteBucket",
    BucketAccelerateConfiguration: put("AccelerateConfiguration", "PutAccelerateConfiguration"),
    BucketAcl: put("BucketAcl", "-"),
    BucketCorsConfiguration: put("BucketCors"),
    BucketIntelligentTieringConfiguration: put("BucketIntelligentTieringConfiguration"),
    BucketLifecycleConfiguration: put("BucketLifecycle"),
    BucketLogging: put("BucketLogging", "PutBucketLogging"),
    BucketMetric: put("BucketMetricsConfiguration"),
    BucketNotification: put("BucketNotification", "PutBucketNotification"),
    BucketObject: object,
    BucketObjectLockConfiguration: put("BucketObjectLockConfiguration", "-"),
    BucketObjectv2: object,
    BucketOwnershipControls: put("BucketOwnershipControls"),
    BucketPolicy: put("BucketPolicy"),
    BucketPublicAccessBlock: put("BucketPublicAccessBlock"),
    BucketReplicationConfig: put("BucketReplication"),
    BucketRequestPaymentConfiguration: put("BucketRequestPayment", "PutBucketRequestPayment"),
    BucketServerSideEncryptionConfiguration: put("BucketEncryption"),
    BucketV2: "CreateBucket PutBucketTagging DeleteBucket",
    BucketVersioning: put("BucketVersioning", "PutBucketVersioning"),
    BucketWebsiteConfiguration: put("BucketWebsite"),
    Inventory: put("BucketInventoryConfiguration"),
    ObjectCopy: "CopyObject CopyObject DeleteObject",
  }),
  ...within("docdb", {
    Cluster: dbCluster,
    ClusterInstance: dbInstance,
    ClusterParameterGroup: dbClusterParameters,
    SubnetGroup: dbSubnetGroup,
  }),
  ...within("neptune", {
    Cluster: dbCluster,
    ClusterInstance: dbInstance,
    SubnetGroup: dbSubnetGroup,
  }),
  ...within("rds", {
    Cluster: dbCluster,
    ClusterEndpoint: "CreateDBClusterEndpoint ModifyDBClusterEndpoint DeleteDBClusterEndpoint",
    ClusterInstance: dbInstance,
    ClusterParameterGroup: dbClusterParameters,
    EventSubscription: "CreateEventSubscription ModifyEventSubscription DeleteEventSubscription",
    GlobalCluster: "CreateGlobalCluster ModifyGlobalCluster DeleteGlobalCluster",
    Instance: dbInstance,
    OptionGroup: "CreateOptionGroup ModifyOptionGroup DeleteOptionGroup",
    ParameterGroup: "CreateDBParameterGroup ModifyDBParameterGroup DeleteDBParameterGroup",
    Proxy: "CreateDBProxy ModifyDBProxy DeleteDBProxy",
    ProxyDefaultTargetGroup: "ModifyDBProxyTargetGroup ModifyDBProxyTargetGroup -",
    ProxyTarget: "RegisterDBProxyTargets - DeregisterDBProxyTargets",
    RoleAssociation: "AddRoleToDBInstance - RemoveRoleFromDBInstance",
    Snapshot: "CreateDBSnapshot AddTagsToResource DeleteDBSnapshot",
    SubnetGroup: dbSubnetGroup,
  }),
  ...within("redshift", {
    Cluster: "CreateCluster ModifyCluster DeleteCluster",
    ParameterGroup:
      "CreateClusterParameterGroup ModifyClusterParameterGroup DeleteClusterParameterGroup",
    SubnetGroup: "CreateClusterSubnetGroup ModifyClusterSubnetGroup DeleteClusterSubnetGroup",
  }),
  ...within("elasticache", {
    Cluster: "CreateCacheCluster ModifyCacheCluster DeleteCacheCluster",
    ParameterGroup: "CreateCacheParameterGroup ModifyCacheParameterGroup DeleteCacheParameterGroup",
    ReplicationGroup: "CreateReplicationGroup ModifyReplicationGroup DeleteReplicationGroup",
    ServerlessCache: "CreateServerlessCache ModifyServerlessCache DeleteServerlessCache",
    SubnetGroup: "CreateCacheSubnetGroup ModifyCacheSubnetGroup DeleteCacheSubnetGroup",
    User: "CreateUser ModifyUser DeleteUser",
    UserGroup: "CreateUserGroup ModifyUserGroup DeleteUserGroup",
  }),
  ...within("dynamodb", {
    KinesisStreamingDestination:
      "EnableKinesisStreamingDestination UpdateKinesisStreamingDestination DisableKinesisStreamingDestination",
    ResourcePolicy: put("ResourcePolicy"),
    TableItem: "PutItem UpdateItem DeleteItem",
  }),
  ...within("dms", {
    ReplicationInstance:
      "CreateReplicationInstance ModifyReplicationInstance DeleteReplicationInstance",
    ReplicationSubnetGroup:
      "CreateReplicationSubnetGroup ModifyReplicationSubnetGroup DeleteReplicationSubnetGroup",
  }),
  ...within("efs", {
    AccessPoint: "CreateAccessPoint TagResource DeleteAccessPoint",
    BackupPolicy: put("BackupPolicy", "PutBackupPolicy"),
    FileSystemPolicy: put("FileSystemPolicy"),
    MountTarget: "CreateMountTarget ModifyMountTargetSecurityGroups DeleteMountTarget",
  }),
  ...within("backup", {
    Plan: "CreateBackupPlan UpdateBackupPlan DeleteBackupPlan",
    RegionSettings: "UpdateRegionSettings UpdateRegionSettings -",
    Selection: "CreateBackupSelection - DeleteBackupSelection",
    Vault: "CreateBackupVault TagResource DeleteBackupVault",
    VaultLockConfiguration: put("BackupVaultLockConfiguration"),
    VaultNotifications: put("BackupVaultNotifications"),
    VaultPolicy: put("BackupVaultAccessPolicy"),
  }),
  ...within("glacier", { Vault: "CreateVault AddTagsToVault DeleteVault" }),
  ...within("athena", {
    Database: "StartQueryExecution StartQueryExecution StartQueryExecution",
    Workgroup: "CreateWorkGroup UpdateWorkGroup DeleteWorkGroup",
  }),
  ...within("glue", {
    CatalogDatabase: "CreateDatabase UpdateDatabase DeleteDatabase",
    CatalogTable: "CreateTable UpdateTable DeleteTable",
    DataCatalogEncryptionSettings: put(
      "DataCatalogEncryptionSettings",
      "PutDataCatalogEncryptionSettings",
    ),
    SecurityConfiguration: "CreateSecurityConfiguration - DeleteSecurityConfiguration",
  }),
  ...within("opensearch", {
    Domain: "CreateDomain UpdateDomainConfig DeleteDomain",
    DomainPolicy: "UpdateDomainConfig UpdateDomainConfig UpdateDomainConfig",
  }),
};
