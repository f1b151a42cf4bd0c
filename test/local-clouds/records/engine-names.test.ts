/**
 * Names of the engine's calls in the clouds' logs, type by type: AWS API reference of each service (and Amazon S3 user guide, "Amazon S3
 * CloudTrail events"), the page "Audit logging" of each service of Google Cloud, Azure resource provider operations, Microsoft Entra audit
 * log categories and activities. Rows: type, then creation, update and removal; `-` is no call.
 */

import assert from "node:assert/strict";
import { activityOf } from "../../../local-clouds/records/azure/activities.ts";
import { awsCallOf, awsRequestOf } from "../../../local-clouds/records/engine/aws.ts";
import { azureCallOf } from "../../../local-clouds/records/engine/azure.ts";
import { gcpCallOf } from "../../../local-clouds/records/engine/gcp.ts";

const operations = ["create", "update", "delete"] as const;

/** Rows of a text: words between spaces, one row a line. */
function rowsOf(text: string): readonly (readonly [type: string, ...names: readonly string[]])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [type = "", ...names] = line.trim().split(" ");
      return [type, ...names] as const;
    });
}

function table(
  title: string,
  text: string,
  rowsMin: number,
  named: (type: string) => readonly string[],
): void {
  describe(title, () => {
    const rows = rowsOf(text);
    for (const [type, ...names] of rows)
      it(`${type}: ${names.join(", ")}`, () => assert.deepEqual(named(type), names));
    it(`has at least ${rowsMin} rows, each of its own type`, () => {
      assert.ok(rows.length >= rowsMin, String(rows.length));
      assert.equal(new Set(rows.map(([type]) => type)).size, rows.length);
    });
  });
}

