/** Groups of virtual machines and their autoscalers (Compute Engine API v1). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import {
  badRequest,
  block,
  fingerprint,
  selfLink,
  toCompute,
  toNetwork,
  within,
  zonesOf,
} from "./common.ts";
import { instanceToken, templateTokens } from "./instances.ts";
import { computeShaped, linked, zoneOf } from "./shaped.ts";

const zonalManager = "gcp:compute/instanceGroupManager:InstanceGroupManager";

const regionalManager = "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager";

function manager(token: string, form: string, regional: boolean): TypeEntry {
  const own = (r: Resource) => (regional ? `regions/${r.region}` : `zones/${zoneOf(r)}`);
  return computeShaped({
    token,
    form,
    defaults: { waitForInstances: false, waitForInstancesStatus: "STABLE" },
    forceNew: ["description", ...(regional ? ["distributionPolicyZones"] : [])],
    outputs: {
      fingerprint,
      instanceGroup: (r) =>
        selfLink(`projects/${r.account}/${own(r)}/instanceGroups/${r.text("name")}`),
      instanceGroupManagerId: (r) => Number(r.digits("number", 15)),
      listManagedInstancesResults: "PAGELESS",
      statuses: (r): Json => [
        {
          isStable: true,
          versionTargets: [{ isReached: true }],
          statefuls: [{ hasStatefulConfig: r.list("statefulDisks").length > 0 }],
        },
      ],
      targetSize: 0,
      ...(regional
        ? {
            distributionPolicyTargetShape: "EVEN",
            distributionPolicyZones: (r: Resource) => zonesOf(r.region).slice(0, 3),
          }
        : { operation: "" }),
      ...block("updatePolicy", {
        maxSurgeFixed: regional ? 3 : 1,
        maxUnavailableFixed: regional ? 3 : 1,
        minimalAction: "REPLACE",
        replacementMethod: "SUBSTITUTE",
        type: "OPPORTUNISTIC",
      }),
    },
    keys: ["instanceGroup"],
    references: [
      {
        ...toCompute("versions[*].instanceTemplate", templateTokens, "instanceTemplates", "global"),
        key: (r, value) =>
          (value.includes("/")
            ? value
            : `projects/${r.account}/global/instanceTemplates/${value}`
          ).replace(/\?uniqueId=.*$/, ""),
      },
      toCompute("autoHealingPolicies.healthCheck", healthChecks, "healthChecks", "global"),
    ],
    admit: (r) =>
      /^[a-z](?:[-a-z0-9]{0,57}[a-z0-9])?$/.test(r.text("baseInstanceName"))
        ? undefined
        : badRequest(
            `Invalid value for field 'resource.baseInstanceName': '${r.text("baseInstanceName")}'. Must be a match of regex '[a-z](?:[-a-z0-9]{0,57}[a-z0-9])?'`,
          ),
    timeouts: { create: 900, update: 900, delete: 900 },
  });
}

const healthChecks = [
  "gcp:compute/healthCheck:HealthCheck",
  "gcp:compute/regionHealthCheck:RegionHealthCheck",
  "gcp:compute/httpHealthCheck:HttpHealthCheck",
];

const group: TypeEntry = linked({
  token: "gcp:compute/instanceGroup:InstanceGroup",
  form: "projects/{project}/zones/{zone}/instanceGroups/{name}",
  forceNew: ["description", "network"],
  outputs: {
    instances: [],
    network: "",
    size: (r) => r.list("instances").length,
  },
  references: [
    toNetwork("network"),
    { ...toCompute("instances[*]", instanceToken, "instances", "zone"), holds: false },
  ],
  timeouts: { create: 360, update: 360, delete: 360 },
  schemaVersion: 2,
});

function autoscaler(token: string, form: string, targets: string): TypeEntry {
  return computeShaped({
    token,
    form,
    defaults: { "autoscalingPolicy.cooldownPeriod": 60, "autoscalingPolicy.mode": "ON" },
    outputs: within("autoscalingPolicy.cpuUtilization", { predictiveMethod: "NONE" }),
    references: [
      {
        ...toCompute(
          "target",
          targets,
          "instanceGroupManagers",
          targets === zonalManager ? "zone" : "region",
        ),
        holds: false,
      },
    ],
    admit: (r) =>
      r.number("autoscalingPolicy.minReplicas", 0) > r.number("autoscalingPolicy.maxReplicas", 0)
        ? badRequest(
            "Invalid value for field 'resource.autoscalingPolicy.maxNumReplicas': maxNumReplicas must not be less than minNumReplicas",
          )
        : undefined,
  });
}

/** The entries of groups. */
export const instanceGroupTypes: readonly TypeEntry[] = [
  manager(zonalManager, "projects/{project}/zones/{zone}/instanceGroupManagers/{name}", false),
  manager(
    regionalManager,
    "projects/{project}/regions/{region}/instanceGroupManagers/{name}",
    true,
  ),
  group,
  autoscaler(
    "gcp:compute/autoscaler:Autoscaler",
    "projects/{project}/zones/{zone}/autoscalers/{name}",
    zonalManager,
  ),
  autoscaler(
    "gcp:compute/regionAutoscaler:RegionAutoscaler",
    "projects/{project}/regions/{region}/autoscalers/{name}",
    regionalManager,
  ),
];
