/** Groups of instances and what scales them (Amazon EC2 Auto Scaling and Application Auto Scaling API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { ec2Reference, oneOf, others } from "../common.ts";
import { toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";

const validation = (says: string) => error("ValidationError", says);

const templatePaths = [
  "launchTemplate",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification",
];

const group = ordinary("aws:autoscaling/group:Group", {
  id: "{name}",
  arn: "autoscaling:autoScalingGroup:{uuid}:autoScalingGroupName/{name}",
  name: 255,
  prefixed: true,
  untagged: true,
  defaults: {
    forceDelete: false,
    forceDeleteWarmPool: false,
    healthCheckGracePeriod: 300,
    ignoreFailedScalingActivities: false,
    metricsGranularity: "1Minute",
    protectFromScaleIn: false,
    waitForCapacityTimeout: "10m",
    "instanceRefresh.preferences.maxHealthyPercentage": 100,
    "instanceRefresh.preferences.minHealthyPercentage": 90,
    "instanceRefresh.preferences.scaleInProtectedInstances": "Ignore",
    "instanceRefresh.preferences.skipMatching": false,
    "instanceRefresh.preferences.standbyInstances": "Ignore",
  },
  forceNew: ["initialLifecycleHooks"],
  check: (r) => [...sizeFaults(r), ...sourceFaults(r)],
  outputs: {
    availabilityZones: (r) => zonesOfSubnets(r),
    capacityRebalance: false,
    context: "",
    defaultCooldown: 300,
    defaultInstanceWarmup: 0,
    desiredCapacity: (r) => r.number("minSize"),
    desiredCapacityType: "",
    enabledMetrics: [],
    healthCheckType: "EC2",
    launchConfiguration: "",
    loadBalancers: [],
    maxInstanceLifetime: 0,
    placementGroup: "",
    predictedCapacity: 0,
    serviceLinkedRoleArn: form(
      "arn:{partition}:iam::{account}:role/aws-service-role/autoscaling.{suffix}/AWSServiceRoleForAutoScaling",
    ),
    suspendedProcesses: [],
    targetGroupArns: [],
    terminationPolicies: [],
    trafficSources: [],
    vpcZoneIdentifiers: [],
    warmPoolSize: 0,
    "launchTemplate.id": (r) => r.target("launchTemplate.name")?.id,
    "launchTemplate.name": (r) => r.target("launchTemplate.id")?.properties["name"],
  },
  references: [
    toSubnet("vpcZoneIdentifiers[*]"),
    refer(
      "launchTemplate.name",
      "aws:ec2/launchTemplate:LaunchTemplate",
      error(
        "InvalidLaunchTemplateName.NotFoundException",
        "At least one of the launch templates specified in the request does not exist.",
      ),
      { by: "name" },
    ),
    ...templatePaths.map((path) => ({
      ...ec2Reference(
        path === "launchTemplate" ? `${path}.id` : `${path}.launchTemplateId`,
        "aws:ec2/launchTemplate:LaunchTemplate",
        "InvalidLaunchTemplateId.NotFound",
        "launch template ID",
      ),
      holds: false,
    })),
    refer(
      "launchConfiguration",
      "aws:ec2/launchConfiguration:LaunchConfiguration",
      validation("Launch configuration name not found - null"),
      { by: ["id", "arn"], holds: true },
    ),
    refer(
      "targetGroupArns[*]",
      "aws:lb/targetGroup:TargetGroup",
      validation(
        "Provided Target Groups may not be valid. Please ensure they exist and try again.",
      ),
      { by: "arn" },
    ),
  ],
  taken: error(
    "AlreadyExists",
    "AutoScalingGroup by this name already exists - A group with the name {id} already exists",
  ),
  timeouts: { update: 600, delete: 600 },
  schemaVersion: 1,
});

function zonesOfSubnets(r: Resource): string[] {
  const zones = r
    .list("vpcZoneIdentifiers")
    .map((id) => r.find("aws:ec2/subnet:Subnet", String(id))?.properties["availabilityZone"]);
  return [...new Set(zones.filter((zone) => typeof zone === "string"))].sort();
}

function sizeFaults(r: Resource): InputFault[] {
  const [min, max] = [r.number("minSize"), r.number("maxSize")];
  const desired = r.number("desiredCapacity", min);
  if (min <= desired && desired <= max) return [];
  return [
    {
      property: "desiredCapacity",
      reason: `desired_capacity (${desired}) must lie between min_size (${min}) and max_size (${max})`,
    },
  ];
}

function sourceFaults(r: Resource): InputFault[] {
  const sources = ["launchConfiguration", "launchTemplate", "mixedInstancesPolicy"];
  const given = sources.filter((source) => r.given(source) !== undefined);
  return given.length === 1
    ? []
    : [
        {
          property: "launchTemplate",
          reason:
            "one of `launch_configuration`, `launch_template`, or `mixed_instances_policy` must be set for an Auto Scaling Group",
        },
      ];
}

const toScalingGroup = refer(
  "autoscalingGroupName",
  group.token,
  validation("AutoScalingGroup name not found - AutoScalingGroup '{value}' not found"),
  { by: ["id", "arn"], cascades: true },
);

const policyTypes = ["SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"];

const policy = ordinary("aws:autoscaling/policy:Policy", {
  id: "{name}",
  arn: "autoscaling:scalingPolicy:{uuid}:autoScalingGroupName/{autoscalingGroupName}:policyName/{name}",
  name: 255,
  untagged: true,
  defaults: { enabled: true, policyType: "SimpleScaling" },
  forceNew: ["autoscalingGroupName"],
  check: (r) => oneOf(r.text("policyType", "SimpleScaling"), "policyType", policyTypes),
  outputs: { metricAggregationType: "" },
  sharedId: true,
  references: [toScalingGroup],
});

const attachment = ordinary("aws:autoscaling/attachment:Attachment", {
  id: (r) => `${r.text("autoscalingGroupName")}-${r.digits("attachment", 26)}`,
  untagged: true,
  forceNew: ["autoscalingGroupName", "elb", "lbTargetGroupArn"],
  check: (r) =>
    (r.given("elb") === undefined) === (r.given("lbTargetGroupArn") === undefined)
      ? [{ property: "elb", reason: "one of `elb,lb_target_group_arn` must be specified" }]
      : [],
  references: [
    toScalingGroup,
    refer(
      "lbTargetGroupArn",
      "aws:lb/targetGroup:TargetGroup",
      validation(
        "Provided Target Groups may not be valid. Please ensure they exist and try again.",
      ),
      { by: "arn" },
    ),
    refer(
      "elb",
      "aws:elb/loadBalancer:LoadBalancer",
      validation(
        "Provided Load Balancers may not be valid. Please ensure they exist and try again.",
      ),
    ),
  ],
});

const schedule = ordinary("aws:autoscaling/schedule:Schedule", {
  id: "{scheduledActionName}",
  arn: "autoscaling:scheduledUpdateGroupAction:{uuid}:autoScalingGroupName/{autoscalingGroupName}:scheduledActionName/{scheduledActionName}",
  untagged: true,
  forceNew: ["autoscalingGroupName", "scheduledActionName"],
  outputs: { desiredCapacity: 0, maxSize: 0, minSize: 0, startTime: (r) => r.createdAt },
  references: [toScalingGroup],
  taken: error("AlreadyExists", "Scheduled action {id} already exists"),
});

const transitions = ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"];

const lifecycleHook = ordinary("aws:autoscaling/lifecycleHook:LifecycleHook", {
  id: "{name}",
  name: 255,
  untagged: true,
  forceNew: ["autoscalingGroupName"],
  check: (r) => oneOf(r.text("lifecycleTransition"), "lifecycleTransition", transitions),
  outputs: { defaultResult: "ABANDON", heartbeatTimeout: 3600 },
  sharedId: true,
  references: [toScalingGroup, toRole("roleArn", validation("Invalid IAM role: {value}"))],
});

const target = ordinary("aws:appautoscaling/target:Target", {
  id: "{resourceId}",
  arn: "application-autoscaling:scalable-target/{hex24}",
  forceNew: ["resourceId", "scalableDimension", "serviceNamespace"],
  outputs: {
    roleArn: (r) =>
      form(
        `arn:{partition}:iam::{account}:role/aws-service-role/${r.text("serviceNamespace")}.application-autoscaling.{suffix}/AWSServiceRoleForApplicationAutoScaling_Service`,
      )(r),
  },
  // A resource has one target for each dimension.
  sharedId: true,
  admit: (r) => {
    if (r.number("minCapacity") > r.number("maxCapacity")) {
      return error("ValidationException", "Maximum capacity cannot be less than minimum capacity.");
    }
    return refuseIf(
      !r.text("scalableDimension").startsWith(`${r.text("serviceNamespace")}:`),
      "ValidationException",
      "Unsupported service namespace, resource type or scalable dimension",
    );
  },
});

const targetPolicy = ordinary("aws:appautoscaling/policy:Policy", {
  id: "{name}",
  arn: "autoscaling:scalingPolicy:{uuid}:resource/{serviceNamespace}/{resourceId}:policyName/{name}",
  name: 255,
  untagged: true,
  defaults: { policyType: "StepScaling" },
  forceNew: ["resourceId", "scalableDimension", "serviceNamespace"],
  outputs: { alarmArns: [] },
  sharedId: true,
  admit: refuseTargetPolicy,
});

function refuseTargetPolicy(r: Resource): ServiceError | undefined {
  const known = others(r, target.token).some(
    ({ properties }) =>
      properties["resourceId"] === r.given("resourceId") &&
      properties["scalableDimension"] === r.given("scalableDimension"),
  );
  return refuseIf(
    !known,
    "ObjectNotFoundException",
    `No scalable target registered for service namespace: ${r.text("serviceNamespace")}, resource ID: ${r.text("resourceId")}, scalable dimension: ${r.text("scalableDimension")}`,
  );
}

/** The entries of scaling. */
export const scalingTypes: readonly TypeEntry[] = [
  group,
  policy,
  attachment,
  schedule,
  lifecycleHook,
  target,
  targetPolicy,
];
