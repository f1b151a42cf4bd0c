/** Roles that Azure has itself (Azure RBAC, "Azure built-in roles"), the commonest of them: id and permissions. */

import { readFileSync } from "node:fs";

/** A role's permissions. */
export interface RolePermissions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** A role of Azure's own. */
export interface BuiltInRole extends RolePermissions {
  /** GUID at the end of its id. */
  readonly id: string;
  readonly name: string;
}

interface Table {
  readonly roles: Readonly<Record<string, Partial<RolePermissions> & { readonly id: string }>>;
}

let roles: readonly BuiltInRole[] | undefined;

/** All that are told here, read once. */
export function builtInRoles(): readonly BuiltInRole[] {
  roles ??= Object.entries(read().roles).map(([name, role]) => ({
    name,
    actions: [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
    ...role,
  }));
  return roles;
}

function read(): Table {
  const text = readFileSync(new URL("built-in-roles.json", import.meta.url), "utf8");
  return JSON.parse(text) as Table;
}
