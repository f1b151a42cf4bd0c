/** Key vaults, keys and secrets (Key Vault management REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { type ArmEntry, armArea, groupId } from "./arm.ts";
import { hostName, invalid, member, objectOf, systemData, toLinked } from "./common.ts";
import { networkTokens } from "./network-area.ts";

const keyVault = armArea({
  module: "keyvault",
  provider: "Microsoft.KeyVault",
  apiVersion: "2024-11-01",
});

const vaultToken = "azure-native:keyvault:Vault";
const inVault = { input: "vaultName", token: vaultToken };

const retentionDays = { min: 7, max: 90 };

const vault = keyVault("Vault", "vaults", {
  name: { input: "vaultName", charactersMin: 3, charactersMax: 24, form: /^[a-zA-Z0-9-]{3,24}$/ },
  location: "own",
  ...hostName(
    "VaultAlreadyExists",
    "The vault name '{value}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state.",
  ),
  check: (r) => member(r, "properties.sku.name", ["standard", "premium"]),
  outputs: {
    "properties.vaultUri": (r) => `https://${r.text("vaultName").toLowerCase()}.vault.azure.net/`,
    "properties.provisioningState": "Succeeded",
    "properties.accessPolicies": [],
    "properties.enableSoftDelete": true,
    "properties.enabledForDeployment": false,
    "properties.publicNetworkAccess": "Enabled",
    ...systemData,
    tags: {},
  },
  references: [toLinked("properties.networkAcls.virtualNetworkRules[*].id", networkTokens.subnet)],
  admit: refuseVault,
  lingers: {
    name: (r) => r.text("vaultName").toLowerCase(),
    days: (r) => r.number("properties.softDeleteRetentionInDays", retentionDays.max),
    taken: invalid(
      "ConflictError",
      "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
    ),
    inWorld: true,
  },
  inUse: { code: "VaultInUse", says: "The vault {id} is in use by {value}." },
});

function refuseVault(r: Resource): ServiceError | undefined {
  const name = r.text("vaultName");
  if (!/^[a-zA-Z](?!.*--).*[a-zA-Z0-9]$/.test(name)) {
    return invalid(
      "VaultNameNotValid",
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.`,
    );
  }
  const days = r.number("properties.softDeleteRetentionInDays", retentionDays.max);
  if (days < retentionDays.min || days > retentionDays.max) {
    return invalid(
      "BadRequest",
      `The property "softDeleteRetentionInDays" must be between ${retentionDays.min} and ${retentionDays.max}.`,
    );
  }
  return refuseUndone(r);
}

/** Once on, purge protection and soft deletion cannot be taken off (Key Vault soft-delete overview). */
function refuseUndone(r: Resource): ServiceError | undefined {
  if (r.given("properties.enableSoftDelete") === false) {
    return invalid(
      "BadRequest",
      'The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the soft delete for a vault is an irreversible action.',
    );
  }
  const before = objectOf(r.before?.["properties"])["enablePurgeProtection"];
  return before === true && !r.flag("properties.enablePurgeProtection")
    ? invalid(
        "BadRequest",
        'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
      )
    : undefined;
}

/** Seconds since 1970, as the vault tells time. */
function seconds(r: Resource): number {
  return Math.floor(Date.parse(r.createdAt) / 1000);
}

function uri(r: Resource, kind: string, name: string): string {
  return `https://${r.text("vaultName").toLowerCase()}.vault.azure.net/${kind}/${name}`;
}

const key = keyVault("Key", "vaults/keys", {
  name: { input: "keyName", charactersMax: 127, form: /^[a-zA-Z0-9-]{1,127}$/ },
  parents: [inVault],
  forceNew: ["properties.kty", "properties.keySize", "properties.curveName"],
  check: (r) => member(r, "properties.kty", ["EC", "EC-HSM", "RSA", "RSA-HSM"]),
  hidden: ["properties"],
  outputs: {
    attributes: (r) => ({
      created: seconds(r),
      updated: seconds(r),
      enabled: true,
      exportable: false,
      recoveryLevel: "Recoverable+Purgeable",
      ...r.object("properties.attributes"),
    }),
    kty: (r) => r.text("properties.kty", "RSA"),
    keySize: (r) => (isCurve(r) ? undefined : r.number("properties.keySize", 2048)),
    curveName: (r) => (isCurve(r) ? r.text("properties.curveName", "P-256") : undefined),
    keyOps: (r) => r.given("properties.keyOps") ?? usualOperations(r),
    rotationPolicy: (r) => r.given("properties.rotationPolicy") ?? usualRotation,
    keyUri: (r) => uri(r, "keys", r.text("keyName")),
    keyUriWithVersion: (r) => `${uri(r, "keys", r.text("keyName"))}/${r.hex("version", 32)}`,
    location: (r) => r.target("vaultName")?.properties["location"],
  },
});

function isCurve(r: Resource): boolean {
  return r.text("properties.kty", "RSA").startsWith("EC");
}

function usualOperations(r: Resource): string[] {
  return isCurve(r)
    ? ["sign", "verify"]
    : ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"];
}

const usualRotation: JsonObject = {
  lifetimeActions: [{ action: { type: "Notify" }, trigger: { timeBeforeExpiry: "P30D" } }],
};

const secret = keyVault("Secret", "vaults/secrets", {
  name: { input: "secretName", charactersMax: 127, form: /^[a-zA-Z0-9-]{1,127}$/ },
  parents: [inVault],
  hidden: ["properties.value"],
  outputs: {
    "properties.attributes": () => ({}),
    "properties.attributes.created": seconds,
    "properties.attributes.enabled": true,
    "properties.attributes.updated": seconds,
    "properties.secretUri": (r) => uri(r, "secrets", r.text("secretName")),
    "properties.secretUriWithVersion": (r) =>
      `${uri(r, "secrets", r.text("secretName"))}/${r.hex("version", 32)}`,
    location: (r) => r.target("vaultName")?.properties["location"],
  },
});

/** One party's permissions in a vault: the provider adds them to and takes them from the vault's list. */
const accessPolicy: TypeEntry = {
  token: "azure-native:keyvault:AccessPolicy",
  forceNew: ["resourceGroupName", "vaultName", "policy.objectId", "policy.applicationId"],
  id: (r) => `${vaultId(r, r.text("vaultName"))}/accessPolicy/${r.text("policy.objectId")}`,
  references: [
    {
      at: "vaultName",
      to: vaultToken,
      key: vaultId,
      cascades: true,
      missing: {
        code: "ResourceNotFound",
        says: "The Resource 'Microsoft.KeyVault/vaults/{value}' was not found.",
      },
    },
  ],
  admit: (r) => {
    const own = r.text("policy.objectId");
    const listed = objectOf(r.target("vaultName")?.properties["properties"])["accessPolicies"];
    const clash =
      Array.isArray(listed) && listed.some((one) => objectOf(one as Json)["objectId"] === own);
    return r.before === undefined && clash
      ? invalid("409", `an access policy for ${own} exists already in the vault`)
      : undefined;
  },
};

function vaultId(r: Resource, vault: string): string {
  const group = groupId(r.account, r.text("resourceGroupName"));
  return `${group}/providers/Microsoft.KeyVault/vaults/${vault}`;
}

/** The entries of key vaults. */
export const keyVaultTypes: readonly (ArmEntry | TypeEntry)[] = [vault, key, secret, accessPolicy];