table(
  "calls in AWS",
  `
  ec2/vpc:Vpc ec2:CreateVpc ec2:ModifyVpcAttribute ec2:DeleteVpc
  ec2/subnet:Subnet ec2:CreateSubnet ec2:ModifySubnetAttribute ec2:DeleteSubnet
  ec2/securityGroup:SecurityGroup ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup
  vpc/securityGroupIngressRule:SecurityGroupIngressRule ec2:AuthorizeSecurityGroupIngress ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupIngress
  vpc/securityGroupEgressRule:SecurityGroupEgressRule ec2:AuthorizeSecurityGroupEgress ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupEgress
  ec2/internetGateway:InternetGateway ec2:CreateInternetGateway ec2:CreateTags ec2:DeleteInternetGateway
  ec2/natGateway:NatGateway ec2:CreateNatGateway ec2:CreateTags ec2:DeleteNatGateway
  ec2/routeTable:RouteTable ec2:CreateRouteTable ec2:CreateRoute ec2:DeleteRouteTable
  ec2/route:Route ec2:CreateRoute ec2:ReplaceRoute ec2:DeleteRoute
  ec2/routeTableAssociation:RouteTableAssociation ec2:AssociateRouteTable ec2:ReplaceRouteTableAssociation ec2:DisassociateRouteTable
  ec2/networkAcl:NetworkAcl ec2:CreateNetworkAcl ec2:CreateTags ec2:DeleteNetworkAcl
  ec2/networkAclRule:NetworkAclRule ec2:CreateNetworkAclEntry ec2:ReplaceNetworkAclEntry ec2:DeleteNetworkAclEntry
  ec2/vpcEndpoint:VpcEndpoint ec2:CreateVpcEndpoint ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints
  ec2/vpcPeeringConnection:VpcPeeringConnection ec2:CreateVpcPeeringConnection ec2:CreateTags ec2:DeleteVpcPeeringConnection
  ec2/eip:Eip ec2:AllocateAddress ec2:AssociateAddress ec2:ReleaseAddress
  ec2/instance:Instance ec2:RunInstances ec2:ModifyInstanceAttribute ec2:TerminateInstances
  ec2/launchTemplate:LaunchTemplate ec2:CreateLaunchTemplate ec2:CreateLaunchTemplateVersion ec2:DeleteLaunchTemplate
  ec2/keyPair:KeyPair ec2:ImportKeyPair ec2:CreateTags ec2:DeleteKeyPair
  ec2/flowLog:FlowLog ec2:CreateFlowLogs ec2:CreateTags ec2:DeleteFlowLogs
  ec2transitgateway/transitGateway:TransitGateway ec2:CreateTransitGateway ec2:ModifyTransitGateway ec2:DeleteTransitGateway
  ebs/volume:Volume ec2:CreateVolume ec2:ModifyVolume ec2:DeleteVolume
  ebs/snapshot:Snapshot ec2:CreateSnapshot ec2:CreateTags ec2:DeleteSnapshot
  s3/bucket:Bucket s3:CreateBucket s3:PutBucketTagging s3:DeleteBucket
  s3/bucketPolicy:BucketPolicy s3:PutBucketPolicy s3:PutBucketPolicy s3:DeleteBucketPolicy
  s3/bucketPublicAccessBlock:BucketPublicAccessBlock s3:PutBucketPublicAccessBlock s3:PutBucketPublicAccessBlock s3:DeleteBucketPublicAccessBlock
  s3/bucketVersioning:BucketVersioning s3:PutBucketVersioning s3:PutBucketVersioning s3:PutBucketVersioning
  s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration s3:PutBucketEncryption s3:PutBucketEncryption s3:DeleteBucketEncryption
  s3/bucketObject:BucketObject s3:PutObject s3:PutObject s3:DeleteObject
  iam/role:Role iam:CreateRole iam:UpdateRole iam:DeleteRole
  iam/policy:Policy iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy
  iam/rolePolicy:RolePolicy iam:PutRolePolicy iam:PutRolePolicy iam:DeleteRolePolicy
  iam/rolePolicyAttachment:RolePolicyAttachment iam:AttachRolePolicy - iam:DetachRolePolicy
  iam/user:User iam:CreateUser iam:UpdateUser iam:DeleteUser
  iam/accessKey:AccessKey iam:CreateAccessKey iam:UpdateAccessKey iam:DeleteAccessKey
  iam/group:Group iam:CreateGroup iam:UpdateGroup iam:DeleteGroup
  iam/instanceProfile:InstanceProfile iam:CreateInstanceProfile iam:TagInstanceProfile iam:DeleteInstanceProfile
  iam/openIdConnectProvider:OpenIdConnectProvider iam:CreateOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint iam:DeleteOpenIDConnectProvider
  iam/userLoginProfile:UserLoginProfile iam:CreateLoginProfile iam:UpdateLoginProfile iam:DeleteLoginProfile
  kms/key:Key kms:CreateKey kms:UpdateKeyDescription kms:ScheduleKeyDeletion
  kms/alias:Alias kms:CreateAlias kms:UpdateAlias kms:DeleteAlias
  secretsmanager/secret:Secret secretsmanager:CreateSecret secretsmanager:UpdateSecret secretsmanager:DeleteSecret
  secretsmanager/secretVersion:SecretVersion secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage secretsmanager:UpdateSecretVersionStage
  lambda/function:Function lambda:CreateFunction lambda:UpdateFunctionConfiguration lambda:DeleteFunction
  lambda/permission:Permission lambda:AddPermission - lambda:RemovePermission
  lb/loadBalancer:LoadBalancer elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:DeleteLoadBalancer
  lb/targetGroup:TargetGroup elasticloadbalancing:CreateTargetGroup elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:DeleteTargetGroup
  lb/listener:Listener elasticloadbalancing:CreateListener elasticloadbalancing:ModifyListener elasticloadbalancing:DeleteListener
  rds/instance:Instance rds:CreateDBInstance rds:ModifyDBInstance rds:DeleteDBInstance
  rds/cluster:Cluster rds:CreateDBCluster rds:ModifyDBCluster rds:DeleteDBCluster
  rds/subnetGroup:SubnetGroup rds:CreateDBSubnetGroup rds:ModifyDBSubnetGroup rds:DeleteDBSubnetGroup
  dynamodb/table:Table dynamodb:CreateTable dynamodb:UpdateTable dynamodb:DeleteTable
  sqs/queue:Queue sqs:CreateQueue sqs:SetQueueAttributes sqs:DeleteQueue
  sns/topic:Topic sns:CreateTopic sns:SetTopicAttributes sns:DeleteTopic
  sns/topicSubscription:TopicSubscription sns:Subscribe sns:SetSubscriptionAttributes sns:Unsubscribe
  cloudwatch/logGroup:LogGroup logs:CreateLogGroup logs:PutRetentionPolicy logs:DeleteLogGroup
  cloudwatch/metricAlarm:MetricAlarm cloudwatch:PutMetricAlarm cloudwatch:PutMetricAlarm cloudwatch:DeleteAlarms
  cloudwatch/eventRule:EventRule events:PutRule events:PutRule events:DeleteRule
  cloudtrail/trail:Trail cloudtrail:CreateTrail cloudtrail:UpdateTrail cloudtrail:DeleteTrail
  eks/cluster:Cluster eks:CreateCluster eks:UpdateClusterConfig eks:DeleteCluster
  eks/nodeGroup:NodeGroup eks:CreateNodegroup eks:UpdateNodegroupConfig eks:DeleteNodegroup
  ecs/cluster:Cluster ecs:CreateCluster ecs:UpdateCluster ecs:DeleteCluster
  ecs/service:Service ecs:CreateService ecs:UpdateService ecs:DeleteService
  ecs/taskDefinition:TaskDefinition ecs:RegisterTaskDefinition ecs:TagResource ecs:DeregisterTaskDefinition
  ecr/repository:Repository ecr:CreateRepository ecr:PutImageTagMutability ecr:DeleteRepository
  route53/zone:Zone route53:CreateHostedZone route53:UpdateHostedZoneComment route53:DeleteHostedZone
  route53/record:Record route53:ChangeResourceRecordSets route53:ChangeResourceRecordSets route53:ChangeResourceRecordSets
  acm/certificate:Certificate acm:RequestCertificate acm:UpdateCertificateOptions acm:DeleteCertificate
  cloudfront/distribution:Distribution cloudfront:CreateDistribution cloudfront:UpdateDistribution cloudfront:DeleteDistribution
  wafv2/webAcl:WebAcl wafv2:CreateWebACL wafv2:UpdateWebACL wafv2:DeleteWebACL
  guardduty/detector:Detector guardduty:CreateDetector guardduty:UpdateDetector guardduty:DeleteDetector
  autoscaling/group:Group autoscaling:CreateAutoScalingGroup autoscaling:UpdateAutoScalingGroup autoscaling:DeleteAutoScalingGroup
  efs/fileSystem:FileSystem elasticfilesystem:CreateFileSystem elasticfilesystem:UpdateFileSystem elasticfilesystem:DeleteFileSystem
  ssm/parameter:Parameter ssm:PutParameter ssm:PutParameter ssm:DeleteParameter
  sfn/stateMachine:StateMachine states:CreateStateMachine states:UpdateStateMachine states:DeleteStateMachine
  organizations/policyAttachment:PolicyAttachment organizations:AttachPolicy - organizations:DetachPolicy
`,
  60,
  (type) => operations.map((operation) => awsCallOf(`aws:${type}`, operation) ?? "-"),
);

