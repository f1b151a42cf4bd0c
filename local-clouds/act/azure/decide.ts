/**
 * Whether Azure lets a request through (Azure RBAC, "What is Azure role-based access control (Azure
 * RBAC)?", "How Azure RBAC determines if a user has access to a resource"; Key Vault, "Assign a Key Vault
 * access policy (legacy)").
 */

import { type Assignment, assignmentsOf } from "../../probe/token/azure/assignments.ts";
import { groupsOf } from "../../probe/token/azure/directory.ts";
import { type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../../probe/token/live.ts";
import {
  because,
  type Check,
  every,
  no,
  type Reason,
  unclear,
  yes,
} from "../../probe/token/verdict.ts";
import type { AzureActor } from "./actor.ts";
import { conditionHolds, type Requested } from "./condition/evaluate.ts";
import { notLocked } from "./locks.ts";
import { allows, isDataAction, permissionsOfRole } from "./role-definitions.ts";

const rbac = "Azure RBAC, How Azure RBAC determines if a user has access to a resource";
const vaultPolicy = "Azure Key Vault, Assign a Key Vault access policy (legacy)";

/** Whether an actor may take an action on an ARM id. */
export function decideAzure(live: LiveWorld, actor: AzureActor, requested: Requested): Check {
  const { id, action } = requested;
  const vault = vaultOf(live, id);
  const isVaultData = isDataAction(action) && /^microsoft\.keyvault\//i.test(action);
  return every([
    () => isEnabled(actor),
    () =>
      isVaultData &&
      vault !== undefined &&
      vault.properties["properties"] !== undefined &&
      !byRoles(vault)
        ? byAccessPolicy(live, actor, vault, action)
        : byAssignment(live, actor, requested),
    () => notLocked(live, id, action),
  ]);
}

/** A disabled account gets no tokens ("Block access for users"). */
export function isEnabled({ enabled, name }: AzureActor): Check {
  if (enabled) return yes;
  return no({
    stage: "account",
    rule: name,
    got: "accountEnabled is false",
    wanted: "an enabled account",
    source: "Microsoft Entra, Revoke user access in Microsoft Entra ID",
  });
}

function byAssignment(live: LiveWorld, actor: AzureActor, requested: Requested): Check {
  const { id, action } = requested;
  const held = assignmentsOf(live, actor.objectId);
  const judged = held.map((assignment) => ({
    assignment,
    holds: both(reaches(live, assignment.scope, id), roleAllows(live, assignment, requested)),
  }));
  const reason = (got: string): Reason => ({
    stage: "role assignments",
    rule: `${action} on ${id}`,
    got,
    wanted: `a role with the ${isDataAction(action) ? "data action" : "action"} there or above`,
    source: rbac,
  });
  const won = judged.find(({ holds }) => holds === true);
  if (won !== undefined)
    return because({ ...reason(actor.name), rule: assignmentText(won.assignment) });
  const open = judged.find(({ holds }) => holds === undefined);
  if (open !== undefined) {
    const what = "a role, scope or condition of which the world does not tell enough";
    return unclear({ ...reason(what), rule: assignmentText(open.assignment) });
  }
  return no(reason(`${actor.name} with ${held.map(assignmentText).join(", ") || "no role"}`));
}

function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** An assignment counts at its scope and below ("Understand scope for Azure RBAC"); ids are compared without case. */
function reaches(live: LiveWorld, scope: string, id: string): boolean | undefined {
  const [above, below] = [scope.toLowerCase().replace(/\/$/, ""), id.toLowerCase()];
  if (above === "" || below === above || below.startsWith(`${above}/`)) return true;
  const group = /\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/.exec(above)?.[1];
  if (group === undefined) return false;
  const subscription = /^\/subscriptions\/([^/]+)/.exec(below)?.[1] ?? "";
  const placed = live
    .like(/^azure-native:management:ManagementGroupSubscription$/)
    .filter((one) => one.id.toLowerCase().endsWith(`/subscriptions/${subscription}`));
  // Where nobody placed the subscription, or further groups lie between, nobody told.
  return placed.some((one) => one.id.toLowerCase().includes(`/managementgroups/${group}/`))
    ? true
    : undefined;
}

/** The role, and the condition under which it is held. */
function roleAllows(
  live: LiveWorld,
  { role, condition }: Assignment,
  requested: Requested,
): boolean | undefined {
  const permissions = permissionsOfRole(live, role);
  if (permissions === undefined) return undefined;
  if (!permissions.some((one) => allows(one, requested.action))) return false;
  return condition === "" ? true : conditionHolds(condition, requested);
}

function assignmentText({ role, scope, group, condition }: Assignment): string {
  const through = group === "" ? "" : ` through group ${group}`;
  return `${role} on ${scope}${through}${condition === "" ? "" : ` if ${condition}`}`;
}

function vaultOf(live: LiveWorld, id: string): Live | undefined {
  const below = id.toLowerCase();
  return live
    .of("azure-native:keyvault:Vault")
    .find((one) => below === one.id.toLowerCase() || below.startsWith(`${one.id.toLowerCase()}/`));
}

function byRoles(vault: Live): boolean {
  const set = (
    vault.properties["properties"] as { readonly enableRbacAuthorization?: unknown } | undefined
  )?.enableRbacAuthorization;
  return set === true;
}

/** `secrets/getSecret/action` is the permission `get` on secrets. */
function byAccessPolicy(live: LiveWorld, actor: AzureActor, vault: Live, action: string): Check {
  const [, kind = "", name = ""] = /vaults\/(\w+)\/(\w+)\/action$/i.exec(action) ?? [];
  const wanted =
    /^(get|list|set|delete|sign|decrypt|encrypt|unwrap|wrap)/i.exec(name)?.[1]?.toLowerCase() ??
    name;
  const holders = new Set([actor.objectId, ...groupsOf(live, actor.objectId)]);
  const policies = objectsAt(vault.properties, "properties.accessPolicies");
  const own = policies.filter((one) => holders.has(textAt(one, "objectId")));
  const held = own.flatMap((one) => textsAt(one, `permissions.${kind.toLowerCase()}`));
  const reason: Reason = {
    stage: "access policies of the vault",
    rule: `${wanted} on ${kind}`,
    got: `${actor.name} with ${held.join(", ") || "nothing"}`,
    wanted: `an access policy with ${wanted}`,
    source: vaultPolicy,
  };
  const fits = held.some((one) => ["all", wanted].includes(one.toLowerCase()));
  return fits ? because(reason) : no(reason);
}
