/**
 * Acting as a service account (IAM, "Service account impersonation"; "Workload Identity Federation",
 * "Service account impersonation").
 */

import { type Live, type LiveWorld, textAt } from "../live.ts";
import { because, type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { notDenied } from "./deny.ts";
import { conditionHolds, type Grant, grantsOf, isFor } from "./grants.ts";
import type { GcpPrincipal } from "./principal.ts";
import { accessTokenPermission, makesAccessTokens } from "./roles.ts";

/** The type of service accounts. */
export const accountToken = "gcp:serviceaccount/account:Account";
const projectToken = "gcp:organizations/project:Project";
const source = "IAM, Service account impersonation";

/** A service account's address. */
export function emailOf(account: Live): string {
  return textAt(account.properties, "email");
}

/** Whether a principal may make access tokens of a service account now. */
export function mayImpersonate(
  live: LiveWorld,
  principal: GcpPrincipal,
  account: Live,
  nowSeconds: number,
): Check {
  return every([
    () => isEnabled(account),
    () => notDenied(live, account.account, principal, accessTokenPermission),
    () => isGranted(live, principal, account, nowSeconds),
  ]);
}

/** A disabled service account makes no tokens (IAM, "Disable and enable service accounts"). */
function isEnabled(account: Live): Check {
  if (account.properties["disabled"] !== true) return yes;
  return no({
    stage: "service account",
    rule: emailOf(account),
    got: "disabled",
    wanted: "enabled",
    source: "IAM, Disable and enable service accounts",
  });
}

function isGranted(
  live: LiveWorld,
  principal: GcpPrincipal,
  account: Live,
  nowSeconds: number,
): Check {
  const near = grantsOf(live).filter((grant) => reaches(live, grant, account) !== false);
  const fitting = near.filter(
    (grant) => isFor(grant, principal) && makesAccessTokens(live, grant.role),
  );
  const judged = fitting.map((grant) => ({
    grant,
    holds: both(conditionHolds(grant, nowSeconds), reaches(live, grant, account)),
  }));
  const won = judged.find(({ holds }) => holds === true);
  if (won !== undefined) return because(reasonOf(account, grantText(won.grant), principal.name));
  const open = judged.find(({ holds }) => holds === undefined);
  if (open !== undefined) {
    return unclear(
      reasonOf(
        account,
        grantText(open.grant),
        `${principal.name}, and a condition or place that cannot be told`,
      ),
    );
  }
  return no(refusal(account, principal, near, judged[0]?.grant));
}

function refusal(
  account: Live,
  principal: GcpPrincipal,
  near: readonly Grant[],
  failed: Grant | undefined,
): Reason {
  if (failed !== undefined) {
    return {
      ...reasonOf(account, grantText(failed), "a condition that does not hold"),
      wanted: "true",
    };
  }
  const own = near.filter((grant) => isFor(grant, principal)).map(({ role }) => role);
  const members = near.flatMap(({ members: some }) => some);
  return reasonOf(
    account,
    own.length > 0
      ? `${principal.name} with ${own.join(", ")}`
      : `${principal.name}; granted are ${[...new Set(members)].join(", ") || "nobody"}`,
    "roles/iam.workloadIdentityUser or roles/iam.serviceAccountTokenCreator for it",
  );
}

function grantText({ role, kind, on, condition }: Grant): string {
  return `${role} on ${kind} ${on}${condition === "" ? "" : ` if ${condition}`}`;
}

function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** Whether a grant reaches a service account: it is on it, its project, or what that lies in. */
function reaches(live: LiveWorld, grant: Grant, account: Live): boolean | undefined {
  const { kind, on } = grant;
  const email = emailOf(account);
  if (kind === "serviceaccount") {
    return [account.id, email, `projects/-/serviceAccounts/${email}`].includes(on);
  }
  if (kind === "projects") return on === account.account;
  if (kind !== "folder" && kind !== "organizations") return false;
  const project = live
    .of(projectToken)
    .find(({ properties }) => textAt(properties, "projectId") === account.account);
  const parents = [textAt(project?.properties, "folderId"), textAt(project?.properties, "orgId")];
  const place = on.replace(/^(folders|organizations)\//, "");
  return parents.some((parent) => parent.replace(/^folders\//, "") === place) ? true : undefined;
}

function reasonOf(account: Live, got: string, wanted: string): Reason {
  return { stage: "impersonation", rule: emailOf(account), got, wanted, source };
}