table(
  "methods in Google Cloud",
  `
  compute/network:Network v1.compute.networks.insert v1.compute.networks.patch v1.compute.networks.delete
  compute/subnetwork:Subnetwork v1.compute.subnetworks.insert v1.compute.subnetworks.patch v1.compute.subnetworks.delete
  compute/firewall:Firewall v1.compute.firewalls.insert v1.compute.firewalls.patch v1.compute.firewalls.delete
  compute/instance:Instance v1.compute.instances.insert v1.compute.instances.patch v1.compute.instances.delete
  compute/disk:Disk v1.compute.disks.insert v1.compute.disks.patch v1.compute.disks.delete
  compute/address:Address v1.compute.addresses.insert v1.compute.addresses.setLabels v1.compute.addresses.delete
  compute/globalAddress:GlobalAddress v1.compute.globalAddresses.insert v1.compute.globalAddresses.setLabels v1.compute.globalAddresses.delete
  compute/route:Route v1.compute.routes.insert - v1.compute.routes.delete
  compute/router:Router v1.compute.routers.insert v1.compute.routers.patch v1.compute.routers.delete
  compute/routerNat:RouterNat v1.compute.routers.patch v1.compute.routers.patch v1.compute.routers.patch
  compute/snapshot:Snapshot v1.compute.snapshots.insert v1.compute.snapshots.setLabels v1.compute.snapshots.delete
  compute/instanceTemplate:InstanceTemplate v1.compute.instanceTemplates.insert - v1.compute.instanceTemplates.delete
  compute/regionInstanceGroupManager:RegionInstanceGroupManager v1.compute.regionInstanceGroupManagers.insert v1.compute.regionInstanceGroupManagers.patch v1.compute.regionInstanceGroupManagers.delete
  compute/backendService:BackendService v1.compute.backendServices.insert v1.compute.backendServices.patch v1.compute.backendServices.delete
  compute/uRLMap:URLMap v1.compute.urlMaps.insert v1.compute.urlMaps.patch v1.compute.urlMaps.delete
  compute/globalForwardingRule:GlobalForwardingRule v1.compute.globalForwardingRules.insert v1.compute.globalForwardingRules.patch v1.compute.globalForwardingRules.delete
  compute/managedSslCertificate:ManagedSslCertificate v1.compute.sslCertificates.insert - v1.compute.sslCertificates.delete
  compute/sSLPolicy:SSLPolicy v1.compute.sslPolicies.insert v1.compute.sslPolicies.patch v1.compute.sslPolicies.delete
  compute/securityPolicy:SecurityPolicy v1.compute.securityPolicies.insert v1.compute.securityPolicies.patch v1.compute.securityPolicies.delete
  compute/haVpnGateway:HaVpnGateway v1.compute.vpnGateways.insert v1.compute.vpnGateways.setLabels v1.compute.vpnGateways.delete
  compute/vPNTunnel:VPNTunnel v1.compute.vpnTunnels.insert v1.compute.vpnTunnels.setLabels v1.compute.vpnTunnels.delete
  compute/networkPeering:NetworkPeering v1.compute.networks.addPeering v1.compute.networks.updatePeering v1.compute.networks.removePeering
  compute/firewallPolicyRule:FirewallPolicyRule v1.compute.firewallPolicies.addRule v1.compute.firewallPolicies.patchRule v1.compute.firewallPolicies.removeRule
  compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule v1.compute.networkFirewallPolicies.addRule v1.compute.networkFirewallPolicies.patchRule v1.compute.networkFirewallPolicies.removeRule
  compute/networkFirewallPolicy:NetworkFirewallPolicy v1.compute.networkFirewallPolicies.insert v1.compute.networkFirewallPolicies.patch v1.compute.networkFirewallPolicies.delete
  compute/sharedVPCHostProject:SharedVPCHostProject v1.compute.projects.enableXpnHost - v1.compute.projects.disableXpnHost
  container/cluster:Cluster google.container.v1.ClusterManager.CreateCluster google.container.v1.ClusterManager.UpdateCluster google.container.v1.ClusterManager.DeleteCluster
  container/nodePool:NodePool google.container.v1.ClusterManager.CreateNodePool google.container.v1.ClusterManager.UpdateNodePool google.container.v1.ClusterManager.DeleteNodePool
  storage/bucket:Bucket storage.buckets.create storage.buckets.update storage.buckets.delete
  storage/bucketIAMMember:BucketIAMMember storage.setIamPermissions storage.setIamPermissions storage.setIamPermissions
  storage/bucketObject:BucketObject storage.objects.create storage.objects.update storage.objects.delete
  pubsub/topic:Topic google.pubsub.v1.Publisher.CreateTopic google.pubsub.v1.Publisher.UpdateTopic google.pubsub.v1.Publisher.DeleteTopic
  pubsub/subscription:Subscription google.pubsub.v1.Subscriber.CreateSubscription google.pubsub.v1.Subscriber.UpdateSubscription google.pubsub.v1.Subscriber.DeleteSubscription
  pubsub/topicIAMMember:TopicIAMMember google.iam.v1.IAMPolicy.SetIamPolicy google.iam.v1.IAMPolicy.SetIamPolicy google.iam.v1.IAMPolicy.SetIamPolicy
  projects/iAMMember:IAMMember SetIamPolicy SetIamPolicy SetIamPolicy
  projects/iAMCustomRole:IAMCustomRole google.iam.admin.v1.CreateRole google.iam.admin.v1.UpdateRole google.iam.admin.v1.DeleteRole
  projects/service:Service google.api.serviceusage.v1.ServiceUsage.EnableService - google.api.serviceusage.v1.ServiceUsage.DisableService
  organizations/project:Project CreateProject UpdateProject DeleteProject
  organizations/folder:Folder google.cloud.resourcemanager.v3.Folders.CreateFolder google.cloud.resourcemanager.v3.Folders.UpdateFolder google.cloud.resourcemanager.v3.Folders.DeleteFolder
  organizations/iAMMember:IAMMember SetIamPolicy SetIamPolicy SetIamPolicy
  serviceaccount/account:Account google.iam.admin.v1.CreateServiceAccount google.iam.admin.v1.PatchServiceAccount google.iam.admin.v1.DeleteServiceAccount
  serviceaccount/key:Key google.iam.admin.v1.CreateServiceAccountKey - google.iam.admin.v1.DeleteServiceAccountKey
  serviceaccount/iAMMember:IAMMember google.iam.admin.v1.SetIAMPolicy google.iam.admin.v1.SetIAMPolicy google.iam.admin.v1.SetIAMPolicy
  iam/workloadIdentityPool:WorkloadIdentityPool google.iam.v1.WorkloadIdentityPools.CreateWorkloadIdentityPool google.iam.v1.WorkloadIdentityPools.UpdateWorkloadIdentityPool google.iam.v1.WorkloadIdentityPools.DeleteWorkloadIdentityPool
  iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider google.iam.v1.WorkloadIdentityPools.CreateWorkloadIdentityPoolProvider google.iam.v1.WorkloadIdentityPools.UpdateWorkloadIdentityPoolProvider google.iam.v1.WorkloadIdentityPools.DeleteWorkloadIdentityPoolProvider
  kms/keyRing:KeyRing google.cloud.kms.v1.KeyManagementService.CreateKeyRing - -
  kms/cryptoKey:CryptoKey google.cloud.kms.v1.KeyManagementService.CreateCryptoKey google.cloud.kms.v1.KeyManagementService.UpdateCryptoKey google.cloud.kms.v1.KeyManagementService.DestroyCryptoKeyVersion
  kms/cryptoKeyIAMMember:CryptoKeyIAMMember google.iam.v1.IAMPolicy.SetIamPolicy google.iam.v1.IAMPolicy.SetIamPolicy google.iam.v1.IAMPolicy.SetIamPolicy
  secretmanager/secret:Secret google.cloud.secretmanager.v1.SecretManagerService.CreateSecret google.cloud.secretmanager.v1.SecretManagerService.UpdateSecret google.cloud.secretmanager.v1.SecretManagerService.DeleteSecret
  secretmanager/secretVersion:SecretVersion google.cloud.secretmanager.v1.SecretManagerService.AddSecretVersion google.cloud.secretmanager.v1.SecretManagerService.EnableSecretVersion google.cloud.secretmanager.v1.SecretManagerService.DestroySecretVersion
  secretmanager/secretIamMember:SecretIamMember google.cloud.secretmanager.v1.SecretManagerService.SetIamPolicy google.cloud.secretmanager.v1.SecretManagerService.SetIamPolicy google.cloud.secretmanager.v1.SecretManagerService.SetIamPolicy
  sql/databaseInstance:DatabaseInstance cloudsql.instances.create cloudsql.instances.update cloudsql.instances.delete
  sql/database:Database cloudsql.databases.create cloudsql.databases.update cloudsql.databases.delete
  sql/user:User cloudsql.users.create cloudsql.users.update cloudsql.users.delete
  dns/managedZone:ManagedZone dns.managedZones.create dns.managedZones.patch dns.managedZones.delete
  dns/recordSet:RecordSet dns.changes.create dns.changes.create dns.changes.create
  bigquery/dataset:Dataset google.cloud.bigquery.v2.DatasetService.InsertDataset google.cloud.bigquery.v2.DatasetService.UpdateDataset google.cloud.bigquery.v2.DatasetService.DeleteDataset
  bigquery/table:Table google.cloud.bigquery.v2.TableService.InsertTable google.cloud.bigquery.v2.TableService.UpdateTable google.cloud.bigquery.v2.TableService.DeleteTable
  cloudrunv2/service:Service google.cloud.run.v2.Services.CreateService google.cloud.run.v2.Services.UpdateService google.cloud.run.v2.Services.DeleteService
  cloudrun/service:Service google.cloud.run.v1.Services.CreateService google.cloud.run.v1.Services.ReplaceService google.cloud.run.v1.Services.DeleteService
  cloudfunctionsv2/function:Function google.cloud.functions.v2.FunctionService.CreateFunction google.cloud.functions.v2.FunctionService.UpdateFunction google.cloud.functions.v2.FunctionService.DeleteFunction
  logging/projectSink:ProjectSink google.logging.v2.ConfigServiceV2.CreateSink google.logging.v2.ConfigServiceV2.UpdateSink google.logging.v2.ConfigServiceV2.DeleteSink
  logging/metric:Metric google.logging.v2.MetricsServiceV2.CreateLogMetric google.logging.v2.MetricsServiceV2.UpdateLogMetric google.logging.v2.MetricsServiceV2.DeleteLogMetric
  monitoring/alertPolicy:AlertPolicy google.monitoring.v3.AlertPolicyService.CreateAlertPolicy google.monitoring.v3.AlertPolicyService.UpdateAlertPolicy google.monitoring.v3.AlertPolicyService.DeleteAlertPolicy
  redis/instance:Instance google.cloud.redis.v1.CloudRedis.CreateInstance google.cloud.redis.v1.CloudRedis.UpdateInstance google.cloud.redis.v1.CloudRedis.DeleteInstance
  spanner/instance:Instance google.spanner.admin.instance.v1.InstanceAdmin.CreateInstance google.spanner.admin.instance.v1.InstanceAdmin.UpdateInstance google.spanner.admin.instance.v1.InstanceAdmin.DeleteInstance
  artifactregistry/repository:Repository google.devtools.artifactregistry.v1.ArtifactRegistry.CreateRepository google.devtools.artifactregistry.v1.ArtifactRegistry.UpdateRepository google.devtools.artifactregistry.v1.ArtifactRegistry.DeleteRepository
  accesscontextmanager/servicePerimeter:ServicePerimeter google.identity.accesscontextmanager.v1.AccessContextManager.CreateServicePerimeter google.identity.accesscontextmanager.v1.AccessContextManager.UpdateServicePerimeter google.identity.accesscontextmanager.v1.AccessContextManager.DeleteServicePerimeter
  cloudscheduler/job:Job google.cloud.scheduler.v1.CloudScheduler.CreateJob google.cloud.scheduler.v1.CloudScheduler.UpdateJob google.cloud.scheduler.v1.CloudScheduler.DeleteJob
  vpcaccess/connector:Connector google.cloud.vpcaccess.v1.VpcAccessService.CreateConnector google.cloud.vpcaccess.v1.VpcAccessService.UpdateConnector google.cloud.vpcaccess.v1.VpcAccessService.DeleteConnector
  orgpolicy/policy:Policy google.cloud.orgpolicy.v2.OrgPolicy.CreatePolicy google.cloud.orgpolicy.v2.OrgPolicy.UpdatePolicy google.cloud.orgpolicy.v2.OrgPolicy.DeletePolicy
`,
  60,
  (type) => operations.map((operation) => gcpCallOf(`gcp:${type}`, operation)?.method ?? "-"),
);

