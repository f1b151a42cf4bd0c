/** What each program's page promises: how much there is, and how many of what it is about. */

/** Counts of resources, of their types, and of each type that the page is about. */
export interface Promised {
  readonly resources: number;
  readonly types: number;
  readonly about: Readonly<Record<string, number>>;
}

const promise = (resources: number, types: number, about: Promised["about"]): Promised => ({
  resources,
  types,
  about,
});

export const promised: Readonly<Record<string, Promised>> = {
  "aks-cluster": promise(11, 10, {
    "azure-native:containerservice:ManagedCluster": 1,
    "azure-native:containerregistry:Registry": 1,
    "azure-native:monitor:DiagnosticSetting": 1,
  }),
  bookinfo: promise(26, 9, {
    "kubernetes:security.istio.io/v1:PeerAuthentication": 1,
    "kubernetes:security.istio.io/v1:AuthorizationPolicy": 5,
    "kubernetes:networking.istio.io/v1:Gateway": 1,
  }),
  "certificate-manager": promise(9, 9, {
    "kubernetes:apps/v1:Deployment": 1,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": 1,
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": 1,
  }),
  "cloud-run-sql": promise(15, 15, {
    "gcp:cloudrunv2/service:Service": 1,
    "gcp:sql/databaseInstance:DatabaseInstance": 1,
    "gcp:servicenetworking/connection:Connection": 1,
  }),
  "cmek-bucket": promise(10, 7, {
    "gcp:storage/bucket:Bucket": 2,
    "gcp:kms/cryptoKey:CryptoKey": 1,
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": 1,
  }),
  "data-bucket": promise(18, 12, {
    "aws:s3/bucket:Bucket": 2,
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": 1,
    "aws:kms/key:Key": 1,
    "aws:s3/bucketLogging:BucketLogging": 1,
  }),
  "eks-cluster": promise(27, 16, {
    "aws:eks/cluster:Cluster": 1,
    "aws:eks/nodeGroup:NodeGroup": 1,
    "kubernetes:apps/v1:Deployment": 1,
  }),
  "fargate-service": promise(29, 19, {
    "aws:ecs/service:Service": 1,
    "aws:lb/loadBalancer:LoadBalancer": 1,
    "aws:ecs/taskDefinition:TaskDefinition": 1,
  }),
  "function-app": promise(13, 11, {
    "azure-native:web:WebApp": 1,
    "azure-native:keyvault:Vault": 1,
    "azure-native:authorization:RoleAssignment": 3,
  }),
  "github-deploy-role": promise(8, 7, {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": 1,
    "aws:iam/role:Role": 2,
  }),
  "github-deployment-azure": promise(10, 9, {
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential": 1,
    "azure-native:authorization:RoleAssignment": 1,
    "azure-native:monitor:SubscriptionDiagnosticSetting": 1,
  }),
  "github-federation-gcp": promise(9, 7, {
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": 1,
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": 1,
    "gcp:serviceaccount/iAMMember:IAMMember": 2,
  }),
  "gke-cluster": promise(13, 12, {
    "gcp:container/cluster:Cluster": 1,
    "gcp:container/nodePool:NodePool": 1,
    "gcp:kms/cryptoKey:CryptoKey": 1,
  }),
  guestbook: promise(11, 4, {
    "kubernetes:apps/v1:Deployment": 3,
    "kubernetes:core/v1:Service": 3,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": 4,
  }),
  "hub-and-spoke": promise(19, 13, {
    "azure-native:network:AzureFirewall": 1,
    "azure-native:network:VirtualNetworkPeering": 2,
    "azure-native:network:RouteTable": 2,
    "azure-native:network:VirtualNetworkGateway": 1,
  }),
  "jwt-gateway": promise(18, 14, {
    "kubernetes:security.istio.io/v1:RequestAuthentication": 1,
    "kubernetes:security.istio.io/v1:AuthorizationPolicy": 1,
    "kubernetes:networking.istio.io/v1:Gateway": 1,
  }),
  "key-vault": promise(15, 15, {
    "azure-native:keyvault:Vault": 1,
    "azure-native:network:PrivateEndpoint": 1,
    "azure-native:monitor:DiagnosticSetting": 1,
  }),
  "message-fanout": promise(15, 10, {
    "aws:sns/topic:Topic": 1,
    "aws:sqs/queue:Queue": 4,
    "aws:sns/topicSubscription:TopicSubscription": 2,
    "aws:kms/key:Key": 1,
  }),
  "network-firewall-policy": promise(15, 12, {
    "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy": 1,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": 4,
    "gcp:compute/routerNat:RouterNat": 1,
  }),
  "organisation-sink": promise(7, 6, {
    "gcp:logging/organizationSink:OrganizationSink": 2,
    "gcp:bigquery/dataset:Dataset": 1,
    "gcp:storage/bucket:Bucket": 1,
  }),
  "organisation-trail": promise(10, 10, {
    "aws:cloudtrail/trail:Trail": 1,
    "aws:organizations/organization:Organization": 1,
    "aws:s3/bucketPolicy:BucketPolicy": 1,
    "aws:kms/key:Key": 1,
  }),
  "postgres-flexible": promise(11, 10, {
    "azure-native:dbforpostgresql:Server": 1,
    "azure-native:privatedns:PrivateZone": 1,
    "azure-native:network:Subnet": 2,
  }),
  "postgres-replica": promise(18, 14, {
    "aws:rds/instance:Instance": 2,
    "aws:rds/subnetGroup:SubnetGroup": 1,
    "aws:secretsmanager/secret:Secret": 1,
  }),
  "pubsub-function": promise(17, 10, {
    "gcp:pubsub/topic:Topic": 2,
    "gcp:cloudfunctionsv2/function:Function": 1,
    "gcp:serviceaccount/account:Account": 2,
  }),
  "reports-statefulset": promise(6, 6, {
    "kubernetes:apps/v1:StatefulSet": 1,
    "kubernetes:batch/v1:CronJob": 1,
    "kubernetes:core/v1:PersistentVolumeClaim": 1,
  }),
  "serverless-api": promise(15, 11, {
    "aws:apigatewayv2/route:Route": 4,
    "aws:lambda/function:Function": 1,
    "aws:dynamodb/table:Table": 1,
  }),
  "session-manager": promise(21, 13, {
    "aws:ec2/instance:Instance": 1,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 5,
    "aws:ec2/flowLog:FlowLog": 1,
  }),
  "static-site": promise(17, 14, {
    "aws:cloudfront/distribution:Distribution": 1,
    "aws:cloudfront/originAccessControl:OriginAccessControl": 1,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
  }),
  "storage-private-endpoint": promise(16, 15, {
    "azure-native:storage:StorageAccount": 1,
    "azure-native:network:PrivateEndpoint": 1,
    "azure-native:network:BastionHost": 1,
  }),
  "web-app-sql": promise(13, 12, {
    "azure-native:web:WebApp": 1,
    "azure-native:sql:Server": 1,
    "azure-native:network:PrivateEndpoint": 1,
  }),
};
