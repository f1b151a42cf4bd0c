/** Who is in an Istio mesh, and as whom its packets arrive. */
import type { Cluster } from "./cluster.ts";
import { isFields } from "./fields.ts";
import type { Labels } from "./labels.ts";
import type { PodSet } from "./pods.ts";

/** `unknown` where the namespace is nobody's manifest here, and so are its labels. */
export type Membership = "in" | "out" | "unknown";

/** Name of the mesh's own trust domain in every policy, whatever it is called. */
export const trustDomain = "cluster.local";

/**
 * The identity of a pod in a mesh of a trust domain, as SPIFFE id without scheme; undefined where its
 * service account is not known yet.
 */
export function principalOf(
  { namespace, serviceAccount }: PodSet,
  domain: string,
): string | undefined {
  return serviceAccount === undefined
    ? undefined
    : `${domain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** Memberships by the labels that Istio reads (Istio, "Resource Labels" and "Automatic injection"). */
export function membershipsOf({ namespaces }: Cluster): (pod: PodSet) => Membership {
  const labelsOf = new Map(namespaces.map(({ name, labels }) => [name, labels]));
  return (pod) => {
    // A sidecar cannot capture what leaves through the node's own network.
    if (pod.hostNetwork) return "out";
    const own = membershipBy(pod.labels);
    if (own !== undefined) return own;
    const namespace = labelsOf.get(pod.namespace);
    return namespace === undefined ? "unknown" : (membershipBy(namespace) ?? "out");
  };
}

function membershipBy(labels: Labels): Membership | undefined {
  const inject = labels["sidecar.istio.io/inject"] ?? labels["istio-injection"];
  if (inject === "true" || inject === "enabled") return "in";
  const mode = labels["istio.io/dataplane-mode"];
  if (mode === "ambient" || labels["istio.io/rev"] !== undefined) return "in";
  return inject === "false" || inject === "disabled" || mode === "none" ? "out" : undefined;
}

/** Whether the pod is in the mesh without a sidecar. */
export function isAmbient(cluster: Cluster, { namespace, labels, hostNetwork }: PodSet): boolean {
  const mode = "istio.io/dataplane-mode";
  const outer = cluster.namespaces.find(({ name }) => name === namespace)?.labels ?? {};
  return !hostNetwork && (labels[mode] ?? outer[mode]) === "ambient";
}

/** Which pods are gateways: those that a Gateway selects, in whichever namespace it stands. */
export function gatewaysOf({ mesh }: Cluster): (pod: PodSet) => boolean {
  const selectors = mesh
    .filter(({ kind }) => kind === "Gateway")
    .map(({ spec }) => (isFields(spec) && isFields(spec["selector"]) ? spec["selector"] : {}))
    .map(Object.entries)
    .filter((selector) => selector.length > 0);
  return ({ labels }) =>
    selectors.some((selector) => selector.every(([key, value]) => labels[key] === value));
}

/** Whether HTTP goes through a proxy of its own, whose policies decide before the pod's. */
export function usesWaypoint({ namespaces }: Cluster, { namespace, labels }: PodSet): boolean {
  const outer = namespaces.find(({ name }) => name === namespace)?.labels ?? {};
  const waypoint = labels["istio.io/use-waypoint"] ?? outer["istio.io/use-waypoint"];
  return waypoint !== undefined && waypoint !== "none";
}
