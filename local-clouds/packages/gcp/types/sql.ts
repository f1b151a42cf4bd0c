/** Cloud SQL (SQL Admin API v1beta4). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  lastPart,
  notFound,
  outsideAddress,
  toCryptoKey,
  toNetwork,
  within,
} from "./common.ts";
import { ofProvider } from "./protection.ts";
import { shaped } from "./shaped.ts";

const sqlToken = "gcp:sql/databaseInstance:DatabaseInstance";

/** A deleted instance keeps its name for a week ("Delete instances"). */
const nameDays = 7;

const sqlInstance: TypeEntry = shaped({
  token: sqlToken,
  form: "{name}",
  lingers: {
    name: (r) => r.text("name"),
    days: () => nameDays,
    taken: {
      code: "409",
      says: "The Cloud SQL instance already exists. When you delete an instance, you can't reuse the name of the deleted instance until one week from the deletion date., instanceAlreadyExists",
    },
  },
  // The second is the service's own: it stands in the settings, and other tools meet it too.
  keep: (r) =>
    r.flag("deletionProtection")
      ? ofProvider(
          "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion",
        )
      : r.flag("settings.deletionProtectionEnabled")
        ? badRequest(
            "The instance is protected. Please disable the deletion protection and try again",
          )
        : undefined,
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
        String(properties["network"]).endsWith(`/${lastPart(network.id)}`) ||
        properties["network"] === lastPart(network.id),
    );
  return connected
    ? undefined
    : badRequest(
        `Invalid request: Failed to create subnetwork. Please create Service Networking connection with service 'servicenetworking.googleapis.com' from consumer project '${r.account}' network '${lastPart(network.id)}' again.`,
      );
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

/** The entries of Cloud SQL. */
export const sqlTypes: readonly TypeEntry[] = [sqlInstance, sqlDatabase, sqlUser];
