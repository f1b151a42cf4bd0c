/** What lies in storage accounts: containers, shares, queues, tables, rules (Storage resource provider REST API). */

import { createHash } from "node:crypto";
import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, TypeEntry } from "../../../types/type.ts";
import { type ArmEntry, armArea, groupId } from "./arm.ts";
import { invalid, objectOf, systemData } from "./common.ts";
import type { NameRule } from "./names.ts";
import { storage, storageTokens } from "./storage.ts";

const inAccount = { input: "accountName", token: storageTokens.account };
const inContainer = { input: "containerName", token: storageTokens.container };
/** Every account has one of each service, which nobody names. */
const service = { fixed: "default" };

/** Types whose work the provider does itself, by the data plane. */
const data = armArea({ module: "storage", provider: "Microsoft.Storage" });

function labels(input: string): NameRule {
  return {
    input,
    charactersMin: 3,
    charactersMax: 63,
    form: /^(\$root|\$web|\$logs|[a-z0-9]+(-[a-z0-9]+)*)$/,
    refusal: {
      code: "InvalidResourceName",
      says: "The specified resource name contains invalid characters: {value}.",
    },
  };
}

const container = storage("BlobContainer", "storageAccounts/blobServices/containers", {
  name: labels("containerName"),
  parents: [inAccount, service],
  outputs: {
    publicAccess: "None",
    defaultEncryptionScope: "$account-encryption-key",
    deleted: false,
    denyEncryptionScopeOverride: false,
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    legalHold: { hasLegalHold: false, tags: [] },
    leaseState: "Available",
    leaseStatus: "Unlocked",
    remainingRetentionDays: 0,
    lastModifiedTime: (r) => r.createdAt,
    etag: (r) => `"0x${r.hex(r.content(), 15).toUpperCase()}"`,
  },
  admit: (r) =>
    r.text("publicAccess", "None") !== "None" &&
    r.target("accountName")?.properties["allowBlobPublicAccess"] !== true
      ? invalid(
          "PublicAccessNotPermitted",
          "Public access is not permitted on this storage account.",
        )
      : undefined,
});

/** The provider uploads the blob itself and shows all its inputs, but for the content. */
const blob = data("Blob", "storageAccounts/blobServices/containers/blobs", {
  name: { input: "blobName", charactersMax: 1024 },
  parents: [inAccount, service, inContainer],
  shows: ["resourceGroupName", "accountName", "containerName", "blobName"],
  forceNew: ["type"],
  hidden: ["source"],
  planned: { name: (r) => r.text("blobName") },
  outputs: {
    accessTier: "Hot",
    contentMd5: (r) => digestOf(r.given("source")),
    contentType: "application/octet-stream",
    metadata: {},
    type: "Block",
    url: (r) =>
      `https://${r.text("accountName")}.blob.core.windows.net/${r.text("containerName")}/${r.text("blobName")}`,
  },
});

/** The MD5 of a text; of a file that lies elsewhere, something as long that follows from what is known of it. */
function digestOf(source: Json | undefined): string | undefined {
  if (source === undefined) return undefined;
  const { text } = objectOf(source);
  const content = typeof text === "string" && text !== "" ? text : JSON.stringify(source);
  return createHash("md5").update(content).digest("base64");
}

const days = { min: 1, max: 146_000 };

const immutability = storage(
  "BlobContainerImmutabilityPolicy",
  "storageAccounts/blobServices/containers/immutabilityPolicies",
  {
    name: { input: "immutabilityPolicyName", only: "default" },
    parents: [inAccount, service, inContainer],
    check: (r) => {
      const property = "immutabilityPeriodSinceCreationInDays";
      const period = r.number(property, days.min);
      return period >= days.min && period <= days.max
        ? []
        : [{ property, reason: `must be between ${days.min} and ${days.max}, got ${period}` }];
    },
    outputs: { state: "Unlocked", etag: (r) => `"${r.hex(r.content(), 15)}"` },
    admit: (r) =>
      r.flag("allowProtectedAppendWrites") && r.flag("allowProtectedAppendWritesAll")
        ? invalid(
            "InvalidPropertyValue",
            "allowProtectedAppendWrites and allowProtectedAppendWritesAll are mutually exclusive.",
          )
        : undefined,
  },
);

const queue = storage("Queue", "storageAccounts/queueServices/queues", {
  name: labels("queueName"),
  parents: [inAccount, service],
  outputs: { approximateMessageCount: 0 },
});

const table = storage("Table", "storageAccounts/tableServices/tables", {
  name: {
    input: "tableName",
    charactersMin: 3,
    charactersMax: 63,
    form: /^[A-Za-z][A-Za-z0-9]{2,62}$/,
  },
  parents: [inAccount, service],
  shows: ["tableName"],
});

