/** Names under which an external identity is granted things (IAM, "Principal identifiers"). */

import type { Attributes } from "./mapping.ts";

/** A principal with every name that a grant may use for it. */
export interface GcpPrincipal {
  /** `principal://…/subject/…`. */
  readonly name: string;
  readonly names: ReadonlySet<string>;
}

/** An identity of a workload or workforce pool. `pool` is its resource name. */
export function poolPrincipal(pool: string, { subject, groups, custom }: Attributes): GcpPrincipal {
  const base = `//iam.googleapis.com/${pool}`;
  const name = `principal:${base}/subject/${subject}`;
  return {
    name,
    names: new Set([
      name,
      ...groups.map((group) => `principalSet:${base}/group/${group}`),
      ...Object.entries(custom).map(
        ([key, value]) => `principalSet:${base}/attribute.${key}/${value}`,
      ),
      `principalSet:${base}/*`,
    ]),
  };
}

/** A service account. */
export function accountPrincipal(email: string): GcpPrincipal {
  const name = `serviceAccount:${email}`;
  return { name, names: new Set([name]) };
}

/**
 * A Kubernetes service account in a fleet's or project's own pool (GKE, "About Workload Identity
 * Federation for GKE", "Principal identifiers").
 */
export function kubernetesPrincipal(where: {
  readonly pool: string;
  readonly projectNumber: string;
  readonly namespace: string;
  readonly account: string;
  readonly uid: string;
  readonly cluster: string;
}): GcpPrincipal {
  const { pool, namespace, account } = where;
  const base = `//iam.googleapis.com/projects/${where.projectNumber}/locations/global/workloadIdentityPools/${pool}`;
  const name = `principal:${base}/subject/ns/${namespace}/sa/${account}`;
  return {
    name,
    names: new Set([
      name,
      `serviceAccount:${pool}[${namespace}/${account}]`,
      `principalSet:${base}/namespace/${namespace}`,
      `principalSet:${base}/kubernetes.cluster/${where.cluster}`,
      ...(where.uid === "" ? [] : [`principal:${base}/kubernetes.serviceaccount.uid/${where.uid}`]),
    ]),
  };
}
