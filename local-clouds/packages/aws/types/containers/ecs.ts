/** ECS clusters, services and tasks, Fargate of EKS, Cloud Map (their API references). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, Reference, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { isJsonObject, objectsIn, oneOf, textOf, textsIn } from "../common.ts";
import { toGroup, toSubnet, toVpc } from "../ec2-references.ts";
import { toCluster as toEksCluster } from "../eks-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { letsIn } from "../policy-documents.ts";

const client = (says: string) => error("ClientException", says);
const parameter = (says: string) => error("InvalidParameterException", says);

const cluster = ordinary("aws:ecs/cluster:Cluster", {
  arn: "ecs:cluster/{name}",
  name: 255,
  outputs: {
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

const networkModes = ["awsvpc", "bridge", "host", "none"];

const taskDefinition = ordinary("aws:ecs/taskDefinition:TaskDefinition", {
  id: "{family}",
  defaults: { enableFaultInjection: false, skipDestroy: false, trackLatest: false },
  forceNew: [
    "containerDefinitions",
    "cpu",
    "enableFaultInjection",
    "ephemeralStorage",
    "executionRoleArn",
    "family",
    "ipcMode",
    "memory",
    "networkMode",
    "pidMode",
    "placementConstraints",
    "proxyConfiguration",
    "requiresCompatibilities",
    "runtimePlatform",
    "taskRoleArn",
    "volumes",
  ],
  check: taskFaults,
  // Revisions of one family share its name as their id.
  sharedId: true,
  outputs: {
    arn: (r) => `${familyArn(r)}:${revisionOf(r)}`,
    arnWithoutRevision: familyArn,
    revision: revisionOf,
    ipcMode: "",
    networkMode: (r) => (isFargate(r) ? "awsvpc" : "bridge"),
    pidMode: "",
    placementConstraints: [],
    requiresCompatibilities: [],
    taskRoleArn: "",
    executionRoleArn: "",
    volumes: [],
  },
  normalised: { containerDefinitions: (_r, given) => normalContainers(given) },
  keys: ["arn", "arnWithoutRevision"],
  references: ["executionRoleArn", "taskRoleArn"].map((at) =>
    toRole(at, client(`Role is not valid: {value}`)),
  ),
  admit: refuseTask,
  schemaVersion: 1,
});

function familyArn(r: Resource): string {
  return form("arn:{partition}:ecs:{region}:{account}:task-definition/{family}")(r);
}

/** Revisions are counted for each family; nothing of a revision changes but its tags. */
function revisionOf(r: Resource): number {
  const like = r
    .all(r.token)
    .filter(({ properties }) => properties["family"] === r.given("family"));
  const last = Math.max(0, ...like.map(({ properties }) => Number(properties["revision"])));
  return r.before === undefined ? last + 1 : last;
}

function isFargate(r: Resource): boolean {
  return r.list("requiresCompatibilities").includes("FARGATE");
}

function containersOf(given: Json): Json | undefined {
  try {
    return typeof given === "string" ? (JSON.parse(given) as Json) : given;
  } catch {
    return undefined;
  }
}

