/** Spanner, Bigtable, Firestore and Filestore. */

import type { TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, labels, notFound, toCryptoKey, toNetwork, within } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { protectedKind } from "./protection.ts";
import { shaped } from "./shaped.ts";

const spannerToken = "gcp:spanner/instance:Instance";

const spannerDatabase = "gcp:spanner/database:Database";

const bigtableToken = "gcp:bigtable/instance:Instance";

const spanner: TypeEntry = shaped({
  token: spannerToken,
  form: "projects/{project}/instances/{name}",
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
  id: (r) => `${r.text("instance")}/${r.text("name")}`,
  defaults: { deletionProtection: true },
  ...protectedKind("google_spanner_database"),
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
  ...protectedKind("instance"),
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

const firestore: TypeEntry = shaped({
  token: "gcp:firestore/database:Database",
  form: "projects/{project}/databases/{name}",
  defaults: { deletionPolicy: "ABANDON" },
  forceNew: ["cmekConfig", "locationId"],
  outputs: {
    appEngineIntegrationMode: "DISABLED",
    concurrencyMode: "PESSIMISTIC",
    createTime: (r) => r.createdAt,
    databaseEdition: "STANDARD",
    deleteProtectionState: "DELETE_PROTECTION_DISABLED",
    earliestVersionTime: (r) => r.createdAt,
    etag: (r) => r.characters(r.content(), 16),
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
  defaults: { protocol: "NFS_V3" },
  forceNew: ["kmsKeyName", "networks", "tier"],
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    effectiveReplications: [],
    etag: (r) => r.characters(r.content(), 16),
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
  spanner,
  spannerDb,
  bigtable,
  bigtableTable,
  firestore,
  index,
  filestore,
  ...grants({ family: "gcp:spanner/instanceIAM", input: "instance", form: "{project}/{instance}" }),
  ...grants({
    family: "gcp:spanner/databaseIAM",
    input: "database",
    form: "{project}/{instance}/{database}",
  }),
  ...grants({
    family: "gcp:bigtable/instanceIam",
    input: "instance",
    to: bigtableToken,
    form: "projects/{project}/instances/{instance}",
  }),
];
