/** ECS clusters and services (Amazon ECS API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, textsIn } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";

/** ECS's refusal of what the caller asks. */
export const client = (says: string) => error("ClientException", says);

/** ECS's and EKS's refusal of a parameter. */
export const parameter = (says: string) => error("InvalidParameterException", says);

const cluster = ordinary("aws:ecs/cluster:Cluster", {
  arn: "ecs:cluster/{name}",
  name: 255,
  outputs: {
    serviceConnectDefaults: null,
    settings: [{ name: "containerInsights", value: "disabled" }],
  },
  keys: ["name"],
  inUse: error(
    "ClusterContainsServicesException",
    "The Cluster cannot be deleted while Services are active.",
  ),
});

const toCluster = (at: string, how: Partial<Reference>) =>
  refer(at, cluster.token, error("ClusterNotFoundException", "Cluster not found."), {
    by: ["arn", "name"],
    unless: (value) => value === "default",
    ...how,
  });

const launchTypes = ["EC2", "FARGATE", "EXTERNAL"];

const service = ordinary("aws:ecs/service:Service", {
  id: (r) => form(`arn:{partition}:ecs:{region}:{account}:service/${clusterName(r)}/{name}`)(r),
  name: 255,
  defaults: {
    deploymentMaximumPercent: 200,
    deploymentMinimumHealthyPercent: 100,
    enableEcsManagedTags: false,
    enableExecuteCommand: false,
    schedulingStrategy: "REPLICA",
    sigintRollback: false,
    waitForSteadyState: false,
  },
  maps: ["triggers"],
  forceNew: ["cluster", "iamRole", "launchType", "schedulingStrategy", "deploymentController.type"],
  check: (r) =>
    r.given("launchType") === undefined
      ? []
      : oneOf(r.text("launchType"), "launchType", launchTypes),
  outputs: {
    alarms: null,
    arn: (r) => r.id,
    availabilityZoneRebalancing: "ENABLED",
    capacityProviderStrategies: [],
    cluster: form("arn:{partition}:ecs:{region}:{account}:cluster/default"),
    deploymentCircuitBreaker: { enable: false, rollback: false },
    deploymentConfiguration: { bakeTimeInMinutes: "0", strategy: "ROLLING" },
    deploymentController: { type: "ECS" },
    healthCheckGracePeriodSeconds: 0,
    iamRole: form("/aws-service-role/ecs.{suffix}/AWSServiceRoleForECS"),
    launchType: (r) => (r.list("capacityProviderStrategies").length > 0 ? "" : "EC2"),
    loadBalancers: [],
    orderedPlacementStrategies: [],
    placementConstraints: [],
    platformVersion: (r) => (r.text("launchType", "") === "FARGATE" ? "LATEST" : ""),
    propagateTags: "NONE",
    serviceRegistries: null,
    triggers: {},
  },
  keys: ["arn"],
  references: [
    toCluster("cluster", { holds: true }),
    refer(
      "taskDefinition",
      "aws:ecs/taskDefinition:TaskDefinition",
      client("Unable to describe task definition: {value}"),
      { by: ["arn", "id", "arnWithoutRevision"], key: (_r, value) => familyOf(value) },
    ),
    toSubnet("networkConfiguration.subnets[*]"),
    toGroup("networkConfiguration.securityGroups[*]"),
    refer(
      "loadBalancers[*].targetGroupArn",
      ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"],
      parameter("The target group {value} does not exist."),
      { by: "arn" },
    ),
  ],
  taken: parameter("Creation of service was not idempotent."),
  admit: refuseService,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
  schemaVersion: 1,
});

/** `family:3` and `family` both name a definition; ARNs are looked up as they are. */
function familyOf(value: string): string {
  return value.startsWith("arn:") ? value : (value.split(":")[0] ?? value);
}

function clusterName(r: Resource): string {
  return r.text("cluster", "default").split("/").at(-1) ?? "default";
}

