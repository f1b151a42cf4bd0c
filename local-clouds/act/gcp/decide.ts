/**
 * Whether Google Cloud lets a request through (IAM, "Policy evaluation": deny policies first, then the
 * allow policies of the resource and of everything above it, which only add).
 */

import { evaluateCel } from "../../probe/token/gcp/cel/evaluate.ts";
import { Timestamp } from "../../probe/token/gcp/cel/result.ts";
import { notDenied } from "../../probe/token/gcp/deny.ts";
import { type Grant, grantsOf, isFor } from "../../probe/token/gcp/grants.ts";
import type { GcpPrincipal } from "../../probe/token/gcp/principal.ts";
import { type LiveWorld, textAt } from "../../probe/token/live.ts";
import {
  because,
  type Check,
  every,
  no,
  type Reason,
  unclear,
  yes,
} from "../../probe/token/verdict.ts";
import type { GcpResource } from "./resource.ts";
import { contains } from "./roles.ts";

const evaluation = "IAM, Policy evaluation";

/** Whether a principal has a permission on a resource. */
export function decideGcp(
  live: LiveWorld,
  principal: GcpPrincipal,
  resource: GcpResource,
  permission: string,
  nowSeconds: number,
): Check {
  return every([
    () => isEnabled(live, principal),
    () => notDenied(live, resource.project, principal, permission),
    () => granted(live, principal, resource, permission, nowSeconds),
  ]);
}

/** A disabled service account cannot authenticate (IAM, "Disable and enable service accounts"). */
function isEnabled(live: LiveWorld, { name }: GcpPrincipal): Check {
  const email = name.replace(/^serviceAccount:/, "");
  const account = live
    .of("gcp:serviceaccount/account:Account")
    .find(({ properties }) => textAt(properties, "email") === email);
  if (account?.properties["disabled"] !== true) return yes;
  return no({
    stage: "service account",
    rule: email,
    got: "disabled",
    wanted: "enabled",
    source: "IAM, Disable and enable service accounts",
  });
}

interface Judged {
  readonly grant: Grant;
  readonly holds: boolean | undefined;
}

function granted(
  live: LiveWorld,
  principal: GcpPrincipal,
  resource: GcpResource,
  permission: string,
  nowSeconds: number,
): Check {
  const own = grantsOf(live).filter((grant) => isFor(grant, principal));
  const judged: readonly Judged[] = own.map((grant) => ({
    grant,
    holds: all([
      reaches(grant, resource),
      contains(live, grant.role, permission),
      conditionHolds(grant, resource, nowSeconds),
    ]),
  }));
  const reason = (got: string): Reason => ({
    stage: "allow policies",
    rule: `${permission} on ${resource.name}`,
    got,
    wanted: "a role with the permission on it or above it",
    source: evaluation,
  });
  const won = judged.find(({ holds }) => holds === true);
  if (won !== undefined) return because({ ...reason(principal.name), rule: grantText(won.grant) });
  const open = judged.find(({ holds }) => holds === undefined);
  if (open !== undefined) {
    const what = "a role, condition or place of which the world does not tell enough";
    return unclear({ ...reason(what), rule: grantText(open.grant) });
  }
  const held = own.map(grantText).join(", ");
  return no(reason(`${principal.name} with ${held || "no role"}`));
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Grants reach down ("Resource hierarchy, Policy inheritance"); where a project lies may not be known. */
function reaches({ kind, on }: Grant, { places, whole }: GcpResource): boolean | undefined {
  if (places.some((place) => place.kind === kind && place.names.has(on.replace(/^b\//, ""))))
    return true;
  return !whole && (kind === "folder" || kind === "organizations") ? undefined : false;
}

/** IAM, "Attribute reference for IAM Conditions": time, and the resource's name. */
function conditionHolds(
  { condition }: Grant,
  resource: GcpResource,
  nowSeconds: number,
): boolean | undefined {
  if (condition === "") return true;
  const result = evaluateCel(condition, {
    request: { time: new Timestamp(nowSeconds * 1000) },
    resource: { name: resource.name },
  } as never);
  if (result.kind === "value") return result.value === true;
  return result.kind === "error" ? false : undefined;
}

function grantText({ role, kind, on, condition }: Grant): string {
  return `${role} on ${kind} ${on}${condition === "" ? "" : ` if ${condition}`}`;
}
