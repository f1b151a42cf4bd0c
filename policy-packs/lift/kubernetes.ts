/** Planned Kubernetes objects, by the cluster they go to. */
import type { Plan, PlannedResource } from "../../model/policy/view.ts";

/** Canonical types of the objects that rules read. */
export const kubernetesTypes = {
  namespace: "kubernetes:core/v1:Namespace",
  serviceAccount: "kubernetes:core/v1:ServiceAccount",
  networkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  release: "kubernetes:helm.sh/v3:Release",
  peerAuthentication: "kubernetes:security.istio.io/v1:PeerAuthentication",
  authorizationPolicy: "kubernetes:security.istio.io/v1:AuthorizationPolicy",
} as const;

/** Whether a URN is of an object in a cluster. */
export function isKubernetesObject(urn: string): boolean {
  const [, , types = ""] = urn.split("::");
  return types.slice(types.lastIndexOf("$") + 1).startsWith("kubernetes:");
}

/** The namespace that an object says it belongs to. */
export function namespaceOf(object: PlannedResource): string {
  return object.inputs.at("metadata", "namespace").text() ?? "default";
}

/** The name that an object has in its cluster, which may be generated at creation. */
export function objectName(object: PlannedResource): string | undefined {
  return object.inputs.at("metadata", "name").text();
}

/** Objects of a type that go to the same cluster as the given one. */
export function sameCluster(
  plan: Plan,
  like: PlannedResource,
  type: string,
): readonly PlannedResource[] {
  return plan.ofType(type).filter((object) => object.provider === like.provider);
}
