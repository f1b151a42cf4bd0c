/** Cloud SQL, Spanner, Bigtable, Redis, Memorystore, Firestore and Filestore. */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  block,
  labels,
  notFound,
  outsideAddress,
  toCryptoKey,
  toNetwork,
  within,
  zonesOf,
} from "./common.ts";
import { grants } from "./iam-grants.ts";
import { shaped } from "./shaped.ts";

const sqlToken = "gcp:sql/databaseInstance:DatabaseInstance";
const spannerToken = "gcp:spanner/instance:Instance";
const spannerDatabase = "gcp:spanner/database:Database";
const bigtableToken = "gcp:bigtable/instance:Instance";

const sqlInstance: TypeEntry = shaped({
  token: sqlToken,
  form: "{name}",
  required: ["databaseVersion"],
  defaults: {
    deletionProtection: true,
    "settings.activationPolicy": "ALWAYS",
    "settings.availabilityType": "ZONAL",
    "settings.deletionProtectionEnabled": false,
    "settings.diskAutoresize": true,
    "settings.diskAutoresizeLimit": 0,
    "settings.diskType": "PD_SSD",
    "settings.pricingPlan": "PER_USE",
    "settings.ipConfiguration.ipv4Enabled": true,
  },
  maps: ["settings.userLabels"],
  forceNew: ["encryptionKeyName", "masterInstanceName", "region", "project", "settings.timeZone"],
  planned: { project: (r) => r.account, region: (r) => r.region },
  outputs: {
    availableMaintenanceVersions: [],
    connectionName: (r) => `${r.account}:${r.region}:${r.text("name")}`,
    dnsName: "",
    dnsNames: [],
    encryptionKeyName: "",
    firstIpAddress: (r) => sqlAddress(r),
    instanceType: (r) =>
      r.given("masterInstanceName") === undefined ? "CLOUD_SQL_INSTANCE" : "READ_REPLICA_INSTANCE",
    ipAddresses: (r): Json => [
      { ipAddress: sqlAddress(r), timeToRetire: "", type: isPublic(r) ? "PRIMARY" : "PRIVATE" },
    ],
    maintenanceVersion: (r) => `${r.text("databaseVersion")}_R20260101.00_00`,
    masterInstanceName: "",
    privateIpAddress: (r) =>
      r.given("settings.ipConfiguration.privateNetwork") === undefined ? "" : insideAddress(r),
    pscServiceAttachmentLink: "",
    publicIpAddress: (r) => (isPublic(r) ? outsideAddress(r) : ""),
    selfLink: (r) =>
      `https://sqladmin.googleapis.com/sql/v1beta4/projects/${r.account}/instances/${r.text("name")}`,
    serverCaCerts: (r): Json => [
      {
        cert: "",
        commonName: `C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA,dnQualifier=${r.uuid("ca")}`,
        createTime: r.createdAt,
        expirationTime: r.createdAt,
        sha1Fingerprint: r.hex("ca", 40),
      },
    ],
    serviceAccountEmailAddress: (r) =>
      `p${r.digits("agent", 12)}-${r.hex("agent", 6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    ...within("settings", {
      connectorEnforcement: "NOT_REQUIRED",
      diskSize: 10,
      edition: "ENTERPRISE",
      userLabels: {},
      version: 1,
    }),
    ...within("settings.ipConfiguration", {
      sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      serverCaMode: "GOOGLE_MANAGED_INTERNAL_CA",
    }),
    ...absent("replicaConfiguration"),
  },
  keys: ["name", "selfLink", "connectionName"],
  secrets: ["rootPassword"],
  references: [
    {
      ...toNetwork("settings.ipConfiguration.privateNetwork"),
      missing: badRequest(
        "Invalid request: Incorrect Service Networking config for instance: network {value} does not exist",
      ),
    },
    {
      at: "masterInstanceName",
      to: sqlToken,
      holds: true,
      missing: notFound("The Cloud SQL instance {value} does not exist."),
    },
    toCryptoKey("encryptionKeyName"),
  ],
  admit: refuseSql,
  taken: {
    code: "409",
    says: "The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists",
  },
  inUse: {
    code: "400",
    says: "The instance {id} cannot be deleted while it has {value}, instanceHasReplicas",
  },
  timeouts: { create: 5400, update: 5400, delete: 5400 },
});

function isPublic(r: Resource): boolean {
  return r.given("settings.ipConfiguration.ipv4Enabled") !== false;
}

function insideAddress(r: Resource): string {
  return `10.${Number.parseInt(r.hex("sql", 2), 16)}.0.3`;
}

function sqlAddress(r: Resource): string {
  return isPublic(r) ? outsideAddress(r) : insideAddress(r);
}

/** An instance is reached somehow, and privately only through a connection of its network (Cloud SQL, "Private IP"). */
function refuseSql(r: Resource): ServiceError | undefined {
  const network = r.target("settings.ipConfiguration.privateNetwork");
  const psc = r.every("settings.ipConfiguration.pscConfigs[*].pscEnabled").includes(true);
  if (
    !isPublic(r) &&
    network === undefined &&
    !psc &&
    r.given("settings.ipConfiguration.privateNetwork") === undefined
  ) {
    return badRequest(
      "Invalid request: At least one of Public IP, Private IP or PSC connectivity must be enabled.",
    );
  }
  if (network === undefined) return undefined;
  const connected = r
    .all("gcp:servicenetworking/connection:Connection")
    .some(
      ({ properties }) =>
        String(properties["network"]).endsWith(`/${lastOf(network.id)}`) ||
        properties["network"] === lastOf(network.id),
    );
  return connected
    ? undefined
    : badRequest(
        `Invalid request: Failed to create subnetwork. Please create Service Networking connection with service 'servicenetworking.googleapis.com' from consumer project '${r.account}' network '${lastOf(network.id)}' again.`,
      );
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const ofInstance = {
  at: "instance",
  to: sqlToken,
  by: ["id", "name"],
  cascades: true,
  missing: notFound("The Cloud SQL instance {value} does not exist."),
};

const sqlDatabase: TypeEntry = shaped({
  token: "gcp:sql/database:Database",
  form: "projects/{project}/instances/{instance}/databases/{name}",
  required: ["instance"],
  outputs: {
    charset: (r) => (isPostgres(r) ? "UTF8" : "utf8mb4"),
    collation: (r) => (isPostgres(r) ? "en_US.UTF8" : "utf8mb4_0900_ai_ci"),
    selfLink: (r) => `https://sqladmin.googleapis.com/sql/v1beta4/${r.id}`,
  },
  keys: ["name"],
  references: [ofInstance],
  taken: {
    code: "400",
    says: "Failed to create database {leaf}: it already exists, databaseAlreadyExists",
  },
});

