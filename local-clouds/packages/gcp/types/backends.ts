/** What load balancers send to: health checks, backend services, buckets and endpoint groups (Compute Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  fingerprint,
  notFound,
  type Reach,
  toCompute,
  toNetwork,
  toSubnet,
  within,
} from "./common.ts";
import { computeShaped, linked } from "./shaped.ts";

const healthChecks = [
  "gcp:compute/healthCheck:HealthCheck",
  "gcp:compute/regionHealthCheck:RegionHealthCheck",
  "gcp:compute/httpHealthCheck:HttpHealthCheck",
];
const securityPolicyToken = "gcp:compute/securityPolicy:SecurityPolicy";

const checkKinds = ["http", "https", "http2", "tcp", "ssl", "grpc"] as const;

function healthCheck(token: string, form: string): TypeEntry {
  return computeShaped({
    token,
    form,
    defaults: {
      checkIntervalSec: 5,
      healthyThreshold: 2,
      timeoutSec: 5,
      unhealthyThreshold: 2,
      ...Object.fromEntries(
        checkKinds.flatMap((kind) =>
          kind === "grpc" ? [] : [[`${kind}HealthCheck.proxyHeader`, "NONE"]],
        ),
      ),
      "httpHealthCheck.requestPath": "/",
      "httpsHealthCheck.requestPath": "/",
      "http2HealthCheck.requestPath": "/",
      "httpHealthCheck.port": 80,
    },
    // Of what a check asks there is one kind, and how long it waits is less than how often it asks.
    check: (r) => {
      const kinds = checkKinds.filter((kind) => r.given(`${kind}HealthCheck`) !== undefined);
      const faults =
        kinds.length === 1
          ? []
          : [
              {
                property: "httpHealthCheck",
                reason: `only one of ${checkKinds.join(", ")} health checks can be specified`,
              },
            ];
      return r.number("timeoutSec", 5) > r.number("checkIntervalSec", 5)
        ? [
            ...faults,
            {
              property: "timeoutSec",
              reason: "timeout_sec must not be greater than check_interval_sec",
            },
          ]
        : faults;
    },
    outputs: {
      type: (r) =>
        checkKinds.find((kind) => r.given(`${kind}HealthCheck`) !== undefined)?.toUpperCase(),
      ...absent(...checkKinds.map((kind) => `${kind}HealthCheck`)),
      ...within("httpHealthCheck", { host: "", response: "", portName: "", portSpecification: "" }),
      ...(token.includes("region")
        ? { healthCheckId: (r: Resource) => Number(r.digits("number", 15)) }
        : {}),
    },
    schemaVersion: 1,
  });
}

const httpHealthCheck: TypeEntry = computeShaped({
  token: "gcp:compute/httpHealthCheck:HttpHealthCheck",
  form: "projects/{project}/global/httpHealthChecks/{name}",
  defaults: {
    checkIntervalSec: 5,
    healthyThreshold: 2,
    port: 80,
    requestPath: "/",
    timeoutSec: 5,
    unhealthyThreshold: 2,
  },
  outputs: { host: "" },
});

const groups: Reference = {
  at: "backends[*].group",
  to: [
    "gcp:compute/instanceGroup:InstanceGroup",
    "gcp:compute/instanceGroupManager:InstanceGroupManager",
    "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager",
    "gcp:compute/networkEndpointGroup:NetworkEndpointGroup",
    "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
  ],
  by: ["id", "selfLink", "instanceGroup"],
  holds: true,
  within: "world",
  missing: badRequest(
    "Invalid value for field 'resource.backends[0].group': '{value}'. The referenced resource does not exist.",
  ),
};

function backendService(token: string, form: string, scheme: string, reach: Reach): TypeEntry {
  const regional = reach === "region";
  return computeShaped({
    token,
    form,
    defaults: {
      connectionDrainingTimeoutSec: 300,
      loadBalancingScheme: scheme,
      "backends[*].balancingMode": regional ? "CONNECTION" : "UTILIZATION",
      "backends[*].capacityScaler": regional ? 0 : 1,
    },
    forceNew: ["loadBalancingScheme", ...(regional ? ["network"] : [])],
    outputs: {
      fingerprint,
      generatedId: (r) => Number(r.digits("number", 15)),
      affinityCookieTtlSec: 0,
      ...(regional ? {} : { customRequestHeaders: [], customResponseHeaders: [] }),
      enableCdn: false,
      healthChecks: "",
      localityLbPolicy: "",
      portName: (r) => (r.text("protocol", "HTTP").startsWith("HTTP") ? "http" : ""),
      protocol: regional ? "TCP" : "HTTP",
      sessionAffinity: "NONE",
      timeoutSec: 30,
      ...absent(
        "cdnPolicy",
        "circuitBreakers",
        "consistentHash",
        "iap",
        "logConfig",
        "outlierDetection",
      ),
    },
    keys: ["name"],
    references: [
      groups,
      {
        ...toCompute("healthChecks", healthChecks, "healthChecks", reach),
        missing: notFound("The resource '{value}' was not found"),
      },
      {
        ...toCompute("securityPolicy", securityPolicyToken, "securityPolicies", "global"),
        missing: notFound("The resource '{value}' was not found"),
      },
      ...(regional ? [toNetwork("network")] : []),
    ],
    admit: refuseBackends,
    schemaVersion: 1,
  });
}

/** Serverless groups are healthy by themselves (Load Balancing, "Serverless NEGs"). */
function refuseBackends(r: Resource): ServiceError | undefined {
  const serverless = r
    .every("backends[*].group")
    .some((group) => typeof group === "string" && isServerless(r, group));
  return serverless && r.given("healthChecks") !== undefined
    ? badRequest(
        "Invalid value for field 'resource.healthChecks': A backend service cannot have a healthcheck with Serverless network endpoint group backends.",
      )
    : undefined;
}

