/** Values that no shape tells: documents, addresses, and what each service demands beyond its types. */

import { hexFrom, identityCenterOf } from "../../../../local-clouds/packages/aws/stable.ts";
import type { Json, JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { account, documentOf, region } from "./fixtures.ts";

/** What a least resource may ask of the others. */
export interface Others {
  /** A property of the least resource of a type. */
  at(token: string, property: string): string;
  /** A property of each item of a list of the least resource of a type. */
  list(token: string, property: string, key: string): readonly string[];
  /** The id (or ARN, where that is the id) of a further resource of a type. */
  more(token: string, name: string, inputs: JsonObject): string;
  /** The id of a resource of a type in us-east-1. */
  elsewhere(token: string, inputs: JsonObject): string;
}

/** The inputs of a type that must be said, from what else there is. */
export type Given = (others: Others) => JsonObject;

const identity = documentOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
const resource = documentOf({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "*",
  Resource: "*",
});
const services = [
  "ec2",
  "lambda",
  "states",
  "firehose",
  "scheduler",
  "pipes",
  "codebuild",
  "eks-fargate-pods",
  "ecs-tasks",
  "eks",
  "config",
  "backup",
].map((service) => `${service}.amazonaws.com`);
const trust = documentOf({
  Effect: "Allow",
  Principal: { Service: services },
  Action: "sts:AssumeRole",
});
const { instanceArn, identityStoreId } = identityCenterOf(account);

/** Values by the name of a property, whatever the type. */
export const named: Readonly<Record<string, Json>> = {
  accessPolicies: resource,
  accountId: "210987654321",
  adminAccountId: "210987654321",
  assumeRolePolicy: trust,
  availabilityZone: `${region}a`,
  clientIdLists: "sts.amazonaws.com",
  destinationCidrBlock: "10.7.0.0/16",
  identityStoreId,
  instanceArn,
  keyAlgorithm: "RSA_2048",
  policy: resource,
  publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJvZHk= somebody",
  targetNetworkCidr: "10.7.0.0/16",
  url: "https://issuer.example.com",
};

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";
const group = "aws:ec2/securityGroup:SecurityGroup";
const role = "aws:iam/role:Role";
const bucket = "aws:s3/bucket:Bucket";
const key = "aws:kms/key:Key";
const lambda = "aws:lambda/function:Function";
const inVpc: Given = (o) => ({ vpcId: o.at(vpc, "id") });
const certified: Given = (o) => ({
  certificateArn: o.at("aws:acm/certificate:Certificate", "arn"),
});
const noSnapshot = { skipFinalSnapshot: true };
const password = { masterUsername: "somebody", masterPassword: "correct horse" };

const targetGroup = "aws:lb/targetGroup:TargetGroup";
const scalingTarget = "aws:appautoscaling/target:Target";
const recorder = "aws:cfg/recorder:Recorder";
const hub = "aws:securityhub/account:Account";
const ownedByAws = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const root = `r-${hexFrom(`root ${account}`, 4)}`;
const dimension = {
  serviceNamespace: "ecs",
  resourceId: "service/a/b",
  scalableDimension: "ecs:service:DesiredCount",
};
const listener: Given = (o) => ({
  port: 80,
  defaultActions: [{ type: "forward", targetGroupArn: o.at(targetGroup, "arn") }],
});
const bucketPolicy = (arn: string) =>
  documentOf({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${arn}/*`,
  });
const twoSubnets = (o: Others) => [
  o.at(subnet, "id"),
  o.more(subnet, "second", {
    vpcId: o.at(vpc, "id"),
    cidrBlock: "10.0.2.0/24",
    availabilityZone: `${region}b`,
  }),
];
const methodOf = (o: Others) => ({
  httpMethod: "GET",
  resourceId: o.at("aws:apigateway/method:Method", "resourceId"),
  restApi: o.at("aws:apigateway/method:Method", "restApi"),
});
const distribution = {
  enabled: true,
  origins: [{ domainName: "origin.example.com", originId: "o" }],
  defaultCacheBehavior: {
    allowedMethods: ["GET"],
    cachedMethods: ["GET"],
    targetOriginId: "o",
    viewerProtocolPolicy: "https-only",
  },
};

/** Something that must be there, whatever its properties. */
function needs(o: Others, token: string): JsonObject {
  o.at(token, "id");
  return {};
}

/** What each type needs beyond the values that its shape and its references give. */
export const given: Readonly<Record<string, Given>> = {
  [vpc]: () => ({ cidrBlock: "10.0.0.0/16" }),
  [subnet]: (o) => ({ ...inVpc(o), cidrBlock: "10.0.1.0/24" }),
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": () => ({
    cidrBlock: "10.1.0.0/16",
  }),
  [group]: inVpc,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": inVpc,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": () => ({
    ipProtocol: "-1",
    cidrIpv4: "10.0.0.0/8",
  }),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": () => ({
    ipProtocol: "-1",
    cidrIpv4: "10.0.0.0/8",
  }),
  "aws:ec2/securityGroupRule:SecurityGroupRule": () => ({
    protocol: "tcp",
    cidrBlocks: ["10.0.0.0/8"],
  }),
  "aws:eks/addon:Addon": () => ({ addonName: "coredns" }),
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": (o) => ({
    principalArn: o.at("aws:eks/accessEntry:AccessEntry", "principalArn"),
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    accessScope: { type: "cluster" },
  }),
  "aws:eks/identityProviderConfig:IdentityProviderConfig": () => ({
    oidc: {
      clientId: "a",
      identityProviderConfigName: "a",
      issuerUrl: "https://issuer.example.com",
    },
  }),
  "aws:ec2/natGateway:NatGateway": (o) => ({
    ...needs(o, "aws:ec2/internetGateway:InternetGateway"),
    subnetId: o.at(subnet, "id"),
    allocationId: o.at("aws:ec2/eip:Eip", "id"),
  }),
  "aws:ec2/instance:Instance": (o) => ({
    ami: "ami-1",
    instanceType: "t3.micro",
    subnetId: o.at(subnet, "id"),
  }),
  "aws:ebs/volume:Volume": () => ({ size: 8 }),
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": () => ({ accountId: "210987654321" }),
  "aws:iam/policy:Policy": () => ({ policy: identity }),
  "aws:iam/rolePolicy:RolePolicy": () => ({ policy: identity }),
  "aws:iam/userPolicy:UserPolicy": () => ({ policy: identity }),
  "aws:iam/groupPolicy:GroupPolicy": () => ({ policy: identity }),
  "aws:iam/policyAttachment:PolicyAttachment": (o) => ({ roles: [o.at(role, "name")] }),
  "aws:ec2/internetGateway:InternetGateway": inVpc,
  "aws:ec2/route:Route": (o) => ({
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: o.at("aws:ec2/internetGateway:InternetGateway", "id"),
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": (o) => ({ subnetId: o.at(subnet, "id") }),
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": (o) => ({
    peerVpcId: o.more(vpc, "second", { cidrBlock: "10.2.0.0/16" }),
  }),
  "aws:ec2/flowLog:FlowLog": (o) => ({
    ...inVpc(o),
    trafficType: "ALL",
    logDestinationType: "s3",
    logDestination: o.at(bucket, "arn"),
  }),
  "aws:eks/cluster:Cluster": (o) => ({
    accessConfig: { authenticationMode: "API" },
    vpcConfig: { subnetIds: twoSubnets(o) },
  }),
  "aws:s3/bucketVersioning:BucketVersioning": () => ({
    versioningConfiguration: { status: "Enabled" },
  }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": (o) => ({
    bucket: o.at("aws:s3/bucketVersioning:BucketVersioning", "bucket"),
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": () => ({
    rules: [{ id: "all", status: "Enabled" }],
  }),
  "aws:s3/bucketPolicy:BucketPolicy": (o) => ({ policy: bucketPolicy(o.at(bucket, "arn")) }),
  "aws:cloudtrail/trail:Trail": (o) => ({
    s3BucketName: o.at("aws:s3/bucketPolicy:BucketPolicy", "bucket"),
  }),
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": () => ({
    managedPolicyArn: ownedByAws,
  }),
  "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": () => ({
    permissionsBoundary: { managedPolicyArn: ownedByAws },
  }),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": () => ({
    inlinePolicy: identity,
  }),
  "aws:ssoadmin/accountAssignment:AccountAssignment": (o) => ({
    targetId: account,
    principalType: "GROUP",
    principalId: o.at("aws:identitystore/group:Group", "groupId"),
  }),
  "aws:autoscaling/group:Group": (o) => ({
    launchTemplate: { id: o.at("aws:ec2/launchTemplate:LaunchTemplate", "id") },
  }),
  "aws:autoscaling/attachment:Attachment": (o) => ({ lbTargetGroupArn: o.at(targetGroup, "arn") }),
  [scalingTarget]: () => dimension,
  "aws:appautoscaling/policy:Policy": (o) => ({
    ...dimension,
    resourceId: o.at(scalingTarget, "resourceId"),
  }),
  "aws:lb/loadBalancer:LoadBalancer": (o) => ({ subnets: twoSubnets(o), internal: true }),
  "aws:alb/loadBalancer:LoadBalancer": (o) => ({ subnets: twoSubnets(o), internal: true }),
  "aws:lb/listener:Listener": (o) => listener(o),
  "aws:alb/listener:Listener": (o) => listener(o),
  [targetGroup]: (o) => ({ ...inVpc(o), port: 80, protocol: "HTTP" }),
  "aws:alb/targetGroup:TargetGroup": (o) => ({ ...inVpc(o), port: 80, protocol: "HTTP" }),
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": (o) => ({
    targetId: o.at("aws:ec2/instance:Instance", "id"),
  }),
  "aws:alb/targetGroupAttachment:TargetGroupAttachment": (o) => ({
    targetId: o.at("aws:ec2/instance:Instance", "id"),
  }),
  "aws:acm/certificate:Certificate": () => ({
    domainName: "www.example.com",
    validationMethod: "DNS",
  }),
  "aws:acm/certificateValidation:CertificateValidation": (o) => ({
    ...certified(o),
    validationRecordFqdns: o.list(
      "aws:acm/certificate:Certificate",
      "domainValidationOptions",
      "resourceRecordName",
    ),
  }),
  "aws:route53/record:Record": () => ({ name: "www", type: "A", records: ["10.0.0.1"], ttl: 60 }),
  "aws:route53/zoneAssociation:ZoneAssociation": (o) => ({
    zoneId: o.more("aws:route53/zone:Zone", "inside", {
      name: "inside.example",
      vpcs: [{ vpcId: o.at(vpc, "id") }],
    }),
  }),
  "aws:route53/queryLog:QueryLog": (o) => ({
    cloudwatchLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:${o.elsewhere("aws:cloudwatch/logGroup:LogGroup", { name: "/dns" })}`,
  }),
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": (o) => ({
    hostedZoneId: o.at("aws:route53/keySigningKey:KeySigningKey", "hostedZoneId"),
  }),
  "aws:route53/resolverEndpoint:ResolverEndpoint": (o) => ({
    direction: "OUTBOUND",
    ipAddresses: twoSubnets(o).map((subnetId) => ({ subnetId })),
  }),
  "aws:route53/resolverRule:ResolverRule": () => ({
    domainName: "corp.example",
    ruleType: "SYSTEM",
  }),
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": (o) => ({
    firewallDomainListId: o.at(
      "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
      "id",
    ),
  }),
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": (o) => ({
    destinationArn: o.at("aws:cloudwatch/logGroup:LogGroup", "arn"),
  }),
  "aws:ec2/vpcEndpointService:VpcEndpointService": (o) => ({
    networkLoadBalancerArns: [
      o.more("aws:lb/loadBalancer:LoadBalancer", "net", {
        loadBalancerType: "network",
        internal: true,
        subnets: [o.at(subnet, "id")],
      }),
    ],
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ serviceName: `com.amazonaws.${region}.s3` }),
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": () => ({ domainName: "corp.example" }),
  "aws:ec2transitgateway/transitGateway:TransitGateway": () => ({
    defaultRouteTableAssociation: "disable",
  }),
  "aws:ec2transitgateway/route:Route": () => ({
    destinationCidrBlock: "10.7.0.0/16",
    blackhole: true,
  }),
  "aws:ec2clientvpn/authorizationRule:AuthorizationRule": () => ({ authorizeAllGroups: true }),
  "aws:verifiedaccess/trustProvider:TrustProvider": () => ({ userTrustProviderType: "oidc" }),
  "aws:verifiedaccess/group:Group": (o) => ({
    verifiedaccessInstanceId: o.at(
      "aws:verifiedaccess/instanceTrustProviderAttachment:InstanceTrustProviderAttachment",
      "verifiedaccessInstanceId",
    ),
  }),
  [lambda]: () => ({
    handler: "index.handler",
    runtime: "nodejs22.x",
    s3Bucket: "code",
    s3Key: "code.zip",
  }),
  "aws:lambda/permission:Permission": () => ({
    action: "lambda:InvokeFunction",
    principal: "s3.amazonaws.com",
  }),
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": () => ({
    qualifier: "1",
  }),
  "aws:sqs/redrivePolicy:RedrivePolicy": (o) => ({
    redrivePolicy: JSON.stringify({
      deadLetterTargetArn: o.at("aws:sqs/queue:Queue", "arn"),
      maxReceiveCount: 3,
    }),
  }),
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": () => ({
    redriveAllowPolicy: '{"redrivePermission":"allowAll"}',
  }),
  "aws:sns/topicSubscription:TopicSubscription": (o) => ({
    protocol: "sqs",
    endpoint: o.at("aws:sqs/queue:Queue", "arn"),
  }),
  "aws:kinesis/stream:Stream": () => ({ shardCount: 1 }),
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": (o) => ({
    roleArn: o.at(role, "arn"),
  }),
  "aws:cloudwatch/eventRule:EventRule": () => ({ scheduleExpression: "rate(1 hour)" }),
  "aws:cloudwatch/eventPermission:EventPermission": () => ({ principal: "210987654321" }),
  "aws:cloudwatch/eventArchive:EventArchive": () => ({ eventPattern: "{}" }),
  "aws:cloudwatch/dashboard:Dashboard": () => ({ dashboardBody: '{"widgets":[]}' }),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": () => ({ policyDocument: resource }),
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": () => ({ accessPolicy: resource }),
  "aws:scheduler/schedule:Schedule": () => ({ scheduleExpression: "rate(1 hour)" }),
  "aws:sfn/stateMachine:StateMachine": () => ({
    definition: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  }),
  "aws:apigateway/deployment:Deployment": (o) => ({
    restApi: o.at("aws:apigateway/method:Method", "restApi"),
  }),
  "aws:apigateway/methodSettings:MethodSettings": (o) => ({
    stageName: o.at("aws:apigateway/stage:Stage", "stageName"),
  }),
  "aws:apigateway/domainName:DomainName": (o) => ({
    domainName: "api.example.com",
    ...certified(o),
  }),
  "aws:apigateway/authorizer:Authorizer": (o) => ({
    type: "COGNITO_USER_POOLS",
    providerArns: [o.at("aws:cognito/userPool:UserPool", "arn")],
  }),
  "aws:apigateway/method:Method": () => ({ authorization: "NONE", httpMethod: "GET" }),
  "aws:apigateway/integration:Integration": (o) => ({ ...methodOf(o), type: "MOCK" }),
  "aws:apigateway/methodResponse:MethodResponse": (o) => ({ ...methodOf(o), statusCode: "200" }),
  "aws:apigateway/integrationResponse:IntegrationResponse": (o) => ({
    ...methodOf(o),
    httpMethod: o.at("aws:apigateway/integration:Integration", "httpMethod"),
    statusCode: "200",
  }),
  "aws:apigatewayv2/route:Route": () => ({ routeKey: "$default" }),
  "aws:apigatewayv2/integration:Integration": () => ({ integrationType: "HTTP_PROXY" }),
  "aws:apigatewayv2/authorizer:Authorizer": () => ({
    authorizerType: "JWT",
    jwtConfiguration: { issuer: "https://issuer.example.com", audiences: ["a"] },
  }),
  "aws:apigatewayv2/deployment:Deployment": (o) => ({
    apiId: o.at("aws:apigatewayv2/route:Route", "apiId"),
  }),
  "aws:apigatewayv2/apiMapping:ApiMapping": (o) => ({
    stage: o.at("aws:apigatewayv2/stage:Stage", "name"),
  }),
  "aws:ecs/taskDefinition:TaskDefinition": () => ({
    containerDefinitions: '[{"name":"web","image":"nginx"}]',
  }),
  "aws:ecs/service:Service": (o) => ({
    taskDefinition: o.at("aws:ecs/taskDefinition:TaskDefinition", "arn"),
  }),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": () => ({ policy: '{"rules":[{"rulePriority":1}]}' }),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": () => ({
    policy: documentOf({ Effect: "Allow", Principal: "*", Action: "ecr:*" }),
  }),
  "aws:ec2clientvpn/route:Route": (o) => ({
    clientVpnEndpointId: o.at(
      "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
      "clientVpnEndpointId",
    ),
    targetVpcSubnetId: o.at("aws:ec2clientvpn/networkAssociation:NetworkAssociation", "subnetId"),
  }),
  "aws:s3/directoryBucket:DirectoryBucket": () => ({
    bucket: "some--euc1-az1--x-s3",
    location: { name: "euc1-az1" },
  }),
  "aws:batch/computeEnvironment:ComputeEnvironment": () => ({ type: "UNMANAGED" }),
  "aws:batch/jobQueue:JobQueue": () => ({ state: "ENABLED" }),
  "aws:batch/jobDefinition:JobDefinition": () => ({
    type: "container",
    containerProperties: JSON.stringify({ image: "busybox" }),
  }),
  "aws:codepipeline/pipeline:Pipeline": (o) => ({
    artifactStores: [{ location: o.at("aws:s3/bucket:Bucket", "bucket"), type: "S3" }],
    stages: ["Source", "Deploy"].map((name) => ({
      name,
      actions: [{ name, category: "Source", owner: "AWS", provider: "S3", version: "1" }],
    })),
  }),
  "aws:ssm/activation:Activation": (o) => ({ iamRole: o.at("aws:iam/role:Role", "name") }),
  "aws:ssm/maintenanceWindow:MaintenanceWindow": () => ({
    cutoff: 1,
    duration: 2,
    schedule: "rate(1 day)",
  }),
  "aws:budgets/budget:Budget": () => ({ budgetType: "COST", timeUnit: "MONTHLY" }),
  "aws:rds/instance:Instance": () => ({
    engine: "postgres",
    allocatedStorage: 20,
    username: "somebody",
    manageMasterUserPassword: true,
    ...noSnapshot,
  }),
  "aws:rds/cluster:Cluster": () => ({ engine: "aurora-postgresql", ...password, ...noSnapshot }),
  "aws:rds/clusterInstance:ClusterInstance": () => ({ engine: "aurora-postgresql" }),
  "aws:docdb/cluster:Cluster": () => ({ ...password, ...noSnapshot }),
  "aws:neptune/cluster:Cluster": () => noSnapshot,
  "aws:rds/subnetGroup:SubnetGroup": (o) => ({ subnetIds: twoSubnets(o) }),
  "aws:docdb/subnetGroup:SubnetGroup": (o) => ({ subnetIds: twoSubnets(o) }),
  "aws:neptune/subnetGroup:SubnetGroup": (o) => ({ subnetIds: twoSubnets(o) }),
  "aws:rds/proxyTarget:ProxyTarget": (o) => ({
    targetGroupName: "default",
    dbInstanceIdentifier: o.at("aws:rds/instance:Instance", "id"),
  }),
  "aws:dynamodb/table:Table": () => ({
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
  }),
  "aws:dynamodb/tableItem:TableItem": () => ({ hashKey: "id", item: '{"id":{"S":"1"}}' }),
  "aws:elasticache/cluster:Cluster": () => ({ engine: "redis", nodeType: "cache.t4g.micro" }),
  "aws:elasticache/userGroup:UserGroup": () => ({ engine: "redis", userIds: ["default"] }),
  "aws:redshift/cluster:Cluster": () => ({ nodeType: "ra3.large", ...password, ...noSnapshot }),
  "aws:msk/cluster:Cluster": (o) => ({
    numberOfBrokerNodes: 2,
    brokerNodeGroupInfo: {
      clientSubnets: twoSubnets(o),
      instanceType: "kafka.m7g.large",
      securityGroups: [o.at(group, "id")],
    },
  }),
  "aws:mq/broker:Broker": () => ({ engineType: "RABBITMQ" }),
  "aws:athena/database:Database": () => ({ name: "data" }),
  "aws:glue/connection:Connection": () => ({ connectionType: "NETWORK" }),
  "aws:glue/trigger:Trigger": (o) => ({
    type: "ON_DEMAND",
    actions: [{ jobName: o.at("aws:glue/job:Job", "name") }],
  }),
  "aws:appsync/graphQLApi:GraphQLApi": () => ({ authenticationType: "API_KEY" }),
  "aws:appsync/dataSource:DataSource": () => ({ name: "table", type: "NONE" }),
  "aws:appsync/resolver:Resolver": (o) => ({
    type: "Query",
    field: "one",
    dataSource: o.at("aws:appsync/dataSource:DataSource", "name"),
  }),
  "aws:glue/crawler:Crawler": (o) => ({ role: o.at(role, "arn") }),
  "aws:s3/bucketAcl:BucketAcl": (o) => ({
    bucket: o.at("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket"),
    acl: "private",
  }),
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": () => ({
    indexDocument: { suffix: "index.html" },
  }),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": (o) => ({
    bucket: o.at("aws:s3/bucketVersioning:BucketVersioning", "bucket"),
  }),
  "aws:cloudfront/distribution:Distribution": () => distribution,
  "aws:wafv2/webAcl:WebAcl": () => ({ scope: "REGIONAL", defaultAction: { allow: {} } }),
  "aws:wafv2/ruleGroup:RuleGroup": () => ({ scope: "REGIONAL" }),
  "aws:wafv2/ipSet:IpSet": () => ({ scope: "REGIONAL" }),
  "aws:wafv2/regexPatternSet:RegexPatternSet": () => ({ scope: "REGIONAL" }),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": () => ({
    logDestinationConfigs: [`arn:aws:s3:::aws-waf-logs-all`],
  }),
  "aws:networkfirewall/ruleGroup:RuleGroup": () => ({ rules: "pass ip any any -> any any" }),
  "aws:networkfirewall/firewall:Firewall": (o) => ({
    ...inVpc(o),
    subnetMappings: [{ subnetId: o.at(subnet, "id") }],
  }),
  "aws:ssm/document:Document": () => ({ content: '{"schemaVersion":"2.2"}' }),
  "aws:ssm/association:Association": () => ({ name: "AWS-RunShellScript" }),
  "aws:kms/replicaKey:ReplicaKey": (o) => ({
    primaryKeyArn: `arn:aws:kms:us-east-1:${account}:key/${o.elsewhere(key, { multiRegion: true })}`,
  }),
  "aws:cfg/deliveryChannel:DeliveryChannel": (o) => needs(o, recorder),
  "aws:cfg/recorderStatus:RecorderStatus": (o) => ({ name: o.at(recorder, "name") }),
  "aws:cfg/rule:Rule": (o) => ({
    ...needs(o, recorder),
    source: { owner: "AWS", sourceIdentifier: "ENCRYPTED_VOLUMES" },
  }),
  "aws:cfg/conformancePack:ConformancePack": (o) => ({
    ...needs(o, recorder),
    templateBody: "Resources: {}",
  }),
  "aws:cfg/configurationAggregator:ConfigurationAggregator": () => ({
    accountAggregationSource: { accountIds: ["210987654321"], allRegions: true },
  }),
  "aws:guardduty/detectorFeature:DetectorFeature": () => ({ name: "S3_DATA_EVENTS" }),
  "aws:securityhub/standardsSubscription:StandardsSubscription": (o) => ({
    ...needs(o, hub),
    standardsArn: `arn:aws:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
  }),
  "aws:securityhub/productSubscription:ProductSubscription": (o) => needs(o, hub),
  "aws:securityhub/findingAggregator:FindingAggregator": (o) => needs(o, hub),
  "aws:securityhub/organizationConfiguration:OrganizationConfiguration": (o) => needs(o, hub),
  "aws:securityhub/member:Member": (o) => needs(o, hub),
  "aws:macie2/classificationJob:ClassificationJob": (o) => needs(o, "aws:macie2/account:Account"),
  "aws:iam/accountAlias:AccountAlias": () => ({ accountAlias: "some-account" }),
  "aws:iam/samlProvider:SamlProvider": () => ({
    samlMetadataDocument: '<EntityDescriptor entityID="x"/>',
  }),
  "aws:iam/serverCertificate:ServerCertificate": () => ({
    certificateBody: "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
    privateKey: "x",
  }),
  "aws:organizations/account:Account": () => ({ email: "somebody@example.com" }),
  "aws:organizations/organizationalUnit:OrganizationalUnit": () => ({ parentId: root }),
  "aws:organizations/policy:Policy": () => ({ content: identity }),
  "aws:organizations/resourcePolicy:ResourcePolicy": () => ({ content: resource }),
  "aws:ram/resourceAssociation:ResourceAssociation": (o) => ({ resourceArn: o.at(subnet, "arn") }),
  "aws:ram/principalAssociation:PrincipalAssociation": () => ({
    principal: `arn:aws:organizations::${account}:organization/o-1`,
  }),
  "aws:verifiedpermissions/schema:Schema": () => ({ definition: { value: '{"App":{}}' } }),
};
