/**
 * Workload Identity Federation for GKE: a cluster's service accounts in the project's own pool (GKE,
 * "About Workload Identity Federation for GKE").
 */

import { projectNumber } from "../../../packages/gcp/types/common.ts";
import { type Cluster, clustersOf, serviceAccountOf } from "../kubernetes/clusters.ts";
import { type LiveWorld, objectsAt, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, yes } from "../verdict.ts";
import { kubernetesPrincipal } from "./principal.ts";

const source = "GKE, About Workload Identity Federation for GKE";

/** What the pool of a GKE cluster's project says of a token; nothing for tokens of others. */
export function clusterAdmission(live: LiveWorld, token: Presented) {
  const cluster = clustersOf(live).find(
    ({ issuer, resource }) => issuer === token.issuer && resource?.package === "gcp",
  );
  if (cluster?.resource === undefined) return undefined;
  const { properties, account } = cluster.resource;
  const configured = textAt(objectsAt(properties, "workloadIdentityConfig")[0], "workloadPool");
  const pool = `${account}.svc.id.goog`;
  const [, , namespace = "", name = ""] = token.subject.split(":");
  const object = serviceAccountOf(live, cluster, namespace, name);
  const check = every([
    () => enabled(cluster, configured),
    () => token.signed(source),
    () => token.current(source),
    () => audienceFits(token, pool),
    () => subjectFits(token),
  ]);
  return {
    kind: "GKE workload identity pool",
    id: pool,
    check,
    principal: kubernetesPrincipal({
      pool,
      projectNumber: projectNumber(account),
      namespace,
      account: name,
      uid: textAt(object?.properties, "metadata.uid"),
      cluster: cluster.issuer,
    }),
  } as const;
}

function enabled(cluster: Cluster, configured: string): Check {
  if (configured !== "") return yes;
  return no(
    reasonOf("cluster", `${cluster.name} workloadIdentityConfig`, "no workload pool", "one"),
  );
}

/** The cluster's metadata server asks for tokens whose audience is the pool. */
function audienceFits(token: Presented, pool: string): Check {
  if (token.audiences.includes(pool)) return yes;
  return no(reasonOf("audience", "aud", token.audiences.join(", "), pool));
}

function subjectFits(token: Presented): Check {
  if (/^system:serviceaccount:[^:]+:[^:]+$/.test(token.subject)) return yes;
  return no(reasonOf("subject", "sub", token.subject, "system:serviceaccount:NAMESPACE:NAME"));
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source };
}
