/**
 * What an object of the tenant holds in Azure (Azure RBAC, "What is Azure role-based access control
 * (Azure RBAC)?": assignments count for a principal and, transitively, for the groups it is in).
 */

import { type LiveWorld, textAt } from "../live.ts";
import { directoryRolesOf, groupsOf } from "./directory.ts";

const assignmentToken = "azure-native:authorization:RoleAssignment";
const definitionToken = "azure-native:authorization:RoleDefinition";
const applicationRole = "azuread:index/appRoleAssignment:AppRoleAssignment";

/** Roles that Azure has, by id (Azure RBAC, "Azure built-in roles"). */
const builtIn: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": "Storage Blob Data Reader",
  "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
  "00482a5a-887f-4fb3-b363-3b7fe8e74483": "Key Vault Administrator",
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": "AcrPull",
  "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8": "Azure Kubernetes Service Contributor Role",
  "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": "Azure Kubernetes Service RBAC Cluster Admin",
  "3498e952-d568-435e-9b2c-8d77e338d7f7": "Azure Kubernetes Service RBAC Admin",
  "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb": "Azure Kubernetes Service RBAC Writer",
  "7f6c6a51-bcf8-42ba-9220-52d62157d7db": "Azure Kubernetes Service RBAC Reader",
};

/** An Azure role that somebody holds somewhere. */
export interface Assignment {
  readonly role: string;
  /** ARM id: it holds there and below. */
  readonly scope: string;
  /** `""` without condition. */
  readonly condition: string;
  /** The group through which it is held, `""` if it is the object's own. */
  readonly group: string;
}

/** Azure roles of an object. */
export function assignmentsOf(live: LiveWorld, objectId: string): readonly Assignment[] {
  const groups = groupsOf(live, objectId);
  return live.of(assignmentToken).flatMap(({ properties }) => {
    const principal = textAt(properties, "principalId");
    if (principal !== objectId && !groups.has(principal)) return [];
    return [
      {
        role: roleName(live, textAt(properties, "roleDefinitionId")),
        scope: textAt(properties, "scope"),
        condition: textAt(properties, "condition"),
        group: principal === objectId ? "" : principal,
      },
    ];
  });
}

/** Everything an object holds, one line each. */
export function holdingsOf(live: LiveWorld, objectId: string): readonly string[] {
  const roles = assignmentsOf(live, objectId).map(({ role, scope, condition, group }) =>
    [
      `${role} on ${scope}`,
      ...(group === "" ? [] : [`through group ${group}`]),
      ...(condition === "" ? [] : [`if ${condition}`]),
    ].join(" "),
  );
  const holders = new Set([objectId, ...groupsOf(live, objectId)]);
  const applicationRoles = live
    .of(applicationRole)
    .filter(({ properties }) => holders.has(textAt(properties, "principalObjectId")))
    .map(
      ({ properties }) =>
        `application role ${textAt(properties, "appRoleId")} of ${textAt(properties, "resourceObjectId")}`,
    );
  const directory = [...directoryRolesOf(live, objectId)].map((id) => `directory role ${id}`);
  return [...roles, ...applicationRoles, ...directory];
}

function roleName(live: LiveWorld, definition: string): string {
  const id = definition.slice(definition.lastIndexOf("/") + 1).toLowerCase();
  const custom = live.of(definitionToken).find((one) => one.id.toLowerCase().endsWith(`/${id}`));
  return builtIn[id] ?? (textAt(custom?.properties, "roleName") || id);
}
