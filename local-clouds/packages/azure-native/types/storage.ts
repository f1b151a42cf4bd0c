/** Storage accounts (Storage resource provider REST API). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, nested } from "./arm.ts";
import { hostName, invalid, member, refuseChange, succeeded, toLinked } from "./common.ts";
import { networkTokens } from "./network-area.ts";
import { pairedRegion } from "./regions.ts";

/** Makes an entry of Microsoft.Storage. */
export const storage = armArea({
  module: "storage",
  provider: "Microsoft.Storage",
  apiVersion: "2024-01-01",
});

/** Tokens of storage that others refer to. */
export const storageTokens = {
  account: "azure-native:storage:StorageAccount",
  container: "azure-native:storage:BlobContainer",
  queue: "azure-native:storage:Queue",
  table: "azure-native:storage:Table",
  share: "azure-native:storage:FileShare",
} as const;

const kinds = ["Storage", "StorageV2", "BlobStorage", "FileStorage", "BlockBlobStorage"];

const account = storage("StorageAccount", "storageAccounts", {
  name: { input: "accountName", charactersMin: 3, charactersMax: 24, form: /^[a-z0-9]+$/ },
  location: "own",
  acts: true,
  ...hostName("StorageAccountAlreadyTaken", "The storage account named {value} is already taken."),
  forceNew: ["isHnsEnabled"],
  check: (r) => member(r, "kind", kinds),
  outputs: {
    ...succeeded,
    // Defaults of the service where the request is silent (recorded exchanges of the provider).
    accessTier: (r) => (r.text("kind") === "Storage" ? undefined : "Hot"),
    minimumTlsVersion: "TLS1_0",
    enableHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    creationTime: (r) => r.createdAt,
    keyCreationTime: (r) => ({ key1: r.createdAt, key2: r.createdAt }),
    ...nested("encryption", { keySource: "Microsoft.Storage", services: encrypted }),
    ...nested("networkRuleSet", {
      bypass: "AzureServices",
      defaultAction: "Allow",
      ipRules: [],
      virtualNetworkRules: [],
    }),
    "sku.tier": (r) => r.text("sku.name").split("_")[0],
    primaryLocation: (r) => r.region,
    statusOfPrimary: "available",
    secondaryLocation: (r) => (isReplicated(r) ? pairedRegion(r.region) : undefined),
    statusOfSecondary: (r) => (isReplicated(r) ? "available" : undefined),
    privateEndpointConnections: [],
    primaryEndpoints: (r) => endpoints(r.text("accountName")),
    secondaryEndpoints: (r) =>
      r.text("sku.name").includes("RAG")
        ? endpoints(`${r.text("accountName")}-secondary`)
        : undefined,
    tags: {},
  },
  references: [
    toLinked(
      "networkRuleSet.virtualNetworkRules[*].virtualNetworkResourceId",
      networkTokens.subnet,
    ),
  ],
  admit: refuseAccount,
  inUse: { code: "StorageAccountInUse", says: "The storage account {id} is in use by {value}." },
});

/** Data is copied to the paired region ("Azure Storage redundancy"). */
function isReplicated(r: Resource): boolean {
  return /_(RA)?GZ?RS$/.test(r.text("sku.name"));
}

function encrypted(r: Resource): JsonObject {
  const service = { enabled: true, keyType: "Account", lastEnabledTime: r.createdAt };
  return { blob: service, file: service };
}

function endpoints(account: string): JsonObject {
  const at = (service: string) => `https://${account}.${service}.core.windows.net/`;
  const services = ["blob", "dfs", "file", "queue", "table"];
  const plain = services.map((service) => [service, at(service)] as const);
  return { ...Object.fromEntries(plain), web: at("z5.web") };
}

function refuseAccount(r: Resource): ServiceError | undefined {
  // An old account may become a StorageV2 ("Upgrade to a general-purpose v2 storage account").
  const upgraded = r.before?.["kind"] !== "StorageV2" && r.text("kind") === "StorageV2";
  const fixed = [...(upgraded ? [] : ["kind"]), "encryption.requireInfrastructureEncryption"];
  return refuseChange(r, fixed, (path) =>
    invalid(
      "PropertyImmutable",
      `The property '${path}' of storage account ${r.id} cannot be changed after creation.`,
    ),
  );
}

/** The entries of storage accounts. */
export const storageTypes: readonly ArmEntry[] = [account];
