/** Settings of SQL servers and databases, of which each has one (SQL REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ArmEntry, ArmShape } from "./arm.ts";
import { invalid, member, systemData } from "./common.ts";
import { databaseToken, inServer, sql } from "./sql.ts";

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
  check: onOff,
});

const serverKey = sql("ServerKey", "servers/keys", {
  name: { input: "keyName", charactersMax: 200 },
  parents: [inServer],
  forceNew: ["uri"],
  outputs: {
    creationDate: (r) => r.createdAt,
    kind: "azurekeyvault",
    thumbprint: (r) => r.hex("thumbprint", 40).toUpperCase(),
  },
});

/** The entries of settings. */
export const sqlSettingTypes: readonly ArmEntry[] = [
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
