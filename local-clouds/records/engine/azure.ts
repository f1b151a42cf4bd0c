/**
 * How ARM names the calls of the engine (Azure RBAC, "Azure permissions", "Azure resource provider operations": `PROVIDER/TYPES/write`
 * for PUT and PATCH, `…/delete` for DELETE).
 */

import type { Operation } from "./deed.ts";

/** Types whose id in the package is not of a resource of ARM, by the operation's own type; `-` has no operation of ARM at all. */
const others: Readonly<Record<string, string>> = {
  "azure-native:keyvault:AccessPolicy": "Microsoft.KeyVault/vaults/accessPolicies",
  // Both are calls of the storage service itself.
  "azure-native:storage:Blob": "-",
  "azure-native:storage:StorageAccountStaticWebsite": "-",
};

/** The operation; `undefined` for what the provider does without ARM. */
export function azureCallOf(token: string, id: string, operation: Operation): string | undefined {
  const type = others[token] ?? typeOf(id);
  return type === "-" ? undefined : `${type}/${operation === "delete" ? "delete" : "write"}`;
}

/** The type that an id says: of an extension its own, of nothing else a resource group's. */
function typeOf(id: string): string {
  const found = /.*\/providers\/([^/]+)\/(.+)$/i.exec(id);
  if (found === null) return "Microsoft.Resources/subscriptions/resourceGroups";
  const [, provider = "", rest = ""] = found;
  const types = rest.split("/").filter((_part, i) => i % 2 === 0);
  return [provider, ...types].join("/");
}
