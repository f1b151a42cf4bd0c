/** A store in which logs can be appended and read, but neither changed nor deleted: Azure. */
import { createHash } from "node:crypto";
import type { AzureAccount } from "../../../model/base/accounts.ts";
import { azureRoleIds } from "../../../model/identity/intent.ts";
import { roleAssignmentName } from "../../../model/identity/role-assignment-name.ts";
import { azureContainers } from "../../../model/logging/sources.ts";

export interface AzureLogStore {
  readonly location: string;
  readonly resourceGroup: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly tenantId: string;
  /**
   * Beginning of the vault's name, to which each new vault adds an end of its own: the name of one
   * that was deleted stays taken for as long as it could be recovered.
   */
  readonly vault: string;
  readonly key: string;
  /** ISO 8601: when a key's version ends, and how long before that the next one is made. */
  readonly keyLife: { readonly expires: string; readonly rotatesBefore: string };
  readonly identity: string;
  /** Lets the storage account's identity use the key. */
  readonly keyGrant: { readonly name: string; readonly roleDefinitionId: string };
  readonly account: string;
  readonly containers: readonly string[];
  /** Days from a blob's creation. */
  readonly immutableDays: number;
}

export interface AzureLogStoreIntent {
  /** Part of every name. */
  readonly name: string;
  readonly location: string;
  readonly retentionDays: number;
  readonly containers: readonly string[];
}

/** Pure: the store of one name in one region. */
export function lowerLogStore(
  intent: AzureLogStoreIntent,
  { subscriptionId, tenantId }: AzureAccount,
): AzureLogStore {
  const { name, location } = intent;
  const role = "Key Vault Crypto Service Encryption User";
  const definitions = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
  return {
    location,
    resourceGroup: `bulkhead-${name}-logs-${location}`,
    tags: { "bulkhead:environment": name },
    tenantId,
    vault: `bhv-${digest(subscriptionId, name, location).slice(0, 8)}-`,
    key: "logs",
    keyLife: { expires: "P1Y", rotatesBefore: "P30D" },
    identity: `bulkhead-${name}-logs-${location}`,
    keyGrant: {
      name: roleAssignmentName(subscriptionId, name, location, role),
      roleDefinitionId: `${definitions}/${azureRoleIds[role]}`,
    },
    account: `bhl${digest(subscriptionId, name, location)}`,
    containers: [...intent.containers, azureContainers.vault],
    immutableDays: intent.retentionDays,
  };
}

/**
 * Vaults and storage accounts share one name space with the whole world, 24 characters long: a
 * digest of what makes this one itself.
 */
function digest(...words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 16);
}
