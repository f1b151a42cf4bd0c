/**
 * A service account's token at an API server (Kubernetes docs, "Authenticating", "Service account
 * tokens", and "Managing Service Accounts", "Bound service account tokens").
 */

import { type LiveWorld, objectAt, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, yes } from "../verdict.ts";
import { type Cluster, serviceAccountOf } from "./clusters.ts";
import { serviceAccountNamed } from "./subject.ts";

const source = "Kubernetes docs, Managing Service Accounts, Bound service account tokens";

/** Namespaces that every cluster has; each has its `default` account. */
const initial: ReadonlySet<string> = new Set([
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
]);

/** Whether a cluster's API server takes a token as one of its service accounts. */
export function accountAccepted(live: LiveWorld, cluster: Cluster, token: Presented): Check {
  return every([
    () => issuerFits(cluster, token),
    () => token.signed(source),
    () => token.current(source),
    () => audienceFits(cluster, token),
    () => accountThere(live, cluster, token),
    () => podThere(live, cluster, token),
  ]);
}

/** `--service-account-issuer`: other issuers' tokens are not the cluster's. */
function issuerFits(cluster: Cluster, token: Presented): Check {
  if (cluster.issuer !== "" && cluster.issuer === token.issuer) return yes;
  return no(
    reasonOf(
      "issuer",
      "service account issuer",
      token.issuer,
      cluster.issuer || "none is published",
    ),
  );
}

/** `--api-audiences`: one of the token's must be the server's. */
function audienceFits({ audiences }: Cluster, token: Presented): Check {
  if (token.audiences.some((one) => audiences.includes(one))) return yes;
  return no(
    reasonOf("audience", "API audiences", token.audiences.join(", "), audiences.join(" or ")),
  );
}

/** The account must exist, and be the one that the token was made for: deleted and made anew it is another. */
function accountThere(live: LiveWorld, cluster: Cluster, token: Presented): Check {
  const named = serviceAccountNamed(token.subject);
  const wanted = "a service account of the cluster";
  if (named === undefined) return no(reasonOf("service account", "sub", token.subject, wanted));
  const found = serviceAccountOf(live, cluster, named.namespace, named.name);
  if (found === undefined) {
    const assumed = named.name === "default" && initial.has(named.namespace);
    return assumed ? yes : no(reasonOf("service account", "sub", token.subject, wanted));
  }
  const uid = textAt(found.properties, "metadata.uid");
  const bound = textAt(objectAt(token.claims["kubernetes.io"], "serviceaccount"), "uid");
  if (bound === "" || uid === "" || bound === uid) return yes;
  return no(reasonOf("service account", "uid", bound, uid));
}

/** A token lives no longer than the pod that it is bound to. */
function podThere(live: LiveWorld, cluster: Cluster, token: Presented): Check {
  const bound = objectAt(token.claims["kubernetes.io"], "pod");
  const uid = textAt(bound, "uid");
  if (uid === "") return yes;
  const found = live
    .of("kubernetes:core/v1:Pod")
    .some(
      (one) => one.account === cluster.server && textAt(one.properties, "metadata.uid") === uid,
    );
  return found
    ? yes
    : no(reasonOf("pod", textAt(bound, "name"), `pod ${uid}, which is gone`, "a pod that exists"));
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source };
}
