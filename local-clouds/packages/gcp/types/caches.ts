/** Redis and Memorystore. */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, block, labels, toCryptoKey, toNetwork, zonesOf } from "./common.ts";
import { shaped } from "./shaped.ts";

const redis: TypeEntry = shaped({
  token: "gcp:redis/instance:Instance",
  form: "projects/{project}/locations/{region}/instances/{name}",
  defaults: {
    authEnabled: false,
    connectMode: "DIRECT_PEERING",
    tier: "BASIC",
    transitEncryptionMode: "DISABLED",
  },
  maps: ["redisConfigs"],
  forceNew: [
    "authorizedNetwork",
    "connectMode",
    "customerManagedKey",
    "locationId",
    "reservedIpRange",
    "tier",
    "transitEncryptionMode",
  ],
  planned: labels,
  outputs: {
    alternativeLocationId: "",
    authString: "",
    authorizedNetwork: (r) => `projects/${r.account}/global/networks/default`,
    createTime: (r) => r.createdAt,
    currentLocationId: (r) => r.given("locationId") ?? zonesOf(r.region)[0],
    effectiveReservedIpRange: (r) => `10.${Number.parseInt(r.hex("redis", 2), 16)}.0.0/29`,
    host: (r) => `10.${Number.parseInt(r.hex("redis", 2), 16)}.0.4`,
    locationId: (r) => zonesOf(r.region)[0],
    maintenanceSchedules: [],
    nodes: [],
    persistenceIamIdentity: (r) =>
      `serviceAccount:service-${r.digits("agent", 12)}@cloud-redis.iam.gserviceaccount.com`,
    port: (r) => (r.text("transitEncryptionMode", "DISABLED") === "DISABLED" ? 6379 : 6378),
    readEndpoint: "",
    readEndpointPort: 0,
    readReplicasMode: "READ_REPLICAS_DISABLED",
    redisVersion: "REDIS_7_2",
    replicaCount: (r) => (r.text("tier", "BASIC") === "BASIC" ? 0 : 1),
    reservedIpRange: (r) => `10.${Number.parseInt(r.hex("redis", 2), 16)}.0.0/29`,
    serverCaCerts: [],
    ...block("persistenceConfig", {
      persistenceMode: "DISABLED",
      rdbNextSnapshotTime: "",
      rdbSnapshotPeriod: "",
      rdbSnapshotStartTime: "",
    }),
    ...absent("maintenancePolicy"),
  },
  secrets: ["authString"],
  references: [toNetwork("authorizedNetwork"), toCryptoKey("customerManagedKey")],
  admit: (r) =>
    r.number("memorySizeGb", 1) >= 1 && r.number("memorySizeGb", 1) <= redisGbMax
      ? undefined
      : badRequest(`Invalid memory size: it must be between 1 and ${redisGbMax} GB`),
});

/** Largest instance, in GB (Memorystore for Redis, "Quotas and limits"). */
const redisGbMax = 300;

function shardedCluster(
  token: string,
  form: string,
  named: boolean,
  more: Partial<TypeEntry>,
): TypeEntry {
  return shaped({
    token,
    form,
    ...more,
    outputs: {
      availableMaintenanceVersions: [],
      backupCollection: "",
      createTime: (r: Resource) => r.createdAt,
      discoveryEndpoints: [],
      effectiveMaintenanceVersion: "",
      maintenanceSchedules: [],
      managedServerCas: [],
      state: "ACTIVE",
      stateInfos: [],
      uid: (r: Resource) => r.uuid("uid"),
      nodeType: named ? "REDIS_HIGHMEM_MEDIUM" : "HIGHMEM_MEDIUM",
      ...more.outputs,
    },
    references: [toNetwork("pscConfigs[*].network"), toCryptoKey("kmsKey")].slice(named ? 0 : 1),
    timeouts: { create: 3600, update: 7200, delete: 1800 },
  });
}

const redisCluster = shardedCluster(
  "gcp:redis/cluster:Cluster",
  "projects/{project}/locations/{region}/clusters/{name}",
  true,
  {
    defaults: {
      authorizationMode: "AUTH_MODE_DISABLED",
      deletionProtectionEnabled: true,
      transitEncryptionMode: "TRANSIT_ENCRYPTION_MODE_DISABLED",
    },
    maps: ["redisConfigs"],
    forceNew: ["authorizationMode", "transitEncryptionMode", "zoneDistributionConfig"],
    outputs: {
      preciseSizeGb: 13,
      sizeGb: 13,
      pscConnections: [],
      pscServiceAttachments: [],
      replicaCount: 0,
    },
  },
);

const memorystore = shardedCluster(
  "gcp:memorystore/instance:Instance",
  "projects/{project}/locations/{location}/instances/{instanceId}",
  false,
  {
    defaults: { deletionProtectionEnabled: true },
    maps: ["engineConfigs"],
    forceNew: ["authorizationMode", "transitEncryptionMode"],
    planned: labels,
    outputs: {
      authorizationMode: "AUTH_DISABLED",
      endpoints: [],
      engineVersion: "VALKEY_8_0",
      mode: "CLUSTER",
      name: (r) => r.id,
      nodeConfigs: (): Json => [{ sizeGb: 13 }],
      pscAttachmentDetails: [],
      pscAutoConnections: [],
      replicaCount: 0,
      transitEncryptionMode: "TRANSIT_ENCRYPTION_DISABLED",
      updateTime: (r) => r.createdAt,
    },
  },
);

/** The entries of caches. */
export const cacheTypes: readonly TypeEntry[] = [redis, redisCluster, memorystore];
