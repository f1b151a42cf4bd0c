/** Flexible servers of PostgreSQL and MySQL (their REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseRange } from "./address-range.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { hostName, invalid, refuseChange, systemData, toLinked, toResource } from "./common.ts";
import { networkTokens } from "./network-area.ts";

interface Engine {
  readonly module: "dbforpostgresql" | "dbformysql";
  readonly provider: string;
  readonly domain: string;
  readonly versions: readonly string[];
  readonly apiVersions: { readonly server: string; readonly rest: string };
  /** The inputs that the two services call differently. */
  readonly inputs: { readonly restoreTime: string; readonly dnsZone: string };
  readonly charset: string;
  readonly collation: string;
}

const postgresql: Engine = {
  module: "dbforpostgresql",
  provider: "Microsoft.DBforPostgreSQL",
  domain: "postgres.database.azure.com",
  versions: ["11", "12", "13", "14", "15", "16", "17", "18"],
  apiVersions: { server: "2025-08-01", rest: "2025-08-01" },
  inputs: { restoreTime: "pointInTimeUTC", dnsZone: "network.privateDnsZoneArmResourceId" },
  charset: "UTF8",
  collation: "en_US.utf8",
};

const mysql: Engine = {
  module: "dbformysql",
  provider: "Microsoft.DBforMySQL",
  domain: "mysql.database.azure.com",
  versions: ["5.7", "8.0.21", "8.4"],
  apiVersions: { server: "2024-02-01-preview", rest: "2023-12-30" },
  inputs: { restoreTime: "restorePointInTime", dnsZone: "network.privateDnsZoneResourceId" },
  charset: "utf8mb4",
  collation: "utf8mb4_0900_ai_ci",
};

const reserved = [
  "azure_superuser",
  "azure_pg_admin",
  "admin",
  "administrator",
  "root",
  "guest",
  "public",
];

function serverOf(engine: Engine): ArmEntry {
  const area = armArea({
    ...engine,
    apiVersion: engine.apiVersions.server,
    outputs: { ...systemData },
  });
  return area("Server", "flexibleServers", {
    name: {
      input: "serverName",
      charactersMin: 3,
      charactersMax: 63,
      form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    },
    location: "own",
    acts: true,
    ...hostName("ServerNameAlreadyExists", "Specified server name '{value}' is already used."),
    forceNew: ["administratorLogin", "sourceServerResourceId", engine.inputs.restoreTime],
    hidden: ["administratorLoginPassword", "createMode", engine.inputs.restoreTime],
    outputs: {
      fullyQualifiedDomainName: (r) => `${r.text("serverName")}.${engine.domain}`,
      ...nested("backup", { backupRetentionDays: 7, geoRedundantBackup: "Disabled" }),
      ...nested("highAvailability", { mode: "Disabled", state: "NotEnabled" }),
      ...nested("network", {
        publicNetworkAccess: (r) =>
          r.given("network.delegatedSubnetResourceId") === undefined ? "Enabled" : "Disabled",
      }),
      ...nested("storage", { autoGrow: "Disabled", storageSizeGB: 32 }),
      privateEndpointConnections: [],
      replicaCapacity: 5,
      replicationRole: (r) => (isReplica(r) ? "AsyncReplica" : "Primary"),
      state: "Ready",
    },
    references: [
      { ...toResource("network.delegatedSubnetResourceId", networkTokens.subnet), within: "world" },
      toLinked(engine.inputs.dnsZone, "azure-native:privatedns:PrivateZone"),
      {
        ...toLinked("sourceServerResourceId", `azure-native:${engine.module}:Server`),
        holds: true,
      },
    ],
    admit: (r) => refuseServer(engine, r),
    inUse: {
      code: "ServerHasReplicas",
      says: "The server {id} cannot be deleted while it has replicas: {value}.",
    },
  });
}

function isReplica(r: Resource): boolean {
  return r.text("createMode", "Default") === "Replica";
}

