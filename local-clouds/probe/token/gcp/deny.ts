/** Deny policies: they are looked at before any grant (IAM, "Deny policies"). */

import { projectNumber } from "../../../packages/gcp/types/common.ts";
import { type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../live.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import type { GcpPrincipal } from "./principal.ts";

const denyToken = "gcp:iam/denyPolicy:DenyPolicy";
const source = "IAM, Deny policies";

/** Whether no deny rule on a project forbids a permission in it to a principal. */
export function notDenied(
  live: LiveWorld,
  project: string,
  principal: GcpPrincipal,
  permission: string,
): Check {
  // Here permissions carry the service's name: `iam.googleapis.com/serviceAccounts.getAccessToken`.
  const name = permission
    .replace(/^resourcemanager\./, "cloudresourcemanager.")
    .replace(/^(\w+)\./, "$1.googleapis.com/");
  const rules = live
    .of(denyToken)
    .filter(({ properties }) => isOn(textAt(properties, "parent"), project))
    .flatMap(({ properties }) =>
      objectsAt(properties, "rules").map((rule) => ({
        policy: textAt(properties, "name"),
        rule: objectsAt(rule, "denyRule")[0] ?? objectAt(rule, "denyRule"),
      })),
    );
  return every(
    rules.map(({ policy, rule }) => () => {
      const denied =
        textsAt(rule, "deniedPermissions").some((one) => covers(one, name)) &&
        !textsAt(rule, "exceptionPermissions").some((one) => covers(one, name)) &&
        textsAt(rule, "deniedPrincipals").some((one) => isOf(one, principal)) &&
        !textsAt(rule, "exceptionPrincipals").some((one) => isOf(one, principal));
      if (!denied) return yes;
      const reason: Reason = {
        stage: "deny policy",
        rule: policy,
        got: `${principal.name} for ${name}`,
        wanted: "no deny rule that applies",
        source,
      };
      // Conditions of deny rules are about tags of the resource.
      return objectsAt(rule, "denialCondition").length > 0 ? unclear(reason) : no(reason);
    }),
  );
}

/** The attachment point is the project's resource name, URL-encoded. */
function isOn(parent: string, project: string): boolean {
  const place = decodeURIComponent(parent);
  const base = "cloudresourcemanager.googleapis.com/projects/";
  return place === `${base}${project}` || place === `${base}${projectNumber(project)}`;
}

function covers(pattern: string, name: string): boolean {
  if (!pattern.endsWith("*")) return pattern === name;
  return name.startsWith(pattern.slice(0, -1));
}

/** Deny policies write service accounts as principals of their own kind. */
function isOf(written: string, { name, names }: GcpPrincipal): boolean {
  if (written === "principalSet://goog/public:all") return true;
  const email = /^serviceAccount:(.+)$/.exec(name)?.[1];
  const account = `principal://iam.googleapis.com/projects/-/serviceAccounts/${email ?? ""}`;
  return names.has(written) || (email !== undefined && written === account);
}