function isPostgres(r: Resource): boolean {
  return String(r.target("instance")?.properties["databaseVersion"]).startsWith("POSTGRES");
}

const sqlUser: TypeEntry = {
  token: "gcp:sql/user:User",
  required: ["instance"],
  autoname: { property: "name", charactersMax: 63 },
  forceNew: ["host", "instance", "name", "project", "type"],
  id: (r) => [r.text("name"), r.text("host", ""), r.text("instance")].join("/"),
  planned: { project: (r) => r.account },
  outputs: {
    host: "",
    sqlServerUserDetails: [],
    iamEmail: (r) => (r.text("type", "").startsWith("CLOUD_IAM") ? r.text("name") : undefined),
  },
  secrets: ["password"],
  references: [ofInstance],
  timeouts: { create: 600, update: 600, delete: 600 },
  schemaVersion: 1,
};

const spanner: TypeEntry = shaped({
  token: spannerToken,
  form: "projects/{project}/instances/{name}",
  required: ["config", "displayName"],
  defaults: { forceDestroy: false },
  forceNew: ["config"],
  autoname: { property: "name", charactersMax: 30, lowerCase: true },
  planned: labels,
  id: (r) => `${r.account}/${r.text("name")}`,
  normalised: {
    config: (r, given) =>
      String(given).includes("/")
        ? given
        : `projects/${r.account}/instanceConfigs/${String(given)}`,
  },
  outputs: {
    defaultBackupScheduleType: "NONE",
    edition: "STANDARD",
    instanceType: "PROVISIONED",
    numNodes: (r) => Math.floor(r.number("processingUnits", 1000) / 1000),
    processingUnits: (r) => r.number("numNodes", 1) * 1000,
    state: "READY",
    ...absent("autoscalingConfig"),
  },
  keys: ["name"],
  admit: (r) =>
    r.given("numNodes") !== undefined && r.given("processingUnits") !== undefined
      ? badRequest("Only one of numNodes and processingUnits can be specified.")
      : undefined,
});

const spannerDb: TypeEntry = shaped({
  token: spannerDatabase,
  form: "projects/{project}/instances/{instance}/databases/{name}",
  required: ["instance"],
  id: (r) => `${r.text("instance")}/${r.text("name")}`,
  defaults: { deletionProtection: true },
  autoname: { property: "name", charactersMax: 30 },
  forceNew: ["databaseDialect", "encryptionConfig"],
  outputs: {
    databaseDialect: "GOOGLE_STANDARD_SQL",
    enableDropProtection: false,
    state: "READY",
    versionRetentionPeriod: "1h",
    ...absent("encryptionConfig"),
  },
  keys: ["name"],
  references: [
    {
      at: "instance",
      to: spannerToken,
      by: ["name", "id"],
      holds: true,
      missing: notFound("Instance not found: {value}"),
    },
    toCryptoKey("encryptionConfig.kmsKeyName"),
  ],
  admit: (r) =>
    /^[a-z][a-z0-9_-]{0,28}[a-z0-9]$/.test(r.text("name"))
      ? undefined
      : badRequest(`Invalid database name: ${r.text("name")}`),
});

const bigtable: TypeEntry = shaped({
  token: bigtableToken,
  form: "projects/{project}/instances/{name}",
  defaults: {
    deletionProtection: true,
    instanceType: "PRODUCTION",
    forceDestroy: false,
    "clusters[*].storageType": "SSD",
  },
  forceNew: ["instanceType"],
  planned: labels,
  outputs: { displayName: (r) => r.text("name") },
  keys: ["name"],
  references: [toCryptoKey("clusters[*].kmsKeyName")],
  timeouts: { create: 3600, read: 3600, update: 3600 },
  schemaVersion: 1,
});

