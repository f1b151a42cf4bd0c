/** Cosmos DB and Redis (their REST APIs). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseRange } from "./address-range.ts";
import { type ArmEntry, type ArmShape, armArea, nested } from "./arm.ts";
import {
  eachOf,
  hostName,
  invalid,
  succeeded,
  systemData,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";
import { shownRegion } from "./regions.ts";

const cosmos = armArea({
  module: "cosmosdb",
  former: "documentdb",
  provider: "Microsoft.DocumentDB",
  apiVersion: "2025-10-15",
});
const cache = armArea({
  module: "redis",
  former: "cache",
  provider: "Microsoft.Cache",
  apiVersion: "2024-11-01",
  outputs: { ...systemData },
});

const accountToken = "azure-native:cosmosdb:DatabaseAccount";
const inAccount = { input: "accountName", token: accountToken };

const account = cosmos("DatabaseAccount", "databaseAccounts", {
  name: {
    input: "accountName",
    charactersMin: 3,
    charactersMax: 50,
    form: /^[a-z0-9]+(-[a-z0-9]+)*/,
  },
  location: "own",
  acts: true,
  ...hostName("ServiceNameAlreadyTaken", "DatabaseAccount name '{value}' already exists."),
  hidden: ["createMode"],
  outputs: {
    ...succeeded,
    systemData: (r) => ({ createdAt: r.createdAt }),
    identity: { type: "None" },
    ...nested("analyticalStorageConfiguration", { schemaType: "WellDefined" }),
    backupPolicy: {
      periodicModeProperties: {
        backupIntervalInMinutes: 240,
        backupRetentionIntervalInHours: 8,
        backupStorageRedundancy: "Geo",
      },
      type: "Periodic",
    },
    capabilities: [],
    ...nested("consistencyPolicy", {
      defaultConsistencyLevel: "Session",
      maxIntervalInSeconds: 5,
      maxStalenessPrefix: 100,
    }),
    cors: [],
    defaultIdentity: "FirstPartyIdentity",
    disableKeyBasedMetadataWriteAccess: false,
    disableLocalAuth: false,
    documentEndpoint: (r) => `https://${r.text("accountName")}.documents.azure.com:443/`,
    enableAnalyticalStorage: false,
    enableAutomaticFailover: false,
    enableFreeTier: false,
    enableMultipleWriteLocations: false,
    enablePartitionMerge: false,
    failoverPolicies: (r) =>
      eachOf(r.given("locations"), (one) => ({
        failoverPriority: one["failoverPriority"] ?? 0,
        id: `${r.text("accountName")}-${regionOf(one)}`,
        locationName: shownRegion(String(one["locationName"])),
      })),
    instanceId: (r) => r.uuid("instance"),
    ipRules: [],
    isVirtualNetworkFilterEnabled: false,
    keysMetadata: (r) => {
      const made = { generationTime: r.createdAt };
      return {
        primaryMasterKey: made,
        primaryReadonlyMasterKey: made,
        secondaryMasterKey: made,
        secondaryReadonlyMasterKey: made,
      };
    },
    kind: "GlobalDocumentDB",
    minimalTlsVersion: "Tls12",
    networkAclBypass: "None",
    networkAclBypassResourceIds: [],
    publicNetworkAccess: "Enabled",
    readLocations: (r) => shownLocations(r, r.given("locations")),
    virtualNetworkRules: [],
    writeLocations: (r) => shownLocations(r, r.given("locations")).slice(0, 1),
    tags: {},
  },
  normalised: {
    // Shown as people read it, alone among the data services (recorded exchanges).
    location: (_r, given) => shownRegion(String(given)),
    locations: shownLocations,
  },
  references: [toResource("virtualNetworkRules[*].id", networkTokens.subnet)],
  admit: refuseAccount,
});

function regionOf(location: JsonObject): string {
  return String(location["locationName"]).replaceAll(" ", "").toLowerCase();
}

function shownLocations(r: Resource, given: Json | undefined): JsonObject[] {
  return eachOf(given, (one) => ({
    documentEndpoint: `https://${r.text("accountName")}-${regionOf(one)}.documents.azure.com:443/`,
    failoverPriority: one["failoverPriority"] ?? 0,
    id: `${r.text("accountName")}-${regionOf(one)}`,
    isZoneRedundant: one["isZoneRedundant"] ?? false,
    locationName: shownRegion(String(one["locationName"])),
    provisioningState: "Succeeded",
  }));
}

function refuseAccount(r: Resource): ServiceError | undefined {
  const orders = eachOf(r.given("locations"), (one) => one).map(
    (one) => one["failoverPriority"] ?? 0,
  );
  if (orders.length === 0 || !orders.includes(0) || new Set(orders).size !== orders.length) {
    return invalid(
      "BadRequest",
      "Failover priorities of locations must be unique and start with 0 for the write region.",
    );
  }
  return r.text("databaseAccountOfferType") === "Standard"
    ? undefined
    : invalid("BadRequest", "databaseAccountOfferType must be 'Standard'.");
}

