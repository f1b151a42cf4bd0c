/**
 * Objects of Entra in AKS clusters (AKS docs, "Use Microsoft Entra ID and Kubernetes RBAC for clusters",
 * "Use Microsoft Entra ID authorization for the Kubernetes API").
 */

import { assignmentsOf } from "../azure/assignments.ts";
import { groupsOf } from "../azure/directory.ts";
import { at, type LiveWorld, textsAt } from "../live.ts";
import { because, type Verdict } from "../verdict.ts";
import { clustersOf } from "./clusters.ts";
import { subjectVerdict } from "./targets.ts";

const source = "AKS docs, Use Microsoft Entra ID authorization for the Kubernetes API";

/** The clusters that know an object, with what roles of Azure give it there. */
export function clustersOfObject(live: LiveWorld, objectId: string): readonly Verdict[] {
  const groups = [...groupsOf(live, objectId)];
  return clustersOf(live).flatMap((cluster) => {
    const { resource } = cluster;
    const profile = at(resource?.properties, "aadProfile");
    if (resource?.package !== "azure-native" || profile === undefined) return [];
    const admins = textsAt(profile, "adminGroupObjectIDs");
    const byRole = at(profile, "enableAzureRBAC") === true;
    const roles = assignmentsOf(live, objectId)
      .filter(({ role }) => byRole && role.startsWith("Azure Kubernetes Service RBAC"))
      .filter(({ scope }) => covers(scope, resource.id))
      .map(({ role, scope }) => `${role} ${placeOf(scope, resource.id)}`);
    const master = groups.some((group) => admins.includes(group));
    const verdict = subjectVerdict(
      live,
      cluster,
      "cluster",
      because({
        stage: "Entra ID integration",
        rule: "aadProfile",
        got: objectId,
        wanted: "",
        source,
      }),
      () => ({
        user: objectId,
        groups: [...groups, ...(master ? ["system:masters"] : []), "system:authenticated"],
      }),
      roles,
    );
    return verdict.holds.length === 0 ? [] : [verdict];
  });
}

/** A role on a scope counts for everything below it; one on a namespace of the cluster for that alone. */
function covers(scope: string, cluster: string): boolean {
  const [above, id] = [scope.toLowerCase().replace(/\/$/, ""), cluster.toLowerCase()];
  return id === above || id.startsWith(`${above}/`) || above.startsWith(`${id}/namespaces/`);
}

function placeOf(scope: string, cluster: string): string {
  const namespace = scope.slice(cluster.length).match(/^\/namespaces\/([^/]+)$/i)?.[1];
  return namespace === undefined ? "everywhere" : `in ${namespace}`;
}