function isServerless(r: Resource, group: string): boolean {
  const found = r
    .all("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup")
    .find(({ id, properties }) => id === group || properties["selfLink"] === group);
  return found?.properties["networkEndpointType"] === "SERVERLESS";
}

const backendBucket: TypeEntry = computeShaped({
  token: "gcp:compute/backendBucket:BackendBucket",
  form: "projects/{project}/global/backendBuckets/{name}",
  outputs: {
    compressionMode: "",
    customResponseHeaders: [],
    enableCdn: false,
    ...absent("cdnPolicy"),
  },
  references: [
    {
      at: "bucketName",
      to: "gcp:storage/bucket:Bucket",
      within: "world",
      missing: badRequest(
        "Invalid value for field 'resource.bucketName': '{value}'. The bucket does not exist.",
      ),
    },
  ],
  schemaVersion: 1,
});

const securityPolicy: TypeEntry = linked({
  token: securityPolicyToken,
  form: "projects/{project}/global/securityPolicies/{name}",
  forceNew: ["type"],
  outputs: {
    fingerprint,
    type: "CLOUD_ARMOR",
    // Every policy ends in a rule for everybody (Cloud Armor, "Default rule").
    rules: () => [
      {
        action: "allow",
        description: "default rule",
        match: { config: { srcIpRanges: ["*"] }, versionedExpr: "SRC_IPS_V1" },
        preview: false,
        priority: 2_147_483_647,
      },
    ],
    ...absent("adaptiveProtectionConfig", "advancedOptionsConfig", "recaptchaOptionsConfig"),
  },
  admit: (r) => {
    const priorities = r.every("rules[*].priority");
    return new Set(priorities).size < priorities.length
      ? badRequest("Invalid value for field 'resource.rules': rule priorities must be unique")
      : undefined;
  },
});

const regionGroup: TypeEntry = linked({
  token: "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
  form: "projects/{project}/regions/{region}/networkEndpointGroups/{name}",
  defaults: { networkEndpointType: "SERVERLESS" },
  forceNew: [
    "appEngine",
    "cloudFunction",
    "cloudRun",
    "description",
    "network",
    "networkEndpointType",
    "pscTargetService",
    "subnetwork",
  ],
  outputs: {
    ...absent("appEngine", "cloudFunction", "cloudRun"),
  },
  references: [
    {
      at: "cloudRun.service",
      to: ["gcp:cloudrunv2/service:Service", "gcp:cloudrun/service:Service"],
      by: "name",
      missing: badRequest(
        "Invalid value for field 'resource.cloudRun.service': '{value}' does not exist",
      ),
    },
    toNetwork("network"),
    toSubnet("subnetwork"),
  ],
});

const zoneGroup: TypeEntry = linked({
  token: "gcp:compute/networkEndpointGroup:NetworkEndpointGroup",
  form: "projects/{project}/zones/{zone}/networkEndpointGroups/{name}",
  defaults: { networkEndpointType: "GCE_VM_IP_PORT" },
  forceNew: ["defaultPort", "description", "network", "networkEndpointType", "subnetwork"],
  outputs: {
    generatedId: (r) => Number(r.digits("number", 15)),
    size: 0,
    subnetwork: "",
  },
  references: [toNetwork("network"), toSubnet("subnetwork")],
});

/** The entries of backends. */
export const backendTypes: readonly TypeEntry[] = [
  healthCheck(
    "gcp:compute/healthCheck:HealthCheck",
    "projects/{project}/global/healthChecks/{name}",
  ),
  healthCheck(
    "gcp:compute/regionHealthCheck:RegionHealthCheck",
    "projects/{project}/regions/{region}/healthChecks/{name}",
  ),
  httpHealthCheck,
  backendService(
    "gcp:compute/backendService:BackendService",
    "projects/{project}/global/backendServices/{name}",
    "EXTERNAL",
    "global",
  ),
  backendService(
    "gcp:compute/regionBackendService:RegionBackendService",
    "projects/{project}/regions/{region}/backendServices/{name}",
    "INTERNAL",
    "region",
  ),
  backendBucket,
  securityPolicy,
  regionGroup,
  zoneGroup,
];