/** A database or container: what is asked for as `resource` comes back with the service's own marks. */
function inside(input: string, parents: ArmShape["parents"] = [inAccount]): ArmShape {
  return {
    name: { input, charactersMax: 255 },
    parents: parents ?? [],
    forceNew: ["resource.id"],
    hidden: ["location", "options", "tags"],
    outputs: {
      "resource.etag": (r) => `"${r.uuid(r.content())}"`,
      "resource.rid": (r) => Buffer.from(r.hex("rid", 8), "hex").toString("base64"),
      "resource.ts": (r) => Math.floor(Date.parse(r.createdAt) / 1000),
    },
    admit: (r) =>
      r.text("resource.id") === r.text(input)
        ? undefined
        : invalid(
            "BadRequest",
            `The resource id '${r.text("resource.id")}' does not match the name '${r.text(input)}'.`,
          ),
  };
}

const databaseShape = inside("databaseName");

const sqlDatabase = cosmos("SqlResourceSqlDatabase", "databaseAccounts/sqlDatabases", {
  ...databaseShape,
  outputs: { ...databaseShape.outputs, "resource.colls": "colls/", "resource.users": "users/" },
});

const containerShape = inside("containerName", [
  inAccount,
  { input: "databaseName", token: "azure-native:cosmosdb:SqlResourceSqlDatabase" },
]);

const container = cosmos("SqlResourceSqlContainer", "databaseAccounts/sqlDatabases/containers", {
  ...containerShape,
  forceNew: ["resource.id", "resource.partitionKey"],
  outputs: {
    ...containerShape.outputs,
    "resource.conflictResolutionPolicy": {
      conflictResolutionPath: "/_ts",
      conflictResolutionProcedure: "",
      mode: "LastWriterWins",
    },
    "resource.indexingPolicy": {
      automatic: true,
      excludedPaths: [{ path: '/"_etag"/?' }],
      includedPaths: [{ path: "/*" }],
      indexingMode: "consistent",
    },
    "resource.uniqueKeyPolicy": { uniqueKeys: [] },
  },
});

const roleAssignment = cosmos(
  "SqlResourceSqlRoleAssignment",
  "databaseAccounts/sqlRoleAssignments",
  {
    name: { input: "roleAssignmentId", chosen: "uuid" },
    parents: [inAccount],
    required: ["principalId", "roleDefinitionId"],
    forceNew: ["principalId", "scope"],
    outputs: { scope: (r) => r.id.split("/sqlRoleAssignments/")[0] ?? "" },
    admit: (r) => {
      const scope = r.text("scope", r.target("accountName")?.id ?? "");
      return scope.toLowerCase().startsWith((r.target("accountName")?.id ?? "").toLowerCase())
        ? undefined
        : invalid("BadRequest", `The scope '${scope}' does not lie in the account.`);
    },
  },
);

const mongoDatabase = cosmos(
  "MongoDBResourceMongoDBDatabase",
  "databaseAccounts/mongodbDatabases",
  inside("databaseName"),
);

const redis = cache("Redis", "redis", {
  name: { input: "name", charactersMax: 63, form: /^[a-zA-Z0-9](-?[a-zA-Z0-9])*$/ },
  location: "own",
  acts: true,
  ...hostName(
    "NameNotAvailable",
    "The requested cache name {value} is not available, the name is already in use.",
  ),
  outputs: {
    ...succeeded,
    disableAccessKeyAuthentication: false,
    enableNonSslPort: false,
    hostName: (r) => `${r.text("name")}.redis.cache.windows.net`,
    instances: [{ isMaster: true, isPrimary: true, sslPort: 15_000 }],
    linkedServers: [],
    minimumTlsVersion: "1.2",
    port: 6379,
    privateEndpointConnections: [],
    publicNetworkAccess: "Enabled",
    ...nested("redisConfiguration", { maxclients: "1000" }),
    redisVersion: "6.0",
    sslPort: 6380,
    updateChannel: "Stable",
  },
  references: [toLinked("subnetId", networkTokens.subnet)],
  admit: (r) => {
    const [family, name] = [r.text("sku.family"), r.text("sku.name")];
    const fits = (name === "Premium") === (family === "P");
    return fits && (r.given("subnetId") === undefined || name === "Premium")
      ? undefined
      : invalid(
          "InvalidRequestBody",
          `The value of the parameter 'properties.sku.family/properties.sku.name' is invalid: Premium goes with family P, and a subnet needs Premium.`,
        );
  },
});

const redisRule = cache("FirewallRule", "redis/firewallRules", {
  name: { input: "ruleName", charactersMax: 256, form: /^\w+$/ },
  parents: [{ input: "cacheName", token: "azure-native:redis:Redis" }],
  planned: { name: (r) => `${r.text("cacheName")}/${r.text("ruleName")}` },
  admit: (r) => refuseRange(r, "startIP", "endIP"),
});

/** The entries of Cosmos DB and Redis. */
export const cosmosTypes: readonly ArmEntry[] = [
  account,
  sqlDatabase,
  container,
  roleAssignment,
  mongoDatabase,
  redis,
  redisRule,
];