const group = "/subscriptions/s/resourceGroups/g";

/** Ids below the group, without what they are in. */
const ids = `
  Microsoft.Network/virtualNetworks/v
  Microsoft.Network/virtualNetworks/v/subnets/s
  Microsoft.Network/virtualNetworks/v/virtualNetworkPeerings/p
  Microsoft.Network/networkSecurityGroups/g
  Microsoft.Network/networkSecurityGroups/g/securityRules/r
  Microsoft.Network/networkInterfaces/i
  Microsoft.Network/publicIPAddresses/a
  Microsoft.Network/publicIPPrefixes/a
  Microsoft.Network/routeTables/t
  Microsoft.Network/routeTables/t/routes/r
  Microsoft.Network/natGateways/n
  Microsoft.Network/loadBalancers/l
  Microsoft.Network/applicationGateways/a
  Microsoft.Network/azureFirewalls/f
  Microsoft.Network/firewallPolicies/p
  Microsoft.Network/firewallPolicies/p/ruleCollectionGroups/g
  Microsoft.Network/privateEndpoints/e
  Microsoft.Network/privateEndpoints/e/privateDnsZoneGroups/g
  Microsoft.Network/privateLinkServices/s
  Microsoft.Network/privateDnsZones/z
  Microsoft.Network/privateDnsZones/z/virtualNetworkLinks/l
  Microsoft.Network/privateDnsZones/z/A/www
  Microsoft.Network/dnsZones/z
  Microsoft.Network/dnsZones/z/CNAME/www
  Microsoft.Network/bastionHosts/b
  Microsoft.Network/virtualNetworkGateways/g
  Microsoft.Network/connections/c
  Microsoft.Network/expressRouteCircuits/c
  Microsoft.Network/networkWatchers/w/flowLogs/f
  Microsoft.Network/networkManagers/m
  Microsoft.Network/networkManagers/m/securityAdminConfigurations/c/ruleCollections/k/rules/r
  Microsoft.Network/ddosProtectionPlans/p
  Microsoft.Compute/virtualMachines/v
  Microsoft.Compute/virtualMachines/v/extensions/e
  Microsoft.Compute/virtualMachineScaleSets/s
  Microsoft.Compute/disks/d
  Microsoft.Compute/snapshots/s
  Microsoft.Compute/galleries/g/images/i
  Microsoft.Storage/storageAccounts/a
  Microsoft.Storage/storageAccounts/a/blobServices/default
  Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c
  Microsoft.Storage/storageAccounts/a/fileServices/default/shares/s
  Microsoft.Storage/storageAccounts/a/queueServices/default/queues/q
  Microsoft.Storage/storageAccounts/a/managementPolicies/default
  Microsoft.KeyVault/vaults/v
  Microsoft.KeyVault/vaults/v/secrets/s
  Microsoft.KeyVault/vaults/v/keys/k
  Microsoft.ManagedIdentity/userAssignedIdentities/i
  Microsoft.ManagedIdentity/userAssignedIdentities/i/federatedIdentityCredentials/c
  Microsoft.ContainerService/managedClusters/c
  Microsoft.ContainerService/managedClusters/c/agentPools/p
  Microsoft.ContainerRegistry/registries/r
  Microsoft.Web/serverfarms/p
  Microsoft.Web/sites/s
  Microsoft.Web/sites/s/config/appsettings
  Microsoft.Sql/servers/s
  Microsoft.Sql/servers/s/databases/d
  Microsoft.Sql/servers/s/firewallRules/r
  Microsoft.DBforPostgreSQL/flexibleServers/s
  Microsoft.DocumentDB/databaseAccounts/a
  Microsoft.DocumentDB/databaseAccounts/a/sqlDatabases/d/containers/c
  Microsoft.Cache/redis/r
  Microsoft.ServiceBus/namespaces/n/queues/q
  Microsoft.EventHub/namespaces/n
  Microsoft.EventHub/namespaces/n/eventhubs/e
  Microsoft.OperationalInsights/workspaces/w
  Microsoft.Insights/components/c
  Microsoft.Insights/actionGroups/g
  Microsoft.Insights/metricAlerts/a
  Microsoft.ApiManagement/service/s
  Microsoft.Cdn/profiles/p/afdEndpoints/e
`
  .trim()
  .split(/\s+/);

