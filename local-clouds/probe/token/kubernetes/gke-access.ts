/** Service accounts of Google Cloud in GKE clusters (GKE docs, "Authorize actions in clusters using IAM": roles of the project and RBAC both count). */

import { conditionHolds, grantsOf, isFor } from "../gcp/grants.ts";
import type { GcpPrincipal } from "../gcp/principal.ts";
import type { LiveWorld } from "../live.ts";
import { because, type Verdict } from "../verdict.ts";
import { clustersOf } from "./clusters.ts";
import { subjectVerdict } from "./targets.ts";

/** Roles with permissions on Kubernetes objects ("Predefined GKE Roles"). */
const roles: Readonly<Record<string, string>> = {
  "roles/container.admin": "everything",
  "roles/container.developer": "read and write objects",
  "roles/container.viewer": "read objects",
  "roles/owner": "everything",
  "roles/editor": "read and write objects",
};

/** The clusters in which a principal may do something. */
export function clustersOfPrincipal(
  live: LiveWorld,
  principal: GcpPrincipal,
  user: string,
  nowSeconds: number,
): readonly Verdict[] {
  return clustersOf(live).flatMap((cluster) => {
    const { resource } = cluster;
    if (resource?.package !== "gcp") return [];
    const held = grantsOf(live)
      .filter(({ kind, on }) => kind === "projects" && on === resource.account)
      .filter((grant) => grant.role in roles && isFor(grant, principal))
      .filter((grant) => conditionHolds(grant, nowSeconds) === true)
      .map(({ role }) => `${roles[role] ?? ""} everywhere (${role})`);
    const verdict = subjectVerdict(
      live,
      cluster,
      "cluster",
      because({
        stage: "IAM of the project",
        rule: resource.account,
        got: principal.name,
        wanted: "",
        source: "GKE docs, Authorize actions in clusters using IAM",
      }),
      () => ({ user, groups: ["system:authenticated"] }),
      held,
    );
    return verdict.holds.length === 0 ? [] : [verdict];
  });
}
