/**
 * Calls that making, changing and removing a resource comes down to in the services of computing, messages, names and watching (API
 * reference of each). Rows as in `aws-network-calls.ts`.
 */

import { within } from "./within.ts";

const put = (name: string, remove = `Delete${name}`) => `Put${name} Put${name} ${remove}`;
const of = (service: string, calls: string) =>
  calls
    .split(" ")
    .map((call) => (call === "-" ? call : `${service}/${call}`))
    .join(" ");
const events = (calls: string) => of("events", calls);
const alarms = (calls: string) => of("cloudwatch", calls);
const resolver = (name: string, update = `Update${name}`) =>
  of("route53resolver", `Create${name} ${update} Delete${name}`);
const setQueue = "SetQueueAttributes SetQueueAttributes SetQueueAttributes";

/** By module and kind. */
export const awsApplicationCalls: Readonly<Record<string, string>> = {
  ...within("apigateway", {
    Account: "UpdateAccount UpdateAccount -",
    Method: "PutMethod UpdateMethod DeleteMethod",
    MethodResponse: "PutMethodResponse UpdateMethodResponse DeleteMethodResponse",
    Integration: "PutIntegration UpdateIntegration DeleteIntegration",
    IntegrationResponse:
      "PutIntegrationResponse UpdateIntegrationResponse DeleteIntegrationResponse",
    Response: "PutGatewayResponse PutGatewayResponse DeleteGatewayResponse",
    MethodSettings: "UpdateStage UpdateStage UpdateStage",
    RestApiPolicy: "UpdateRestApi UpdateRestApi UpdateRestApi",
    UsagePlanKey: "CreateUsagePlanKey - DeleteUsagePlanKey",
  }),
  ...within("appautoscaling", {
    Policy: put("ScalingPolicy"),
    Target: "RegisterScalableTarget RegisterScalableTarget DeregisterScalableTarget",
  }),
  ...within("appsync", { GraphQLApi: "CreateGraphqlApi UpdateGraphqlApi DeleteGraphqlApi" }),
  ...within("autoscaling", {
    Attachment: "AttachLoadBalancerTargetGroups - DetachLoadBalancerTargetGroups",
    Group: "CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup",
    LifecycleHook: put("LifecycleHook"),
    Policy: "PutScalingPolicy PutScalingPolicy DeletePolicy",
    Schedule: "PutScheduledUpdateGroupAction PutScheduledUpdateGroupAction DeleteScheduledAction",
  }),
  ...within("cfg", {
    AggregateAuthorization: "PutAggregationAuthorization - DeleteAggregationAuthorization",
    ConfigurationAggregator: put("ConfigurationAggregator"),
    ConformancePack: put("ConformancePack"),
    DeliveryChannel: put("DeliveryChannel"),
    Recorder: put("ConfigurationRecorder"),
    RecorderStatus:
      "StartConfigurationRecorder StartConfigurationRecorder StopConfigurationRecorder",
    Rule: put("ConfigRule"),
  }),
  ...within("cloudfront", {
    OriginAccessIdentity:
      "CreateCloudFrontOriginAccessIdentity UpdateCloudFrontOriginAccessIdentity DeleteCloudFrontOriginAccessIdentity",
  }),
  ...within("cloudwatch", {
    CompositeAlarm: alarms("PutCompositeAlarm PutCompositeAlarm DeleteAlarms"),
    Dashboard: alarms("PutDashboard PutDashboard DeleteDashboards"),
    EventArchive: events("CreateArchive UpdateArchive DeleteArchive"),
    EventBus: events("CreateEventBus UpdateEventBus DeleteEventBus"),
    EventBusPolicy: events("PutPermission PutPermission RemovePermission"),
    EventPermission: events("PutPermission PutPermission RemovePermission"),
    EventRule: events("PutRule PutRule DeleteRule"),
    EventTarget: events("PutTargets PutTargets RemoveTargets"),
    LogDestination: put("Destination"),
    LogDestinationPolicy: put("DestinationPolicy", "-"),
    LogGroup: "CreateLogGroup PutRetentionPolicy DeleteLogGroup",
    LogMetricFilter: put("MetricFilter"),
    LogResourcePolicy: put("ResourcePolicy"),
    LogStream: "CreateLogStream - DeleteLogStream",
    LogSubscriptionFilter: put("SubscriptionFilter"),
    MetricAlarm: alarms("PutMetricAlarm PutMetricAlarm DeleteAlarms"),
  }),
  ...within("ecr", {
    LifecyclePolicy: put("LifecyclePolicy"),
    RegistryPolicy: put("RegistryPolicy"),
    RegistryScanningConfiguration: put(
      "RegistryScanningConfiguration",
      "PutRegistryScanningConfiguration",
    ),
    ReplicationConfiguration: put("ReplicationConfiguration", "PutReplicationConfiguration"),
    Repository: "CreateRepository PutImageTagMutability DeleteRepository",
    RepositoryPolicy: "SetRepositoryPolicy SetRepositoryPolicy DeleteRepositoryPolicy",
  }),
  ...within("ecs", {
    ClusterCapacityProviders: put("ClusterCapacityProviders", "PutClusterCapacityProviders"),
    TaskDefinition: "RegisterTaskDefinition TagResource DeregisterTaskDefinition",
  }),
  ...within("eks", {
    AccessPolicyAssociation: "AssociateAccessPolicy - DisassociateAccessPolicy",
    Cluster: "CreateCluster UpdateClusterConfig DeleteCluster",
    FargateProfile: "CreateFargateProfile TagResource DeleteFargateProfile",
    IdentityProviderConfig:
      "AssociateIdentityProviderConfig TagResource DisassociateIdentityProviderConfig",
    NodeGroup: "CreateNodegroup UpdateNodegroupConfig DeleteNodegroup",
  }),
  ...within("kinesis", {
    FirehoseDeliveryStream: of(
      "firehose",
      "CreateDeliveryStream UpdateDestination DeleteDeliveryStream",
    ),
    Stream: "CreateStream UpdateShardCount DeleteStream",
    StreamConsumer: "RegisterStreamConsumer - DeregisterStreamConsumer",
  }),
  ...within("lambda", {
    Function: "CreateFunction UpdateFunctionConfiguration DeleteFunction",
    FunctionEventInvokeConfig: put("FunctionEventInvokeConfig"),
    FunctionUrl: "CreateFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig",
    LayerVersion: "PublishLayerVersion - DeleteLayerVersion",
    LayerVersionPermission: "AddLayerVersionPermission - RemoveLayerVersionPermission",
    Permission: "AddPermission - RemovePermission",
    ProvisionedConcurrencyConfig: put("ProvisionedConcurrencyConfig"),
  }),
  ...within("msk", {
    Cluster: "CreateCluster UpdateBrokerStorage DeleteCluster",
    Configuration: "CreateConfiguration UpdateConfiguration DeleteConfiguration",
    ServerlessCluster: "CreateClusterV2 TagResource DeleteCluster",
  }),
  ...within("route53", {
    HostedZoneDnsSec: "EnableHostedZoneDNSSEC - DisableHostedZoneDNSSEC",
    KeySigningKey: "CreateKeySigningKey ActivateKeySigningKey DeleteKeySigningKey",
    QueryLog: "CreateQueryLoggingConfig - DeleteQueryLoggingConfig",
    Record: "ChangeResourceRecordSets ChangeResourceRecordSets ChangeResourceRecordSets",
    ResolverDnsSecConfig: of(
      "route53resolver",
      "UpdateResolverDnssecConfig UpdateResolverDnssecConfig UpdateResolverDnssecConfig",
    ),
    ResolverEndpoint: resolver("ResolverEndpoint"),
    ResolverFirewallDomainList: resolver("FirewallDomainList", "UpdateFirewallDomains"),
    ResolverFirewallRule: resolver("FirewallRule"),
    ResolverFirewallRuleGroup: resolver("FirewallRuleGroup", "TagResource"),
    ResolverFirewallRuleGroupAssociation: of(
      "route53resolver",
      "AssociateFirewallRuleGroup UpdateFirewallRuleGroupAssociation DisassociateFirewallRuleGroup",
    ),
    ResolverQueryLogConfig: resolver("ResolverQueryLogConfig", "TagResource"),
    ResolverQueryLogConfigAssociation: of(
      "route53resolver",
      "AssociateResolverQueryLogConfig - DisassociateResolverQueryLogConfig",
    ),
    ResolverRule: resolver("ResolverRule"),
    ResolverRuleAssociation: of(
      "route53resolver",
      "AssociateResolverRule - DisassociateResolverRule",
    ),
    VpcAssociationAuthorization:
      "CreateVPCAssociationAuthorization - DeleteVPCAssociationAuthorization",
    Zone: "CreateHostedZone UpdateHostedZoneComment DeleteHostedZone",
    ZoneAssociation: "AssociateVPCWithHostedZone - DisassociateVPCFromHostedZone",
  }),
  ...within("scheduler", { ScheduleGroup: "CreateScheduleGroup TagResource DeleteScheduleGroup" }),
  ...within("servicediscovery", {
    PrivateDnsNamespace: "CreatePrivateDnsNamespace UpdatePrivateDnsNamespace DeleteNamespace",
  }),
  ...within("sfn", { Activity: "CreateActivity TagResource DeleteActivity" }),
  ...within("sns", {
    Topic: "CreateTopic SetTopicAttributes DeleteTopic",
    TopicPolicy: "SetTopicAttributes SetTopicAttributes SetTopicAttributes",
    TopicSubscription: "Subscribe SetSubscriptionAttributes Unsubscribe",
  }),
  ...within("sqs", {
    Queue: "CreateQueue SetQueueAttributes DeleteQueue",
    QueuePolicy: setQueue,
    RedriveAllowPolicy: setQueue,
    RedrivePolicy: setQueue,
  }),
  ...within("batch", {
    JobDefinition: "RegisterJobDefinition RegisterJobDefinition DeregisterJobDefinition",
  }),
  ...within("codecommit", {
    Repository: "CreateRepository UpdateRepositoryDescription DeleteRepository",
  }),
  ...within("ses", {
    DomainIdentity: "VerifyDomainIdentity - DeleteIdentity",
    EmailIdentity: "VerifyEmailIdentity - DeleteIdentity",
  }),
  ...within("sesv2", {
    EmailIdentity:
      "CreateEmailIdentity PutEmailIdentityConfigurationSetAttributes DeleteEmailIdentity",
  }),
  ...within("ssm", {
    Activation: "CreateActivation AddTagsToResource DeleteActivation",
    Parameter: put("Parameter"),
  }),
};