describe("operations in Azure", () => {
  for (const id of ids) {
    const [provider = "", ...rest] = id.split("/");
    const type = [provider, ...rest.filter((_part, i) => i % 2 === 0)].join("/");
    it(`${id} is ${type}`, () => {
      const names = operations.map((operation) =>
        azureCallOf("", `${group}/providers/${id}`, operation),
      );
      assert.deepEqual(names, [`${type}/write`, `${type}/write`, `${type}/delete`]);
    });
  }

  // Extensions are operations of their own provider; what has no ARM resource says so.
  const vault = `${group}/providers/Microsoft.KeyVault/vaults/v`;
  for (const [token, id, operation] of [
    ["resources:ResourceGroup", group, "Microsoft.Resources/subscriptions/resourceGroups/write"],
    [
      "authorization:RoleAssignment",
      `${vault}/providers/Microsoft.Authorization/roleAssignments/1`,
      "Microsoft.Authorization/roleAssignments/write",
    ],
    [
      "authorization:PolicyAssignment",
      "/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/p",
      "Microsoft.Authorization/policyAssignments/write",
    ],
    [
      "authorization:ManagementLockByScope",
      `${vault}/providers/Microsoft.Authorization/locks/l`,
      "Microsoft.Authorization/locks/write",
    ],
    [
      "monitor:DiagnosticSetting",
      `${vault}/providers/Microsoft.Insights/diagnosticSettings/d`,
      "Microsoft.Insights/diagnosticSettings/write",
    ],
    [
      "securityinsights:SentinelOnboardingState",
      `${group}/providers/Microsoft.OperationalInsights/workspaces/w/providers/Microsoft.SecurityInsights/onboardingStates/default`,
      "Microsoft.SecurityInsights/onboardingStates/write",
    ],
    [
      "keyvault:AccessPolicy",
      `${vault}/accessPolicy/o`,
      "Microsoft.KeyVault/vaults/accessPolicies/write",
    ],
    ["storage:Blob", "https://a.blob.core.windows.net/c/b", undefined],
    ["storage:StorageAccountStaticWebsite", `${group}/staticWebsite`, undefined],
  ] as const) {
    it(`${token} is ${operation ?? "none"}`, () =>
      assert.equal(azureCallOf(`azure-native:${token}`, id, "create"), operation));
  }
});

