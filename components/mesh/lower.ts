/** From the mesh's intent to the plain records that its component creates. Pure. */
import type { MeshClusterIntent, MeshIntent } from "../../model/mesh/intent.ts";
import type { PlannedObject } from "../shared/planned-object.ts";
import { lowerAuthorities } from "./lower/certificates.ts";
import { lowerGateways } from "./lower/gateways.ts";
import { lowerAccounts, lowerNamespaces } from "./lower/namespaces.ts";
import type { NetworkPolicyPlan } from "./lower/network-policies.ts";
import { lowerNetworkPolicies } from "./lower/network-policies.ts";
import { lowerPolicies } from "./lower/policies.ts";
import type { ReleasePlan } from "./lower/releases.ts";
import { lowerReleases } from "./lower/releases.ts";

/** Everything that one cluster gets, in the order in which it is made. */
export interface MeshClusterPlan {
  readonly cluster: string;
  readonly namespaces: readonly PlannedObject[];
  readonly accounts: readonly PlannedObject[];
  readonly networkPolicies: readonly NetworkPolicyPlan[];
  readonly releases: readonly ReleasePlan[];
  /** Objects of Istio's own kinds: they need its definitions and its webhook. */
  readonly meshObjects: readonly PlannedObject[];
}

/** The whole mesh. */
export interface MeshPlan {
  readonly authorities: ReturnType<typeof lowerAuthorities>;
  readonly clusters: readonly MeshClusterPlan[];
}

/** Lowers the intent, which must have been checked (`checkMeshIntent`). */
export function lowerMesh(intent: MeshIntent): MeshPlan {
  return {
    authorities: lowerAuthorities(intent),
    clusters: intent.clusters.map((cluster) => lowerCluster(intent, cluster)),
  };
}

/** Lowers the part of one cluster. */
export function lowerCluster(intent: MeshIntent, cluster: MeshClusterIntent): MeshClusterPlan {
  return {
    cluster: cluster.name,
    namespaces: lowerNamespaces(intent, cluster),
    accounts: lowerAccounts(intent),
    networkPolicies: lowerNetworkPolicies(intent, cluster),
    releases: lowerReleases(intent, cluster),
    meshObjects: [...lowerPolicies(intent), ...lowerGateways(intent)],
  };
}