function refuseServer(engine: Engine, r: Resource): ServiceError | undefined {
  const version = r.given("version");
  if (version !== undefined && !engine.versions.includes(String(version))) {
    return invalid(
      "ParameterOutOfRange",
      `The value of parameter 'version' is invalid: '${String(version)}'. Allowed: ${engine.versions.join(", ")}.`,
    );
  }
  return (
    refuseLogin(r) ??
    refuseSubnet(engine, r) ??
    refuseChange(r, ["network.delegatedSubnetResourceId"], () =>
      invalid(
        "NetworkConfigurationCannotBeChanged",
        "The network of a server cannot change between private and public access after creation.",
      ),
    )
  );
}

function refuseLogin(r: Resource): ServiceError | undefined {
  if (r.text("createMode", "Default") !== "Default" && r.text("createMode", "Default") !== "Create")
    return undefined;
  if (r.text("authConfig.passwordAuth", "Enabled") === "Disabled") return undefined;
  const login = r.given("administratorLogin");
  if (
    login === undefined ||
    (r.before === undefined && r.given("administratorLoginPassword") === undefined)
  ) {
    return invalid(
      "MissingRequiredParameter",
      "The properties 'administratorLogin' and 'administratorLoginPassword' are required.",
    );
  }
  return reserved.includes(String(login).toLowerCase()) || String(login).startsWith("pg_")
    ? invalid("InvalidParameterValue", `The login name '${String(login)}' is reserved.`)
    : undefined;
}

/** A private server needs a subnet that is delegated to its service. */
function refuseSubnet(engine: Engine, r: Resource): ServiceError | undefined {
  const subnet = r.target("network.delegatedSubnetResourceId");
  if (subnet === undefined) return undefined;
  const wanted = `${engine.provider}/flexibleServers`;
  const listed = subnet.properties["delegations"];
  const given = (Array.isArray(listed) ? listed : []) as readonly { serviceName?: string }[];
  return given.some(({ serviceName }) => serviceName?.toLowerCase() === wanted.toLowerCase())
    ? undefined
    : invalid("SubnetNotDelegated", `The subnet ${subnet.id} must be delegated to ${wanted}.`);
}

function childrenOfServer(engine: Engine): ArmEntry[] {
  const area = armArea({
    ...engine,
    apiVersion: engine.apiVersions.rest,
    outputs: { ...systemData },
  });
  const parents = [{ input: "serverName", token: `azure-native:${engine.module}:Server` }];
  return [
    area("Database", "flexibleServers/databases", {
      name: { input: "databaseName", charactersMax: 63 },
      parents,
      forceNew: ["charset", "collation"],
      outputs: { charset: engine.charset, collation: engine.collation },
    }),
    area("FirewallRule", "flexibleServers/firewallRules", {
      name: {
        input: "firewallRuleName",
        charactersMax: 128,
        form: /^[a-zA-Z0-9][-_.a-zA-Z0-9]{0,126}[_a-zA-Z0-9]$/,
      },
      parents,
      admit: (r) => refuseRange(r, "startIpAddress", "endIpAddress"),
    }),
    area("Configuration", "flexibleServers/configurations", {
      name: { input: "configurationName" },
      parents,
      outputs: {
        source: "user-override",
        isConfigPendingRestart: engine.module === "dbformysql" ? "False" : false,
      },
    }),
  ];
}

const administrators = armArea({
  module: "dbforpostgresql",
  provider: "Microsoft.DBforPostgreSQL",
  apiVersion: "2025-01-01-preview",
  outputs: { ...systemData },
});

const administrator = administrators("Administrator", "flexibleServers/administrators", {
  name: { input: "objectId", form: /^[0-9a-f-]{36}$/i },
  parents: [{ input: "serverName", token: "azure-native:dbforpostgresql:Server" }],
  shows: ["objectId"],
  forceNew: ["principalName", "principalType", "tenantId"],
  outputs: { tenantId: (r) => r.tenant },
});

/** The entries of PostgreSQL and MySQL. */
export const databaseTypes: readonly ArmEntry[] = [
  serverOf(postgresql),
  ...childrenOfServer(postgresql),
  administrator,
  serverOf(mysql),
  ...childrenOfServer(mysql),
];
