/** SQL servers and databases (SQL REST API). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseRange } from "./address-range.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { hostName, invalid, member, refuseChange, toLinked, toResource } from "./common.ts";
import { networkTokens } from "./network-area.ts";
import { pairedRegion } from "./regions.ts";
import { identityReference, shownIdentity } from "./resource-identity.ts";

/** Makes an entry of Microsoft.Sql. */
export const sql = armArea({ module: "sql", provider: "Microsoft.Sql", apiVersion: "2023-08-01" });

const serverToken = "azure-native:sql:Server";
/** A database's token. */
export const databaseToken = "azure-native:sql:Database";
const poolToken = "azure-native:sql:ElasticPool";
/** Where all of SQL lies. */
export const inServer = { input: "serverName", token: serverToken };

const server = sql("Server", "servers", {
  name: {
    input: "serverName",
    charactersMax: 63,
    form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    refusal: {
      code: "InvalidResourceName",
      says: "Invalid value given for parameter ServerName. Specify a valid parameter value: '{value}'.",
    },
  },
  location: "own",
  acts: true,
  ...hostName(
    "NameAlreadyExists",
    "The name '{value}.database.windows.net' already exists. Choose a different name.",
  ),
  hidden: ["administratorLoginPassword"],
  outputs: {
    externalGovernanceStatus: "Disabled",
    fullyQualifiedDomainName: (r) => `${r.text("serverName")}.database.windows.net`,
    kind: "v12.0",
    minimalTlsVersion: "None",
    privateEndpointConnections: [],
    publicNetworkAccess: "Enabled",
    restrictOutboundNetworkAccess: "Disabled",
    state: "Ready",
    version: "12.0",
  },
  references: [
    toLinked("primaryUserAssignedIdentityId", "azure-native:managedidentity:UserAssignedIdentity"),
  ],
  admit: refuseServer,
});

/** "Password policy": 8 to 128 characters of three kinds, without the login's name. */
function isComplex(secret: string, login: string): boolean {
  const kinds = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(secret)).length;
  const named = login.length > 2 && secret.toLowerCase().includes(login.toLowerCase());
  return secret.length >= 8 && secret.length <= 128 && kinds >= 3 && !named;
}

function refuseServer(r: Resource): ServiceError | undefined {
  const entraOnly = r.flag("administrators.azureADOnlyAuthentication");
  const login = r.given("administratorLogin");
  if (r.before === undefined && !entraOnly) {
    if (login === undefined || r.given("administratorLoginPassword") === undefined) {
      return invalid(
        "InvalidParameterValue",
        "Invalid value given for parameter Login. Specify a valid parameter value.",
      );
    }
    if (
      [
        "admin",
        "administrator",
        "sa",
        "root",
        "dbmanager",
        "loginmanager",
        "guest",
        "public",
      ].includes(String(login).toLowerCase())
    ) {
      return invalid(
        "InvalidParameterValue",
        `'${String(login)}' is not a valid login name: the name is reserved.`,
      );
    }
  }
  const secret = r.text("administratorLoginPassword", "");
  if (secret !== "" && !isComplex(secret, String(login))) {
    return invalid(
      "PasswordNotComplex",
      "Password validation failed. The password does not meet policy requirements because it is not complex enough.",
    );
  }
  return refuseChange(r, ["administratorLogin"], () =>
    invalid(
      "AdministratorLoginNameCannotBeChanged",
      "The administrator login name cannot be changed.",
    ),
  );
}

const bytesPerGb = 1_073_741_824;

