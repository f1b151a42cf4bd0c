/**
 * What locks forbid whatever one's role (Azure Resource Manager, "Lock your resources to protect your infrastructure": locks are about
 * operations of the control plane alone; `CanNotDelete` keeps from deletion, `ReadOnly` also from changes and from every POST).
 */

import { lockedBy } from "../../packages/azure-native/locks.ts";
import type { LiveWorld } from "../../probe/token/live.ts";
import { type Check, no, yes } from "../../probe/token/verdict.ts";
import { isDataAction } from "./role-definitions.ts";

/** How reasons name what decided. */
export const lockStage = "management locks";

/** Whether no lock is in the way. */
export function notLocked(live: LiveWorld, id: string, action: string): Check {
  if (isDataAction(action) || /\/read$/i.test(action) || /\/locks\//i.test(action)) return yes;
  const operation = /\/delete$/i.test(action) ? "deleting" : "updating";
  const refusal = lockedBy(operation, id, (token) => live.of(token));
  if (refusal === undefined) return yes;
  return no({
    stage: lockStage,
    rule: refusal.code,
    got: refusal.says,
    wanted: `no ${operation === "deleting" ? "lock" : "ReadOnly lock"} there or above`,
    source: "Azure Resource Manager, Lock your resources to protect your infrastructure",
  });
}
