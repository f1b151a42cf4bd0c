/**
 * What Azure roles allow (Azure RBAC, "Azure built-in roles", "Azure role definitions": an action is
 * allowed if `actions` covers it and `notActions` does not; the same with data actions apart).
 */

import { type LiveWorld, objectsAt, textAt, textsAt } from "../../probe/token/live.ts";

/** A role's permissions. */
export interface RolePermissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

const role = (
  actions: readonly string[],
  dataActions: readonly string[] = [],
  notActions: readonly string[] = [],
): RolePermissions => ({ actions, notActions, dataActions, notDataActions: [] });

const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
const delegation =
  "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action";

/** By name. */
const builtIn: Readonly<Record<string, RolePermissions>> = {
  Owner: role(["*"]),
  Contributor: role(
    ["*"],
    [],
    [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
      "Microsoft.Blueprint/blueprintAssignments/write",
      "Microsoft.Blueprint/blueprintAssignments/delete",
      "Microsoft.Compute/galleries/share/action",
      "Microsoft.Purview/consents/write",
      "Microsoft.Purview/consents/delete",
      "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
    ],
  ),
  Reader: role(["*/read"]),
  "User Access Administrator": role(["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"]),
  "Storage Blob Data Reader": role([`${containers}/read`, delegation], [`${blobs}/read`]),
  "Storage Blob Data Contributor": role(
    [`${containers}/delete`, `${containers}/read`, `${containers}/write`, delegation],
    [
      `${blobs}/delete`,
      `${blobs}/read`,
      `${blobs}/write`,
      `${blobs}/move/action`,
      `${blobs}/add/action`,
    ],
  ),
  "Key Vault Secrets User": role(
    [],
    [
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ],
  ),
  "Key Vault Administrator": role(
    [
      "Microsoft.Authorization/*/read",
      "Microsoft.Insights/alertRules/*",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Support/*",
      "Microsoft.KeyVault/checkNameAvailability/read",
      "Microsoft.KeyVault/deletedVaults/read",
      "Microsoft.KeyVault/locations/*/read",
      "Microsoft.KeyVault/vaults/*/read",
      "Microsoft.KeyVault/operations/read",
    ],
    ["Microsoft.KeyVault/vaults/*"],
  ),
};

/** The permissions of a role by its name, or a custom role's id; `undefined` where they are not in the world. */
export function permissionsOfRole(
  live: LiveWorld,
  name: string,
): readonly RolePermissions[] | undefined {
  const known = builtIn[name];
  if (known !== undefined) return [known];
  const custom = live
    .of("azure-native:authorization:RoleDefinition")
    .find((one) => textAt(one.properties, "roleName") === name || one.id.endsWith(`/${name}`));
  return custom === undefined
    ? undefined
    : objectsAt(custom.properties, "permissions").map((one) => ({
        actions: textsAt(one, "actions"),
        notActions: textsAt(one, "notActions"),
        dataActions: textsAt(one, "dataActions"),
        notDataActions: textsAt(one, "notDataActions"),
      }));
}

/** Operations on data, which only data actions allow ("Control and data actions"). */
const dataPatterns: readonly RegExp[] = [
  /^microsoft\.keyvault\/vaults\/(secrets|keys|certificates)\/(?!read$|write$).+\/action$/,
  /^microsoft\.storage\/storageaccounts\/blobservices\/containers\/blobs\//,
  /^microsoft\.storage\/storageaccounts\/queueservices\/queues\/messages\//,
  /^microsoft\.storage\/storageaccounts\/tableservices\/tables\/entities\//,
  /^microsoft\.storage\/storageaccounts\/fileservices\/fileshares\/files\//,
];

/** Whether an operation is one on data. */
export function isDataAction(action: string): boolean {
  return dataPatterns.some((pattern) => pattern.test(action.toLowerCase()));
}

/** Whether permissions allow an operation; `*` stands for any text, and case does not matter. */
export function allows(permissions: RolePermissions, action: string): boolean {
  const data = isDataAction(action);
  const some = (patterns: readonly string[]) => patterns.some((one) => covers(one, action));
  return data
    ? some(permissions.dataActions) && !some(permissions.notDataActions)
    : some(permissions.actions) && !some(permissions.notActions);
}

function covers(pattern: string, action: string): boolean {
  const parts = pattern
    .toLowerCase()
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(action.toLowerCase());
}