const bigtableTable: TypeEntry = shaped({
  token: "gcp:bigtable/table:Table",
  form: "projects/{project}/instances/{instanceName}/tables/{name}",
  required: ["instanceName"],
  forceNew: ["splitKeys"],
  outputs: {
    changeStreamRetention: "",
    deletionProtection: "UNPROTECTED",
    ...absent("automatedBackupPolicy"),
  },
  keys: ["name"],
  references: [
    {
      at: "instanceName",
      to: bigtableToken,
      by: ["name", "id"],
      cascades: true,
      missing: notFound("Instance projects/{value} not found"),
    },
  ],
  timeouts: { create: 2700, update: 1200 },
});

const redis: TypeEntry = shaped({
  token: "gcp:redis/instance:Instance",
  form: "projects/{project}/locations/{region}/instances/{name}",
  required: ["memorySizeGb"],
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
    required: ["shardCount"],
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
    required: ["instanceId", "location", "shardCount"],
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

const firestore: TypeEntry = shaped({
  token: "gcp:firestore/database:Database",
  form: "projects/{project}/databases/{name}",
  required: ["locationId", "type"],
  defaults: { deletionPolicy: "ABANDON" },
  forceNew: ["cmekConfig", "locationId"],
  outputs: {
    appEngineIntegrationMode: "DISABLED",
    concurrencyMode: "PESSIMISTIC",
    createTime: (r) => r.createdAt,
    databaseEdition: "STANDARD",
    deleteProtectionState: "DELETE_PROTECTION_DISABLED",
    earliestVersionTime: (r) => r.createdAt,
    etag: (r) => r.characters("etag", 16),
    keyPrefix: "",
    pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_DISABLED",
    uid: (r) => r.uuid("uid"),
    updateTime: (r) => r.createdAt,
    versionRetentionPeriod: "3600s",
    ...absent("cmekConfig"),
  },
  keys: ["name"],
  // 4 to 63 characters, or the default one (Firestore, "Manage databases").
  check: (r) =>
    r.text("name") === "(default)" || /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/.test(r.text("name"))
      ? []
      : [
          {
            property: "name",
            reason: `database id ${r.text("name")} must be 4-63 characters of [a-z0-9-]`,
          },
        ],
});

const index: TypeEntry = {
  token: "gcp:firestore/index:Index",
  required: ["collection", "fields"],
  defaults: { apiScope: "ANY_API", database: "(default)", queryScope: "COLLECTION" },
  forceNew: ["apiScope", "collection", "database", "fields", "project", "queryScope"],
  id: (r) =>
    `projects/${r.account}/databases/${r.text("database", "(default)")}/collectionGroups/${r.text("collection")}/indexes/${r.characters("index", 12)}`,
  planned: { project: (r) => r.account },
  outputs: { name: (r) => r.id, density: "SPARSE_ALL", multikey: false },
  references: [
    {
      at: "database",
      to: "gcp:firestore/database:Database",
      by: ["name", "id"],
      missing: notFound("The database {value} does not exist"),
    },
  ],
  timeouts: { create: 1200, delete: 1200 },
};

const filestore: TypeEntry = shaped({
  token: "gcp:filestore/instance:Instance",
  form: "projects/{project}/locations/{location}/instances/{name}",
  required: ["fileShares", "networks", "tier"],
  defaults: { protocol: "NFS_V3" },
  forceNew: ["kmsKeyName", "networks", "tier"],
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    effectiveReplications: [],
    etag: (r) => r.characters("etag", 16),
    zone: (r) => r.text("location", r.region),
    ...within("networks[*]", {
      ipAddresses: (r) => [`10.${Number.parseInt(r.hex("nfs", 2), 16)}.0.2`],
      reservedIpRange: (r) => `10.${Number.parseInt(r.hex("nfs", 2), 16)}.0.0/29`,
      connectMode: "DIRECT_PEERING",
    }),
  },
  references: [toNetwork("networks[*].network"), toCryptoKey("kmsKeyName")],
  schemaVersion: 1,
});

/** The entries of databases and file stores. */
export const databaseTypes: readonly TypeEntry[] = [
  sqlInstance,
  sqlDatabase,
  sqlUser,
  spanner,
  spannerDb,
  bigtable,
  bigtableTable,
  redis,
  redisCluster,
  memorystore,
  firestore,
  index,
  filestore,
  ...grants({ family: "gcp:spanner/instanceIAM", input: "instance", form: "{project}/{instance}" }),
  ...grants({
    family: "gcp:spanner/databaseIAM",
    input: "database",
    besides: ["instance"],
    form: "{project}/{instance}/{database}",
  }),
  ...grants({
    family: "gcp:bigtable/instanceIam",
    input: "instance",
    to: bigtableToken,
    form: "projects/{project}/instances/{instance}",
  }),
];
