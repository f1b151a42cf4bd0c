/**
 * What an object of the tenant holds in Azure (Azure RBAC, "What is Azure role-based access control
 * (Azure RBAC)?": assignments count for a principal and, transitively, for the groups it is in).
 */

import { type LiveWorld, textAt } from "../live.ts";
import { builtInRoles } from "./built-in-roles.ts";
import { directoryRolesOf, groupsOf } from "./directory.ts";

const assignmentToken = "azure-native:authorization:RoleAssignment";
const definitionToken = "azure-native:authorization:RoleDefinition";
const applicationRole = "azuread:index/appRoleAssignment:AppRoleAssignment";

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
  const builtIn = builtInRoles().find((role) => role.id === id);
  return builtIn?.name ?? (textAt(custom?.properties, "roleName") || id);
}
