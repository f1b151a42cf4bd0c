/** ECS task definitions (Amazon ECS API reference). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { isJsonObject, objectsIn, oneOf, textOf, textsIn } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { form, ordinary } from "../ordinary.ts";
import { letsIn } from "../policy-documents.ts";
import { client } from "./ecs.ts";

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
    ephemeralStorage: null,
    ipcMode: "",
    networkMode: (r) => (isFargate(r) ? "awsvpc" : "bridge"),
    pidMode: "",
    placementConstraints: [],
    proxyConfiguration: null,
    requiresCompatibilities: [],
    runtimePlatform: null,
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
    const portMappings = objectsIn(filled.portMappings).map((port) => ({
      protocol: "tcp",
      ...port,
    }));
    return Object.fromEntries(
      Object.entries({ ...filled, portMappings }).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
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

/** The entries of task definitions. */
export const taskTypes: readonly TypeEntry[] = [taskDefinition];
