/** What a token comes to at each cluster's API server. */

import { type LiveWorld, objectsAt, textAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, type Verdict, verdictOf } from "../verdict.ts";
import { type Cluster, clustersOf } from "./clusters.ts";
import { externalAccepted, externalConfigs, externalSubject } from "./external.ts";
import { permissionsOf } from "./rbac.ts";
import { accountAccepted } from "./service-account.ts";
import { type Subject, serviceAccountNamed, serviceAccountSubject } from "./subject.ts";

/** Verdicts on every cluster, and on every outside provider that one takes. */
export function subjectsByToken(live: LiveWorld, token: Presented): readonly Verdict[] {
  return clustersOf(live).flatMap((cluster) => [
    subjectVerdict(live, cluster, "cluster", accountAccepted(live, cluster, token), () => {
      const { namespace = "", name = "" } = serviceAccountNamed(token.subject) ?? {};
      return serviceAccountSubject(namespace, name);
    }),
    ...externalConfigs(live, cluster).map((config) => {
      const name = textAt(objectsAt(config.properties, "oidc")[0], "identityProviderConfigName");
      return subjectVerdict(
        live,
        { ...cluster, name: `${cluster.name} by ${name}` },
        "cluster by its OIDC provider",
        externalAccepted(config, token),
        () => externalSubject(config, token),
      );
    }),
  ]);
}

/** A verdict on a subject of a cluster, with what bindings give it. */
export function subjectVerdict(
  live: LiveWorld,
  cluster: Cluster,
  kind: string,
  check: Check,
  subject: () => Subject,
  more: readonly string[] = [],
): Verdict {
  return verdictOf({ cloud: "kubernetes", kind, id: cluster.name }, check, () => {
    const somebody = subject();
    return {
      as: somebody.user,
      holds: [...more, ...permissionsOf(live, cluster, somebody)],
      identity: {
        kind: "kubernetes-user",
        id: `${cluster.name} ${somebody.user}`,
        also: somebody.groups,
      },
      reason: {
        stage: "authentication",
        rule: cluster.name,
        got: somebody.user,
        wanted: "",
        source: "Kubernetes docs, Authenticating",
      },
    };
  });
}
