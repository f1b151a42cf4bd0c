/** Key vaults and keys (Key Vault management REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { inGroup, systemData } from "./common.ts";

const apiVersion = "2024-11-01";
const vaultToken = "azure-native:keyvault:Vault";

const vault = inGroup(vaultToken, {
  armType: "Microsoft.KeyVault/vaults",
  apiVersion,
  nameInput: "vaultName",
  charactersMax: 24,
  located: true,
  entry: {
    check: (r) =>
      /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(r.text("vaultName"))
        ? []
        : [
            {
              property: "vaultName",
              reason: `The vault name '${r.text("vaultName")}' is invalid. A vault's name must be between 3-24 alphanumeric characters, begin with a letter, end with a letter or digit and hold no consecutive hyphens.`,
            },
          ],
    outputs: {
      "properties.vaultUri": (r) => `https://${r.text("vaultName").toLowerCase()}.vault.azure.net/`,
      "properties.provisioningState": "Succeeded",
      "properties.enableSoftDelete": true,
      "properties.softDeleteRetentionInDays": 90,
      "properties.publicNetworkAccess": "Enabled",
      systemData: (r) => systemData(r),
    },
    // Once on, purge protection cannot be taken off (Key Vault soft-delete overview).
    admit: (r) =>
      flag(r.before?.["properties"], "enablePurgeProtection") &&
      !r.flag("properties.enablePurgeProtection")
        ? {
            code: "BadRequest",
            says: 'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
          }
        : undefined,
    uniqueInWorld: true,
    inUse: { code: "VaultInUse", says: "The vault {id} is in use by {value}." },
  },
});

function flag(value: Json | undefined, key: string): boolean {
  return typeof value === "object" && value !== null && (value as JsonObject)[key] === true;
}

const key = inGroup("azure-native:keyvault:Key", {
  armType: "Microsoft.KeyVault/vaults/keys",
  apiVersion,
  nameInput: "keyName",
  charactersMax: 127,
  parents: [{ input: "vaultName", token: vaultToken }],
  entry: {
    forceNew: ["properties.kty", "properties.keySize", "properties.curveName"],
    hidden: ["properties"],
    outputs: {
      attributes: (r) => ({
        created: Math.floor(Date.parse(r.createdAt) / 1000),
        updated: Math.floor(Date.parse(r.createdAt) / 1000),
        enabled: true,
        exportable: false,
        recoveryLevel: "Recoverable+Purgeable",
      }),
      kty: (r) => r.text("properties.kty", "RSA"),
      keySize: (r) => r.given("properties.keySize"),
      keyOps: (r) => r.given("properties.keyOps"),
      rotationPolicy: (r) => r.given("properties.rotationPolicy"),
      keyUri,
      keyUriWithVersion: (r) => `${keyUri(r)}/${r.hex("version", 32)}`,
      location: (r) => r.target("vaultName")?.properties["location"],
    },
  },
});

function keyUri(r: Resource): string {
  return `https://${r.text("vaultName").toLowerCase()}.vault.azure.net/keys/${r.text("keyName")}`;
}

/** The entries of key vaults. */
export const keyVaultTypes: readonly TypeEntry[] = [vault, key];
