/** Which roles let somebody act as a service account (IAM, "Service account roles"). */

import { type LiveWorld, textAt, textsAt } from "../live.ts";

/** The permission that makes access tokens of a service account. */
export const accessTokenPermission = "iam.serviceAccounts.getAccessToken";

/** Predefined roles with that permission; owner, editor and serviceAccountUser have it not. */
const predefined: ReadonlySet<string> = new Set([
  "roles/iam.workloadIdentityUser",
  "roles/iam.serviceAccountTokenCreator",
]);

const customTokens = [
  "gcp:projects/iAMCustomRole:IAMCustomRole",
  "gcp:organizations/iAMCustomRole:IAMCustomRole",
];

/** Whether a role makes access tokens. */
export function makesAccessTokens(live: LiveWorld, role: string): boolean {
  if (predefined.has(role)) return true;
  return live
    .of(...customTokens)
    .some(
      ({ id, properties }) =>
        (id === role || textAt(properties, "name") === role) &&
        textsAt(properties, "permissions").includes(accessTokenPermission),
    );
}