const database = sql("Database", "servers/databases", {
  name: { input: "databaseName", charactersMax: 128, form: /^[^<>*%&:\\/?]*[^<>*%&:\\/?. ]$/ },
  parents: [inServer],
  location: "own",
  check: (r) =>
    member(r, "createMode", [
      "Default",
      "Copy",
      "Secondary",
      "PointInTimeRestore",
      "Restore",
      "Recovery",
      "RestoreExternalBackup",
      "RestoreExternalBackupSecondary",
      "RestoreLongTermRetentionBackup",
      "OnlineSecondary",
    ]),
  hidden: ["createMode", "sampleName"],
  outputs: {
    catalogCollation: "SQL_Latin1_General_CP1_CI_AS",
    collation: "SQL_Latin1_General_CP1_CI_AS",
    creationDate: (r) => r.createdAt,
    currentBackupStorageRedundancy: (r) => r.text("requestedBackupStorageRedundancy", "Geo"),
    requestedBackupStorageRedundancy: "Geo",
    ...nested("sku", { name: "GP_Gen5_2", tier: "GeneralPurpose", capacity: capacityOf }),
    currentSku: (r) => ({
      name: r.text("sku.name", "GP_Gen5"),
      tier: r.text("sku.tier", tierOf(r)),
      capacity: r.number("sku.capacity", capacityOf(r)),
    }),
    currentServiceObjectiveName: objectiveOf,
    requestedServiceObjectiveName: objectiveOf,
    databaseId: (r) => r.uuid("database"),
    defaultSecondaryLocation: (r) => pairedRegion(r.region),
    isInfraEncryptionEnabled: false,
    isLedgerOn: false,
    kind: (r) => `v12.0,user${r.text("sku.name", "GP_Gen5_2").startsWith("GP") ? ",vcore" : ""}`,
    maintenanceConfigurationId: (r) =>
      `/subscriptions/${r.account}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default`,
    maxSizeBytes: (r) => (tierOf(r) === "Basic" ? 2 : 250) * bytesPerGb,
    readScale: "Disabled",
    status: "Online",
    zoneRedundant: false,
  },
  // A database has no identity of its own, only those that users assign.
  normalised: { identity: shownIdentity },
  references: [
    identityReference,
    { ...toLinked("elasticPoolId", poolToken), holds: true },
    toLinked("sourceDatabaseId", databaseToken),
  ],
  admit: (r) =>
    refuseChange(r, ["collation"], () =>
      invalid("PropertyChangeUnsupported", `The collation of database ${r.id} cannot be changed.`),
    ),
});

function tierOf(r: Resource): string {
  const name = r.text("sku.name", "GP_Gen5_2");
  if (name.startsWith("GP")) return "GeneralPurpose";
  if (name.startsWith("BC")) return "BusinessCritical";
  if (name.startsWith("HS")) return "Hyperscale";
  return /^P\d/.test(name) ? "Premium" : /^S\d/.test(name) ? "Standard" : name;
}

function capacityOf(r: Resource): number {
  const name = r.text("sku.name", "GP_Gen5_2");
  const units: Readonly<Record<string, number>> = {
    Basic: 5,
    Standard: 10,
    S0: 10,
    S1: 20,
    S2: 50,
    S3: 100,
    P1: 125,
  };
  return units[name] ?? (Number(name.split("_").at(-1)) || 2);
}

function objectiveOf(r: Resource): string {
  const name = r.text("sku.name", "GP_Gen5_2");
  return name === "Standard" ? "S0" : name;
}

const pool = sql("ElasticPool", "servers/elasticPools", {
  name: { input: "elasticPoolName", charactersMax: 128 },
  parents: [inServer],
  location: "own",
  outputs: {
    creationDate: (r) => r.createdAt,
    kind: "vcore,pool",
    maxSizeBytes: 32 * bytesPerGb,
    ...nested("perDatabaseSettings", { minCapacity: 0, maxCapacity: 2 }),
    state: "Ready",
    zoneRedundant: false,
  },
  inUse: {
    code: "ElasticPoolNotEmpty",
    says: "The elastic pool '{leaf}' is not empty: {value}.",
  },
});

const firewallRule = sql("FirewallRule", "servers/firewallRules", {
  name: { input: "firewallRuleName", charactersMax: 128 },
  parents: [inServer],
  hidden: ["name"],
  admit: (r) => refuseRange(r, "startIpAddress", "endIpAddress"),
});

const networkRule = sql("VirtualNetworkRule", "servers/virtualNetworkRules", {
  name: { input: "virtualNetworkRuleName", charactersMax: 128 },
  parents: [inServer],
  outputs: { ignoreMissingVnetServiceEndpoint: false, state: "Ready" },
  references: [{ ...toResource("virtualNetworkSubnetId", networkTokens.subnet), within: "world" }],
  admit: refuseWithoutEndpoint,
});

/** The subnet must send to SQL by a service endpoint first ("Use virtual network service endpoints"). */
function refuseWithoutEndpoint(r: Resource): ServiceError | undefined {
  const subnet = r.target("virtualNetworkSubnetId");
  const listed = subnet?.properties["serviceEndpoints"];
  const endpoints = (Array.isArray(listed) ? listed : []) as readonly { service?: Json }[];
  return r.flag("ignoreMissingVnetServiceEndpoint") ||
    endpoints.some(({ service }) => service === "Microsoft.Sql")
    ? undefined
    : invalid(
        "VirtualNetworkRuleBadRequest",
        `Azure SQL Server Virtual Network Rule encountered an user error: Cannot proceed with operation because subnets ${subnet?.id ?? ""} of the virtual network are not configured for the service endpoint Microsoft.Sql.`,
      );
}

/** The entries of SQL. */
export const sqlTypes: readonly ArmEntry[] = [server, database, pool, firewallRule, networkRule];
