/** Planned Istio policies, lifted into the mesh's model cluster by cluster. */
import type { MeshClusterIntent } from "../../model/mesh/intent.ts";
import type { KubernetesObject } from "../../model/mesh/manifest.ts";
import { readPolicies } from "../../model/mesh/manifest.ts";
import type { MeshPolicies } from "../../model/mesh/policy.ts";
import type { Place } from "../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { kubernetesTypes } from "./kubernetes.ts";

/** The component of one cluster; its input `cluster` is the name in the intent. */
export const meshClusterType = "bulkhead:index:MeshCluster";

const apiVersion = "security.istio.io/v1";
const kinds = {
  [kubernetesTypes.peerAuthentication]: "PeerAuthentication",
  [kubernetesTypes.authorizationPolicy]: "AuthorizationPolicy",
} as const;

/** Kinds of policies that a cluster's verdict rests on. */
export type MeshKind = (typeof kinds)[keyof typeof kinds];

/** The policies of one cluster as planned. */
export interface LiftedMesh {
  readonly policies: MeshPolicies;
  /** What is not known yet; a policy of which anything is unknown is not among the policies. */
  readonly unknowns: readonly Place[];
  /** Whether a policy of the kind is among what is not known. */
  readonly mayLack: (kind: MeshKind) => boolean;
  /** The resource behind an origin such as `PeerAuthentication shop/default`. */
  readonly resourceOf: (origin: string) => PlannedResource | undefined;
}

/**
 * All Istio policies that go to the cluster, whoever wrote them: those of the same provider as the
 * cluster's own component. Throws `Undecided` if the cluster is not planned below `mesh`.
 */
export function liftMeshCluster(
  mesh: PlannedResource,
  trustDomain: string,
  cluster: MeshClusterIntent,
  plan: Plan,
): LiftedMesh {
  const providers = providersOf(mesh, cluster, plan);
  const objects: KubernetesObject[] = [];
  const unknowns: Place[] = [];
  const lacking = new Set<string>();
  const origins = new Map<string, PlannedResource>();
  for (const [type, kind] of Object.entries(kinds)) {
    for (const resource of plan.ofType(type).filter(({ provider }) => providers.has(provider))) {
      try {
        const object = objectOf(resource, kind);
        objects.push(object);
        origins.set(`${kind} ${object.metadata.namespace}/${object.metadata.name}`, resource);
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        unknowns.push({ urn: error.urn, path: error.path });
        lacking.add(kind);
      }
    }
  }
  return {
    policies: readPolicies(trustDomain, objects),
    unknowns,
    mayLack: (kind) => lacking.has(kind),
    resourceOf: (origin) => origins.get(origin),
  };
}

function providersOf(
  mesh: PlannedResource,
  cluster: MeshClusterIntent,
  plan: Plan,
): ReadonlySet<string> {
  const component = plan
    .ofType(meshClusterType)
    .find(
      (one) => one.options.parent === mesh.urn && one.inputs.at("cluster").text() === cluster.name,
    );
  const children = plan.resources.filter(({ options }) => options.parent === component?.urn);
  const providers = new Set(children.map(({ provider }) => provider).filter((urn) => urn !== ""));
  if (component === undefined || providers.size === 0) {
    throw new Undecided(mesh.urn, "intent.clusters", "unreadable");
  }
  return providers;
}

function objectOf(resource: PlannedResource, kind: string): KubernetesObject {
  const metadata = resource.inputs.at("metadata");
  const namespace = metadata.at("namespace").text() ?? "default";
  const name = metadata.at("name").text() ?? resource.name;
  const labels = labelsOf(resource, "labels");
  const annotations = labelsOf(resource, "annotations");
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, labels, annotations },
    spec: resource.inputs.at("spec").plain(),
  };
}

function labelsOf(resource: PlannedResource, property: string): Record<string, string> {
  const view = resource.inputs.at("metadata", property);
  return Object.fromEntries(view.keys().map((key) => [key, view.at(key).text() ?? ""]));
}
