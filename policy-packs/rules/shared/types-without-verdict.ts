/** Types about which no rule gives a verdict of its own, and need not. */

/** What rules about others read: a bucket is judged together with the resources that set it up. */
const readWithOthers: readonly string[] = [
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:eks/addon:Addon",
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "azure-native:authorization:ManagementLockByScope",
  "azure-native:storage:BlobContainer",
  "azure-native:storage:BlobContainerImmutabilityPolicy",
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
];

/** Rights whose holders and extents are those of the identity rules and of the trust graph. */
const rights: readonly string[] = [
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:ssoadmin/accountAssignment:AccountAssignment",
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
  "aws:ssoadmin/permissionSet:PermissionSet",
  "azure-native:authorization:RoleAssignment",
  "gcp:iam/workforcePool:WorkforcePool",
  "gcp:iam/workforcePoolProvider:WorkforcePoolProvider",
  "gcp:projects/iAMMember:IAMMember",
  "gcp:storage/bucketIAMMember:BucketIAMMember",
];

/** Names, groupings and containers: who gets in is decided by what is put into them. */
const saysNothing: readonly string[] = [
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:identitystore/group:Group",
  "aws:kms/alias:Alias",
  "aws:rds/subnetGroup:SubnetGroup",
  "azure-native:managedidentity:UserAssignedIdentity",
  "azure-native:network:NetworkWatcher",
  "azure-native:resources:ResourceGroup",
  "azuread:index/group:Group",
  "gcp:kms/keyRing:KeyRing",
  "gcp:projects/service:Service",
  "gcp:tags/tagKeyIamMember:TagKeyIamMember",
  "kubernetes:core/v1:Secret",
];

export const typesWithoutVerdict: readonly string[] = [
  ...readWithOthers,
  ...rights,
  ...saysNothing,
];

/** Packages that make values and nothing that anybody reaches. */
export const packagesWithoutVerdict: ReadonlySet<string> = new Set([
  "pulumi",
  "random",
  "time",
  "tls",
]);
