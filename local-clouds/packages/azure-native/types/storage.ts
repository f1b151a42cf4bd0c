/** Storage accounts and blob containers (Storage resource provider REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { inGroup, invalid, succeeded, toResource } from "./common.ts";

const apiVersion = "2024-01-01";
const accountToken = "azure-native:storage:StorageAccount";
const containerToken = "azure-native:storage:BlobContainer";

const account = inGroup(accountToken, {
  armType: "Microsoft.Storage/storageAccounts",
  apiVersion,
  nameInput: "accountName",
  charactersMax: 24,
  located: true,
  plainName: true,
  entry: {
    check: (r) =>
      /^[a-z0-9]{3,24}$/.test(r.text("accountName"))
        ? []
        : [
            {
              property: "accountName",
              reason: `${r.text("accountName")} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
            },
          ],
    outputs: {
      ...succeeded,
      // Defaults of the service where the request is silent (recorded exchanges of the provider).
      accessTier: "Hot",
      minimumTlsVersion: "TLS1_0",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      creationTime: (r) => r.createdAt,
      keyCreationTime: (r) => ({ key1: r.createdAt, key2: r.createdAt }),
      primaryLocation: (r) => r.region,
      statusOfPrimary: "available",
      privateEndpointConnections: [],
      primaryEndpoints: endpoints,
    },
    references: [
      toResource(
        "identity.userAssignedIdentities[*]",
        "azure-native:managedidentity:UserAssignedIdentity",
      ),
    ],
    uniqueInWorld: true,
    admit: (r) => takenByOthers(r),
    inUse: { code: "StorageAccountInUse", says: "The storage account {id} is in use by {value}." },
  },
});

/** Account names are host names, so they are unique in all of Azure. */
function takenByOthers(r: Resource): ServiceError | undefined {
  if (r.before !== undefined) return undefined;
  const taken = r
    .all(accountToken)
    .some(({ properties }) => properties["name"] === r.text("accountName"));
  return taken
    ? invalid(
        "StorageAccountAlreadyTaken",
        `The storage account named ${r.text("accountName")} is already taken.`,
      )
    : undefined;
}

function endpoints(r: Resource): Record<string, string> {
  const at = (service: string) => `https://${r.text("accountName")}.${service}.core.windows.net/`;
  const services = ["blob", "dfs", "file", "queue", "table"];
  return Object.fromEntries(services.map((service) => [service, at(service)]));
}

/** Every account has one blob service, which nobody names. */
const blobService = { fixed: "default" };

const container = inGroup(containerToken, {
  armType: "Microsoft.Storage/storageAccounts/blobServices/containers",
  apiVersion,
  nameInput: "containerName",
  charactersMax: 63,
  parents: [{ input: "accountName", token: accountToken }, blobService],
  entry: {
    check: (r) =>
      /^(\$root|[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9])$/.test(r.text("containerName"))
        ? []
        : [
            {
              property: "containerName",
              reason: `'${r.text("containerName")}' is not a valid container name`,
            },
          ],
    outputs: {
      publicAccess: "None",
      defaultEncryptionScope: "$account-encryption-key",
      denyEncryptionScopeOverride: false,
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      leaseState: "Available",
      leaseStatus: "Unlocked",
      remainingRetentionDays: 0,
      lastModifiedTime: (r) => r.createdAt,
      etag: (r) => `"0x${r.hex("etag", 15).toUpperCase()}"`,
    },
    admit: (r) =>
      r.text("publicAccess", "None") !== "None" &&
      r.target("accountName")?.properties["allowBlobPublicAccess"] !== true
        ? invalid(
            "PublicAccessNotPermitted",
            "Public access is not permitted on this storage account.",
          )
        : undefined,
  },
});

const days = { min: 1, max: 146_000 };

const immutability = inGroup("azure-native:storage:BlobContainerImmutabilityPolicy", {
  armType: "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies",
  apiVersion,
  nameInput: "immutabilityPolicyName",
  onlyName: "default",
  parents: [
    { input: "accountName", token: accountToken },
    blobService,
    { input: "containerName", token: containerToken },
  ],
  entry: {
    check: (r) => {
      const period = r.number("immutabilityPeriodSinceCreationInDays", days.min);
      const property = "immutabilityPeriodSinceCreationInDays";
      return period >= days.min && period <= days.max
        ? []
        : [{ property, reason: `must be between ${days.min} and ${days.max}, got ${period}` }];
    },
    outputs: { state: "Unlocked", etag: (r) => `"${r.hex("etag", 15)}"` },
    admit: (r) =>
      r.flag("allowProtectedAppendWrites") && r.flag("allowProtectedAppendWritesAll")
        ? invalid(
            "InvalidPropertyValue",
            "allowProtectedAppendWrites and allowProtectedAppendWritesAll are mutually exclusive.",
          )
        : undefined,
  },
});

/** The entries of storage. */
export const storageTypes: readonly TypeEntry[] = [account, container, immutability];
