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
  return indexed(plan, [type], "cluster").get(like.provider) ?? [];
}

/**
 * Those of the cluster's objects of a type that say this namespace, or this name, or of which it is
 * not settled: lists, and what says none. So the caller still has to look.
 */
export function candidates(
  plan: Plan,
  like: PlannedResource,
  types: readonly string[],
  by: "namespace" | "name",
  text: string,
): readonly PlannedResource[] {
  const index = indexed(plan, types, by);
  const unsettled = index.get(keyOf(like, "")) ?? [];
  return text === "" ? unsettled : [...(index.get(keyOf(like, text)) ?? []), ...unsettled];
}

type Index = ReadonlyMap<string, readonly PlannedResource[]>;
const indexes = new WeakMap<Plan, Map<string, Index>>();

/** Made once for a plan: rules ask for each namespace and pod. */
function indexed(
  plan: Plan,
  types: readonly string[],
  by: "cluster" | "namespace" | "name",
): Index {
  const made = indexes.get(plan) ?? new Map<string, Index>();
  indexes.set(plan, made);
  const key = `${by} ${types.join(" ")}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const index = Map.groupBy(plan.ofType(...types), (object) => {
    if (by === "cluster") return object.provider;
    const view = object.inputs.at("metadata", by);
    return keyOf(object, view.state === "known" ? (view.text() ?? "") : "");
  });
  made.set(key, index);
  return index;
}

function keyOf({ provider }: PlannedResource, text: string): string {
  return `${provider} ${text}`;
}
