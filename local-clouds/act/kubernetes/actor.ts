/** Who acts at an API server (Kubernetes docs, "Authenticating"). */

import { BadRequest } from "../../lifecycle/bad-request.ts";
import { type Cluster, clustersOf } from "../../probe/token/kubernetes/clusters.ts";
import {
  type Subject,
  serviceAccountNamed,
  serviceAccountSubject,
} from "../../probe/token/kubernetes/subject.ts";
import type { LiveWorld } from "../../probe/token/live.ts";
import type { Caller } from "../../records/call.ts";

/** A user of one cluster. */
export interface KubernetesActor {
  readonly cluster: Cluster;
  readonly subject: Subject;
}

/** The actor of `kubernetes:USER[@CLUSTER]` or `system:…[@CLUSTER]`; groups stand after the user as `USER+GROUP+GROUP`. */
export function kubernetesActor(live: LiveWorld, text: string): KubernetesActor {
  const [, name = ""] = /^(?:kubernetes:)?(.+)$/.exec(text) ?? [];
  if (!/^(kubernetes|system):/.test(text)) {
    throw new BadRequest(`no Kubernetes user: ${text}; write kubernetes:USER[@CLUSTER]`);
  }
  const clusters = clustersOf(live);
  const at = name.lastIndexOf("@");
  const named = clusters.find((one) => at > 0 && one.name === name.slice(at + 1));
  const cluster = named ?? (clusters.length === 1 ? clusters[0] : undefined);
  if (cluster === undefined) {
    const names = clusters.map((one) => one.name).join(", ") || "none";
    throw new BadRequest(`which cluster? write ${text}@CLUSTER; there are ${names}`);
  }
  return { cluster, subject: subjectOf(named === undefined ? name : name.slice(0, at)) };
}

/** The actor of an identity that a token became: `CLUSTER USER`, with its groups. */
export function kubernetesSubject(
  live: LiveWorld,
  id: string,
  groups: readonly string[],
): KubernetesActor {
  const [name = "", ...user] = id.split(" ");
  const cluster = clustersOf(live).find((one) => one.name === name);
  if (cluster === undefined) throw new BadRequest(`no cluster ${name}`);
  return { cluster, subject: { user: user.join(" "), groups } };
}

function subjectOf(text: string): Subject {
  const [user = "", ...groups] = text.split("+");
  const account = serviceAccountNamed(user);
  if (account !== undefined) return serviceAccountSubject(account.namespace, account.name);
  return { user, groups: [...groups, "system:authenticated"] };
}

/** The actor as records name it. */
export function kubernetesCaller({ cluster, subject }: KubernetesActor): Caller {
  const { user, groups } = subject;
  const kind = serviceAccountNamed(user) === undefined ? "user" : "service account";
  return { kind, id: user, name: user, account: cluster.server, uniqueId: "", session: "", groups };
}