const quotaGb = { min: 1, max: 102_400, usual: 5120 };

const share = storage("FileShare", "storageAccounts/fileServices/shares", {
  name: labels("shareName"),
  parents: [inAccount, service],
  check: (r) => {
    const quota = r.number("shareQuota", quotaGb.usual);
    return quota >= quotaGb.min && quota <= quotaGb.max
      ? []
      : [
          {
            property: "shareQuota",
            reason: `must be between ${quotaGb.min} and ${quotaGb.max}, got ${quota}`,
          },
        ];
  },
  outputs: {
    accessTier: "TransactionOptimized",
    accessTierChangeTime: (r) => r.createdAt,
    deleted: false,
    enabledProtocols: "SMB",
    lastModifiedTime: (r) => r.createdAt,
    leaseState: "available",
    leaseStatus: "unlocked",
    remainingRetentionDays: 0,
    shareQuota: quotaGb.usual,
    etag: (r) => `"0x${r.hex(r.content(), 15).toUpperCase()}"`,
  },
});

const management = storage("ManagementPolicy", "storageAccounts/managementPolicies", {
  name: { input: "managementPolicyName", only: "default" },
  parents: [inAccount],
  outputs: { lastModifiedTime: (r) => r.createdAt },
  admit: (r) => {
    const names = r.every("policy.rules[*].name");
    return new Set(names).size === names.length
      ? undefined
      : invalid("InvalidRuleNames", "Rule names of a management policy must be unique.");
  },
});

/** A service's settings: they exist with the account; writing them changes them. */
function settings(
  name: string,
  kind: string,
  input: string,
  outputs: Readonly<Record<string, Computed>> = {},
): ArmEntry {
  const place = { name: { input, only: "default" }, parents: [inAccount] };
  return storage(name, `storageAccounts/${kind}`, { ...place, outputs });
}

const accountSku = { sku: (r: Resource) => r.target("accountName")?.properties["sku"] };

/** A switch of the account that the provider keeps as a resource of its own, without name and type. */
const staticWebsite: TypeEntry = {
  token: "azure-native:storage:StorageAccountStaticWebsite",
  forceNew: ["resourceGroupName", "accountName"],
  id: (r) => `${accountId(r, r.text("accountName"))}/staticWebsite`,
  outputs: { containerName: "$web" },
  references: [
    {
      at: "accountName",
      to: storageTokens.account,
      key: accountId,
      cascades: true,
      missing: { code: "ResourceNotFound", says: "The storage account '{value}' was not found." },
    },
  ],
  // "Enabling static website hosting creates a container named $web" (Static website hosting).
  companions: (r) => [
    {
      token: storageTokens.container,
      id: `${accountId(r, r.text("accountName"))}/blobServices/default/containers/$web`,
      properties: {
        name: "$web",
        publicAccess: "None",
        type: "Microsoft.Storage/storageAccounts/blobServices/containers",
      },
    },
  ],
};

function accountId(r: Resource, account: string): string {
  const group = groupId(r.account, r.text("resourceGroupName"));
  return `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
}

const localUser = storage("LocalUser", "storageAccounts/localUsers", {
  name: { input: "username", charactersMin: 3, charactersMax: 64 },
  parents: [inAccount],
  outputs: {
    ...systemData,
    hasSharedKey: false,
    hasSshKey: (r) => r.list("sshAuthorizedKeys").length > 0,
    hasSshPassword: false,
    sid: (r) => `S-1-2-0-${r.digits("a", 9)}-${r.digits("b", 10)}-${r.digits("c", 10)}-1001`,
    userId: 1001,
  },
  admit: (r) =>
    r.target("accountName")?.properties["isLocalUserEnabled"] === false
      ? invalid("LocalUserNotEnabled", "Local users are not enabled on this storage account.")
      : undefined,
});

const encryptionScope = storage("EncryptionScope", "storageAccounts/encryptionScopes", {
  name: { input: "encryptionScopeName", charactersMin: 3, charactersMax: 63 },
  parents: [inAccount],
  outputs: {
    creationTime: (r) => r.createdAt,
    lastModifiedTime: (r) => r.createdAt,
    source: "Microsoft.Storage",
    state: "Enabled",
  },
});

/** The entries of what lies in storage accounts. */
export const storageServiceTypes: readonly TypeEntry[] = [
  container,
  blob,
  immutability,
  queue,
  table,
  share,
  management,
  settings("BlobServiceProperties", "blobServices", "blobServicesName", accountSku),
  settings("FileServiceProperties", "fileServices", "fileServicesName", accountSku),
  settings("QueueServiceProperties", "queueServices", "queueServiceName"),
  settings("TableServiceProperties", "tableServices", "tableServiceName"),
  staticWebsite,
  localUser,
  encryptionScope,
];
