/** SQL servers and databases (SQL REST API). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { refuseRange } from "./address-range.ts";
import { type ArmEntry, type ArmShape, armArea, nested } from "./arm.ts";
import {
  hostName,
  invalid,
  member,
  refuseChange,
  systemData,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";
import { pairedRegion } from "./regions.ts";

const sql = armArea({ module: "sql", provider: "Microsoft.Sql", apiVersion: "2023-08-01" });

const serverToken = "azure-native:sql:Server";
const databaseToken = "azure-native:sql:Database";
const poolToken = "azure-native:sql:ElasticPool";
const inServer = { input: "serverName", token: serverToken };

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
  acts: true,
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
  references: [
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
  required: ["virtualNetworkSubnetId"],
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

/** A setting that every server (or database) has one of. */
function setting(
  name: string,
  kinds: string,
  only: string,
  input: string,
  more: Omit<ArmShape, "name"> = {},
): ArmEntry {
  return sql(name, kinds, { name: { input, only }, parents: [inServer], ...more });
}

const onOff = (r: Resource) => member(r, "state", ["Enabled", "Disabled"]);

const auditing: Omit<ArmShape, "name"> = {
  required: ["state"],
  check: onOff,
  hidden: ["storageAccountAccessKey"],
  outputs: {
    auditActionsAndGroups: [
      "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
      "FAILED_DATABASE_AUTHENTICATION_GROUP",
      "BATCH_COMPLETED_GROUP",
    ],
    isAzureMonitorTargetEnabled: false,
    isManagedIdentityInUse: false,
    isStorageSecondaryKeyInUse: false,
    retentionDays: 0,
    storageAccountSubscriptionId: "00000000-0000-0000-0000-000000000000",
  },
  admit: (r) =>
    r.text("state") === "Enabled" &&
    r.given("storageEndpoint") === undefined &&
    !r.flag("isAzureMonitorTargetEnabled")
      ? invalid(
          "BlobAuditingInvalidStorageAccountConfiguration",
          "An enabled auditing policy needs a storage endpoint or Azure Monitor as its target.",
        )
      : undefined,
};

const administrator = setting(
  "ServerAzureADAdministrator",
  "servers/administrators",
  "ActiveDirectory",
  "administratorName",
  {
    required: ["login", "sid"],
    defaults: { administratorType: "ActiveDirectory" },
    outputs: { azureADOnlyAuthentication: false, tenantId: (r) => r.tenant },
  },
);

const entraOnly = setting(
  "ServerAzureADOnlyAuthentication",
  "servers/azureADOnlyAuthentications",
  "Default",
  "authenticationName",
  {
    required: ["azureADOnlyAuthentication"],
    admit: (r) => {
      const owner = r.target("serverName");
      const admins = r.all("azure-native:sql:ServerAzureADAdministrator");
      const has =
        owner?.properties["administrators"] !== undefined ||
        admins.some(({ id }) => id.startsWith(`${owner?.id ?? ""}/`));
      return r.flag("azureADOnlyAuthentication") && !has
        ? invalid(
            "AADAdminNotConfigured",
            "Azure Active Directory only authentication cannot be enabled without an Azure Active Directory administrator.",
          )
        : undefined;
    },
  },
);

const encryption = sql("TransparentDataEncryption", "servers/databases/transparentDataEncryption", {
  name: { input: "tdeName", only: "current" },
  parents: [inServer, { input: "databaseName", token: databaseToken }],
  required: ["state"],
  check: onOff,
});

const serverKey = sql("ServerKey", "servers/keys", {
  name: { input: "keyName", charactersMax: 200 },
  parents: [inServer],
  required: ["serverKeyType"],
  forceNew: ["uri"],
  outputs: {
    creationDate: (r) => r.createdAt,
    kind: "azurekeyvault",
    thumbprint: (r) => r.hex("thumbprint", 40).toUpperCase(),
  },
});

/** The entries of SQL. */
export const sqlTypes: readonly ArmEntry[] = [
  server,
  database,
  pool,
  firewallRule,
  networkRule,
  serverKey,
  administrator,
  entraOnly,
  encryption,
  setting(
    "ServerBlobAuditingPolicy",
    "servers/auditingSettings",
    "default",
    "blobAuditingPolicyName",
    auditing,
  ),
  setting(
    "ExtendedServerBlobAuditingPolicy",
    "servers/extendedAuditingSettings",
    "default",
    "blobAuditingPolicyName",
    auditing,
  ),
  setting(
    "ServerSecurityAlertPolicy",
    "servers/securityAlertPolicies",
    "Default",
    "securityAlertPolicyName",
    {
      required: ["state"],
      check: onOff,
      hidden: ["storageAccountAccessKey"],
      outputs: {
        ...systemData,
        creationTime: (r) => r.createdAt,
        disabledAlerts: [""],
        emailAccountAdmins: false,
        emailAddresses: [""],
        retentionDays: 0,
      },
    },
  ),
  setting(
    "EncryptionProtector",
    "servers/encryptionProtector",
    "current",
    "encryptionProtectorName",
    {
      required: ["serverKeyType"],
      check: (r) => member(r, "serverKeyType", ["ServiceManaged", "AzureKeyVault"]),
      outputs: {
        kind: (r) =>
          r.text("serverKeyType") === "AzureKeyVault" ? "azurekeyvault" : "servicemanaged",
        location: (r) => r.target("serverName")?.properties["location"],
        serverKeyName: "ServiceManaged",
      },
    },
  ),
];