/** The service gives containers back with its own values filled in, keys in order. */
function normalContainers(given: Json): Json {
  const containers = objectsIn(containersOf(given)).map((container) => {
    const filled = {
      cpu: 0,
      environment: [],
      essential: true,
      mountPoints: [],
      portMappings: [],
      systemControls: [],
      volumesFrom: [],
      ...container,
    };
    return Object.fromEntries(Object.entries(filled).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return JSON.stringify(containers);
}

function taskFaults(r: Resource): InputFault[] {
  const containers = containersOf(r.given("containerDefinitions") ?? "");
  return [
    ...(Array.isArray(containers) && containers.every(isJsonObject)
      ? []
      : [
          {
            property: "containerDefinitions",
            reason:
              "ECS Task Definition container_definitions is invalid: not a JSON list of objects",
          },
        ]),
    ...(r.given("networkMode") === undefined
      ? []
      : oneOf(r.text("networkMode"), "networkMode", networkModes)),
    ...textsIn(r.list("requiresCompatibilities")).flatMap((one) =>
      oneOf(one, "requiresCompatibilities", ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]),
    ),
  ];
}

/** Pairs of CPU units and MiB that Fargate runs (Amazon ECS developer guide, "Task size"). */
const fargateSizes: Readonly<
  Record<string, readonly [fromMiB: number, toMiB: number, stepMiB: number]>
> = {
  "256": [512, 2048, 512],
  "512": [1024, 4096, 1024],
  "1024": [2048, 8192, 1024],
  "2048": [4096, 16_384, 1024],
  "4096": [8192, 30_720, 1024],
  "8192": [16_384, 61_440, 4096],
  "16384": [32_768, 122_880, 8192],
};

function refuseTask(r: Resource): ServiceError | undefined {
  const containers = objectsIn(containersOf(r.given("containerDefinitions") ?? ""));
  if (containers.length === 0)
    return client("TaskDefinition must contain at least one container definition.");
  const nameless = containers.find(
    ({ name, image }) => typeof name !== "string" || typeof image !== "string",
  );
  if (nameless !== undefined)
    return client("Container.name and Container.image should not be null or empty.");
  if (!isFargate(r)) return undefined;
  if (r.text("networkMode", "awsvpc") !== "awsvpc") {
    return client("Fargate only supports network mode ‘awsvpc’.");
  }
  const [cpu, memory] = [String(r.given("cpu") ?? ""), Number(r.given("memory") ?? 0)];
  const size = fargateSizes[cpu];
  if (size === undefined || memory < size[0] || memory > size[1] || memory % size[2] !== 0) {
    return client("No Fargate configuration exists for given values.");
  }
  const trusts = ["executionRoleArn", "taskRoleArn"].map((at) => r.target(at));
  const closed = trusts.find(
    (role) =>
      role !== undefined &&
      !letsIn(textOf(role.properties, "assumeRolePolicy") ?? "", "ecs-tasks.", "sts:assumerole"),
  );
  return closed === undefined
    ? undefined
    : client("ECS was unable to assume the role that was provided for this task.");
}

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
    arn: (r) => r.id,
    availabilityZoneRebalancing: "ENABLED",
    cluster: form("arn:{partition}:ecs:{region}:{account}:cluster/default"),
    deploymentCircuitBreaker: { enable: false, rollback: false },
    deploymentConfiguration: { bakeTimeInMinutes: "0", strategy: "ROLLING" },
    deploymentController: { type: "ECS" },
    healthCheckGracePeriodSeconds: 0,
    iamRole: (r) =>
      form(
        "arn:{partition}:iam::{account}:role/aws-service-role/ecs.{suffix}/AWSServiceRoleForECS",
      )(r),
    launchType: (r) => (r.list("capacityProviderStrategies").length > 0 ? "" : "EC2"),
    loadBalancers: [],
    orderedPlacementStrategies: [],
    placementConstraints: [],
    platformVersion: (r) => (r.text("launchType", "") === "FARGATE" ? "LATEST" : ""),
    propagateTags: "NONE",
  },
  keys: ["arn"],
  references: [
    toCluster("cluster", { holds: true }),
    refer(
      "taskDefinition",
      taskDefinition.token,
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

const fargateProfile = ordinary("aws:eks/fargateProfile:FargateProfile", {
  id: "{clusterName}:{fargateProfileName}",
  arn: "eks:fargateprofile/{clusterName}/{fargateProfileName}/{uuid}",
  autoname: { property: "fargateProfileName", charactersMax: 63 },
  forceNew: ["clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"],
  outputs: { status: "ACTIVE", subnetIds: [] },
  references: [
    toEksCluster(true),
    toRole(
      "podExecutionRoleArn",
      parameter(
        "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
      ),
    ),
    toSubnet("subnetIds[*]"),
  ],
  taken: error(
    "ResourceInUseException",
    "Fargate Profile already exists with this name in this cluster.",
  ),
  admit: (r) => {
    const trust =
      textOf(r.target("podExecutionRoleArn")?.properties ?? {}, "assumeRolePolicy") ?? "";
    if (!letsIn(trust, "eks-fargate-pods.", "sts:assumerole")) {
      return parameter(
        "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
      );
    }
    const open = textsIn(r.list("subnetIds")).find(
      (id) => r.find("aws:ec2/subnet:Subnet", id)?.properties["mapPublicIpOnLaunch"] === true,
    );
    return open === undefined
      ? undefined
      : parameter(`Subnet ${open} provided in Fargate Profile is not a private subnet`);
  },
  timeouts: { create: 600, delete: 600 },
});

const identityProvider = ordinary("aws:eks/identityProviderConfig:IdentityProviderConfig", {
  id: "{clusterName}:{oidc.identityProviderConfigName}",
  arn: "eks:identityproviderconfig/{clusterName}/oidc/{oidc.identityProviderConfigName}/{uuid}",
  forceNew: ["clusterName", "oidc"],
  check: (r) =>
    r.text("oidc.issuerUrl").startsWith("https://")
      ? []
      : [
          {
            property: "oidc.issuerUrl",
            reason: `expected "oidc.0.issuer_url" to have a url with schema of: "https"`,
          },
        ],
  outputs: {
    status: "ACTIVE",
    identityProviderConfigName: form("{oidc.identityProviderConfigName}"),
  },
  references: [toEksCluster(false)],
  timeouts: { create: 2400, delete: 2400 },
});

const namespace = ordinary("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", {
  id: "ns-{lower16}",
  arn: "servicediscovery:namespace/{id}",
  name: 1024,
  forceNew: ["vpc"],
  outputs: { hostedZone: form("Z{upper20}") },
  references: [toVpc("vpc")],
  admit: (r) =>
    refuseIf(
      r
        .all(r.token)
        .some(
          ({ properties }) =>
            r.before === undefined &&
            properties["name"] === r.given("name") &&
            properties["vpc"] === r.given("vpc"),
        ),
      "NamespaceAlreadyExists",
      `Namespace with name ${r.text("name")} already exists`,
    ),
  inUse: error("ResourceInUse", "Namespace {id} has services: {value}"),
});

const discoveryService = ordinary("aws:servicediscovery/service:Service", {
  id: "srv-{lower16}",
  arn: "servicediscovery:service/{id}",
  name: 127,
  defaults: { forceDestroy: false },
  forceNew: [
    "healthCheckCustomConfig",
    "namespaceId",
    "type",
    "dnsConfig.namespaceId",
    "dnsConfig.routingPolicy",
  ],
  outputs: {
    namespaceId: (r) => r.target("dnsConfig.namespaceId")?.id ?? "",
    type: (r) => (r.given("dnsConfig") === undefined ? "HTTP" : "DNS_HTTP"),
  },
  references: ["namespaceId", "dnsConfig.namespaceId"].map((at) =>
    refer(at, namespace.token, error("NamespaceNotFound", "Namespace {value} not found"), {
      holds: true,
    }),
  ),
});

/** The entries of ECS, Fargate of EKS and Cloud Map. */
export const ecsTypes: readonly TypeEntry[] = [
  cluster,
  taskDefinition,
  service,
  capacityProvider,
  clusterProviders,
  fargateProfile,
  identityProvider,
  namespace,
  discoveryService,
];
