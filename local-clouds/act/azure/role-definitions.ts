/**
 * What Azure roles allow (Azure RBAC, "Azure built-in roles", "Azure role definitions": an action is
 * allowed if `actions` covers it and `notActions` does not; the same with data actions apart).
 */

import { builtInRoles, type RolePermissions } from "../../probe/token/azure/built-in-roles.ts";
import { type LiveWorld, objectsAt, textAt, textsAt } from "../../probe/token/live.ts";

/** The permissions of a role by its name, or a custom role's id; `undefined` where they are not in the world. */
export function permissionsOfRole(
  live: LiveWorld,
  name: string,
): readonly RolePermissions[] | undefined {
  const known = builtInRoles().find((role) => role.name === name);
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
  /^microsoft\.keyvault\/vaults\/(secrets|keys|certificates)\/delete$/,
  /^microsoft\.storage\/storageaccounts\/blobservices\/containers\/blobs\//,
  /^microsoft\.storage\/storageaccounts\/queueservices\/queues\/messages\//,
  /^microsoft\.storage\/storageaccounts\/tableservices\/tables\/entities\//,
  /^microsoft\.storage\/storageaccounts\/fileservices\/fileshares\/files\//,
  /^microsoft\.compute\/virtualmachines\/login(asadmin)?\/action$/,
  /^microsoft\.(servicebus|eventhub)\/namespaces\/messages\//,
  /^microsoft\.appconfiguration\/configurationstores\/keyvalues\//,
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