function refuseService(r: Resource): ServiceError | undefined {
  const mode = r.target("taskDefinition")?.properties["networkMode"];
  if (mode === "awsvpc" && r.given("networkConfiguration") === undefined) {
    return parameter(
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    );
  }
  if (r.given("launchType") !== undefined && r.list("capacityProviderStrategies").length > 0) {
    return parameter(
      "Specifying both a launch type and capacity provider strategy is not supported.",
    );
  }
  const groups = r
    .every("loadBalancers[*].targetGroupArn")
    .map((arn) =>
      r.all("aws:lb/targetGroup:TargetGroup").find(({ properties }) => properties["arn"] === arn),
    );
  const unreached = groups.find((group) => group !== undefined && !isServed(r, group.id));
  if (unreached !== undefined) {
    return parameter(
      `The target group with targetGroupArn ${unreached.id} does not have an associated load balancer.`,
    );
  }
  const needs = groups.find(
    (group) => mode === "awsvpc" && group !== undefined && group.properties["targetType"] !== "ip",
  );
  return needs === undefined
    ? undefined
    : parameter(
        `The provided target group ${needs.id} has target type ${String(needs.properties["targetType"])}, which is incompatible with the awsvpc network mode specified in the task definition.`,
      );
}

/** Whether a listener or a rule forwards to a target group. */
function isServed(r: Resource, group: string): boolean {
  return ["listener:Listener", "listenerRule:ListenerRule"]
    .flatMap((kind) => [...r.all(`aws:lb/${kind}`), ...r.all(`aws:alb/${kind}`)])
    .some(({ properties }) => JSON.stringify(properties).includes(group));
}

const capacityProvider = ordinary("aws:ecs/capacityProvider:CapacityProvider", {
  arn: "ecs:capacity-provider/{name}",
  name: 255,
  forceNew: ["autoScalingGroupProvider.autoScalingGroupArn", "cluster"],
  check: (r) =>
    /^(aws|ecs|fargate)/i.test(r.text("name"))
      ? [
          {
            property: "name",
            reason: `name must not begin with aws, ecs or fargate: ${r.text("name")}`,
          },
        ]
      : [],
  outputs: {
    "autoScalingGroupProvider.managedDraining": "ENABLED",
    "autoScalingGroupProvider.managedTerminationProtection": "DISABLED",
    "autoScalingGroupProvider.managedScaling": {
      instanceWarmupPeriod: 300,
      maximumScalingStepSize: 10_000,
      minimumScalingStepSize: 1,
      status: "DISABLED",
      targetCapacity: 100,
    },
  },
  keys: ["name"],
  references: [
    refer(
      "autoScalingGroupProvider.autoScalingGroupArn",
      "aws:autoscaling/group:Group",
      client("The specified Auto Scaling group ARN does not exist: {value}"),
      { by: "arn", holds: true },
    ),
  ],
  inUse: error("ResourceInUseException", "The capacity provider {id} is in use by {value}"),
});

const clusterProviders = ordinary("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", {
  id: "{clusterName}",
  untagged: true,
  forceNew: ["clusterName"],
  outputs: {
    capacityProviders: [],
    "defaultCapacityProviderStrategies[*].base": 0,
    "defaultCapacityProviderStrategies[*].weight": 0,
  },
  references: [
    toCluster("clusterName", { cascades: true }),
    refer(
      "capacityProviders[*]",
      capacityProvider.token,
      parameter("The specified capacity provider {value} was not found."),
      { by: ["name", "arn"], holds: true, unless: (value) => /^FARGATE(_SPOT)?$/.test(value) },
    ),
  ],
  admit: (r) => {
    const known = textsIn(r.list("capacityProviders"));
    const stranger = r
      .every("defaultCapacityProviderStrategies[*].capacityProvider")
      .find((one) => !known.includes(String(one)));
    return refuseIf(
      stranger !== undefined,
      "InvalidParameterException",
      `The specified capacity provider strategy contains a capacity provider that is not associated with the cluster: ${String(stranger)}`,
    );
  },
});

/** The entries of ECS. */
export const ecsTypes: readonly TypeEntry[] = [
  cluster,
  service,
  capacityProvider,
  clusterProviders,
];
