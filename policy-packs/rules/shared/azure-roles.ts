/** Azure's role assignments: which role, where, to whom. */
import type { ExampleResource } from "../../../model/policy/rule.ts";
import type { Json, Plan, View } from "../../../model/policy/view.ts";
import { alone } from "./alone.ts";
import { waitsForOneOf } from "./refers-to.ts";

/** Canonical type of assignments. */
export const assignmentType = "azure-native:authorization:RoleAssignment";

/** Built-in roles by the id at the end of their definition's id. */
export const roles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  accessControlAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
} as const;

/** A definition's id, for examples. */
export function definition(role: keyof typeof roles): string {
  return `/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`;
}

/** The built-in role that is assigned, if it is one of these. Throws `Undecided`. */
export function roleOf(assignment: View): keyof typeof roles | undefined {
  const id = assignment.at("roleDefinitionId").text()?.split("/").at(-1)?.toLowerCase();
  return (Object.keys(roles) as (keyof typeof roles)[]).find((name) => roles[name] === id);
}

export type Level = "root" | "management group" | "subscription" | "below";

/** How much a scope spans. */
export function levelOf(scope: string): Level {
  const path = scope.replace(/\/+$/, "").toLowerCase();
  if (path === "") return "root";
  if (/^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/.test(path)) {
    return "management group";
  }
  return /^\/subscriptions\/[^/]+$/.test(path) ? "subscription" : "below";
}

/** Planned resources on whose ids more than one resource group hangs. */
const wide = /^azure-native:(management|subscription):/;

/** The level of an assignment; a planned resource or resource group is below. Throws `Undecided`. */
export function levelOfAssignment(assignment: View, plan: Plan): Level {
  const scope = assignment.at("scope");
  if (scope.state === "unknown") {
    const waits = (fits: (type: string) => boolean) => waitsForOneOf(plan, scope, fits);
    if (waits(() => true) && !waits((type) => wide.test(type))) return "below";
  }
  return levelOf(scope.text() ?? "");
}

/** An assignment for examples. */
export function assignment(
  role: keyof typeof roles,
  scope: Json,
  more: { readonly [key: string]: Json } = {},
): readonly [ExampleResource] {
  return alone(assignmentType, { scope, roleDefinitionId: definition(role), ...more });
}