describe("activities in Entra", () => {
  for (const [type, ...names] of [
    ["user", "Add user", "Update user", "Delete user"],
    ["group", "Add group", "Update group", "Delete group"],
    ["groupMember", "Add member to group", "Update group", "Remove member from group"],
    ["application", "Add application", "Update application", "Delete application"],
    [
      "applicationPassword",
      "Update application – Certificates and secrets management",
      "Update application – Certificates and secrets management",
      "Update application – Certificates and secrets management",
    ],
    [
      "applicationFederatedIdentityCredential",
      "Update application",
      "Update application",
      "Update application",
    ],
    [
      "servicePrincipal",
      "Add service principal",
      "Update service principal",
      "Remove service principal",
    ],
    [
      "servicePrincipalPassword",
      "Add service principal credentials",
      "Update service principal",
      "Remove service principal credentials",
    ],
    [
      "appRoleAssignment",
      "Add app role assignment to service principal",
      "Update service principal",
      "Remove app role assignment from service principal",
    ],
    [
      "servicePrincipalDelegatedPermissionGrant",
      "Add delegated permission grant",
      "Update delegated permission grant",
      "Remove delegated permission grant",
    ],
    ["directoryRoleAssignment", "Add member to role", "Update role", "Remove member from role"],
    [
      "customDirectoryRole",
      "Add role definition",
      "Update role definition",
      "Delete role definition",
    ],
    [
      "conditionalAccessPolicy",
      "Add conditional access policy",
      "Update conditional access policy",
      "Delete conditional access policy",
    ],
    ["namedLocation", "Add named location", "Update named location", "Delete named location"],
  ] as const) {
    it(`${type}: ${names.join(", ")}`, () => {
      const got = operations.map((verb) => activityOf(`microsoft.directory/${type}s/${verb}`).name);
      assert.deepEqual(got, names);
    });
  }
});

describe("parameters of calls in AWS", () => {
  for (const [type, id, outputs, request] of [
    ["s3/bucket:Bucket", "b", { bucket: "b" }, { bucketName: "b" }],
    ["s3/bucketPolicy:BucketPolicy", "b", { bucket: "b" }, { bucketName: "b" }],
    ["iam/role:Role", "r", { name: "r" }, { roleName: "r" }],
    [
      "iam/rolePolicyAttachment:RolePolicyAttachment",
      "x",
      { role: "r", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      { roleName: "r", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ],
    ["cloudwatch/logGroup:LogGroup", "g", { name: "g" }, { logGroupName: "g" }],
    ["lambda/function:Function", "f", { name: "f" }, { functionName: "f" }],
    ["sns/topic:Topic", "t", { name: "t" }, { name: "t" }],
    ["ec2/vpc:Vpc", "vpc-1", {}, {}],
  ] as const) {
    it(`${type}: ${JSON.stringify(request)}`, () =>
      assert.deepEqual(awsRequestOf(`aws:${type}`, id, outputs), request));
  }
});
