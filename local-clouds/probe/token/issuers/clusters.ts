/**
 * Kubernetes clusters as issuers of service account tokens (Kubernetes docs, "Managing Service
 * Accounts", "Bound service account tokens").
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Cluster, serviceAccountOf } from "../kubernetes/clusters.ts";
import type { LiveWorld } from "../live.ts";
import { textAt } from "../live.ts";
import { claim, type Issuer } from "./issuer.ts";

const usualSubject = "system:serviceaccount:default:default";

/** A cluster's API server as issuer. */
export function clusterIssuer(live: LiveWorld, cluster: Cluster): Issuer {
  return {
    name: cluster.name,
    url: cluster.issuer,
    audience: cluster.audiences[0] ?? cluster.issuer,
    lifetimeSeconds: 3600,
    claims: (given) => {
      const sub = claim(given, "sub", usualSubject);
      return { sub, "kubernetes.io": boundTo(live, cluster, sub) };
    },
  };
}

/** What a token is bound to: namespace, and the account's name and uid as they are in the cluster. */
function boundTo(live: LiveWorld, cluster: Cluster, sub: string): JsonObject {
  const [, , namespace = "", name = ""] = sub.split(":");
  const account = serviceAccountOf(live, cluster, namespace, name);
  const uid = textAt(account?.properties, "metadata.uid");
  return { namespace, serviceaccount: { name, ...(uid === "" ? {} : { uid }) } };
}
