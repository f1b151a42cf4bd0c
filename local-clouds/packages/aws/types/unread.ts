/**
 * Inputs that the AWS provider never asks the service for: what it was told stands in its answers, and
 * nothing else (`hashicorp/terraform-provider-aws`: no `d.Set` in the resources' Read). Everything else
 * that a type has is read, and told even where the service keeps nothing of it.
 */

/** Instructions to the provider, whatever the type. */
const instructions: readonly string[] = [
  "allowMajorVersionUpgrade",
  "applyImmediately",
  "body",
  "contentBase64",
  "failOnWarnings",
  "finalSnapshotIdentifier",
  "forceDelete",
  "forceDestroy",
  "forceDetach",
  "forceNewDeployment",
  "forceUpdate",
  "forceUpdateVersion",
  "manageMasterPassword",
  "manageMasterUserPassword",
  "masterPassword",
  "parameters",
  "password",
  "pgpKey",
  "preserve",
  "privateKey",
  "resolveConflictsOnCreate",
  "resolveConflictsOnUpdate",
  "restoreToPointInTime",
  "s3Bucket",
  "s3Import",
  "s3Key",
  "s3ObjectVersion",
  "skipDestroy",
  "skipFinalSnapshot",
  "snapshotIdentifier",
  "source",
  "sourceHash",
  "temporaryPassword",
  "triggers",
  "useResourceTimeoutForPropagation",
  "userDataBase64",
];

/** What else only some types are told. */
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  "aws:apigateway/integration:Integration": ["integrationTarget", "responseTransferMode"],
  "aws:apigateway/method:Method": [
    "authorizationScopes",
    "authorizerId",
    "operationName",
    "requestModels",
    "requestParameters",
    "requestValidatorId",
  ],
  "aws:apigateway/methodResponse:MethodResponse": ["responseModels", "responseParameters"],
  "aws:apigateway/restApi:RestApi": ["endpointAccessMode", "securityPolicy"],
  "aws:autoscaling/group:Group": [
    "ignoreFailedScalingActivities",
    "minElbCapacity",
    "waitForElbCapacity",
  ],
  "aws:cloudfront/distribution:Distribution": ["comment", "originGroups"],
  "aws:cloudtrail/trail:Trail": ["advancedEventSelectors", "eventSelectors", "insightSelectors"],
  "aws:cloudwatch/eventBus:EventBus": ["description", "eventSourceName", "kmsKeyIdentifier"],
  "aws:cloudwatch/eventTarget:EventTarget": ["runCommandTargets"],
  "aws:dynamodb/table:Table": [
    "restoreBackupArn",
    "restoreDateTime",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreToLatestTime",
  ],
  "aws:ec2/eip:Eip": ["address", "associateWithPrivateIp", "ipamPoolId"],
  "aws:ec2/instance:Instance": [
    "enablePrimaryIpv6",
    "hostResourceGroupArn",
    "placementGroupId",
    "secondaryNetworkInterfaces",
    "userData",
    "volumeTags",
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": ["updateDefaultVersion"],
  "aws:ec2/natGateway:NatGateway": ["availabilityZoneAddresses"],
  "aws:ec2/route:Route": ["odbNetworkArn"],
  "aws:ec2/securityGroupRule:SecurityGroupRule": [
    "cidrBlocks",
    "description",
    "ipv6CidrBlocks",
    "prefixListIds",
    "sourceSecurityGroupId",
  ],
  "aws:ec2/subnet:Subnet": [
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
  ],
  "aws:ec2/vpc:Vpc": ["ipv4IpamPoolId", "ipv4NetmaskLength"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    "autoAccept",
    "resourceConfigurationArn",
    "serviceNetworkArn",
    "subnetConfigurations",
  ],
  "aws:eks/addon:Addon": ["namespaceConfig"],
  "aws:eks/cluster:Cluster": ["bootstrapSelfManagedAddons", "clusterId", "defaultAddonsToRemoves"],
  "aws:iam/policy:Policy": ["delayAfterPolicyCreationInMs"],
  "aws:lambda/function:Function": [
    "publishTo",
    "replaceSecurityGroupsOnDestroy",
    "replacementSecurityGroupIds",
  ],
  "aws:lambda/permission:Permission": [
    "eventSourceToken",
    "functionUrlAuthType",
    "invokedViaFunctionUrl",
    "principalOrgId",
    "sourceAccount",
  ],
  "aws:lb/targetGroup:TargetGroup": ["targetControlPort"],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": ["port", "quicServerId"],
  "aws:rds/instance:Instance": [
    "domainAuthSecretArn",
    "domainDnsIps",
    "domainFqdn",
    "domainOu",
    "masterUserSecretKmsKeyId",
    "upgradeStorageConfig",
  ],
  "aws:s3/bucketObject:BucketObject": ["kmsKeyId"],
};

/** The unread inputs of a type. */
export function unreadOf(token: string): readonly string[] {
  // The older module of the balancers has the same types.
  const special = ofTypes[token.replace("aws:alb/", "aws:lb/")] ?? [];
  return [...instructions, ...special];
}
