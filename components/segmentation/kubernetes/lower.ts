/** What the flows become in the Kubernetes cluster of a place. Pure. */

import { clusterNamespaces } from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { securedNamespace } from "../../shared/namespace.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";
import { lowerClusterPolicies } from "./cluster-policies.ts";
import type { NetworkPolicyPlan } from "./network-policies.ts";
import { lowerNetworkPolicies } from "./network-policies.ts";
import type { PolicyApi } from "./policy-api.ts";
import { policyForms } from "./policy-api.ts";

/** Everything that one cluster gets. */
export interface ClusterSegmentationPlan {
  /** Namespaces of the workloads, for whoever makes them. */
  readonly namespaces: readonly PlannedObject[];
  readonly networkPolicies: readonly NetworkPolicyPlan[];
  /** Policies for the whole cluster; none where it has no API for them. */
  readonly clusterPolicies: readonly PlannedObject[];
}

/** Lowers the cluster of one place; the intent must have been checked (`checkClusterSegmentation`). */
export function lowerClusterSegmentation(
  intent: NetworkIntent,
  place: PlaceIntent,
  policyApi?: PolicyApi,
): ClusterSegmentationPlan {
  return {
    namespaces: clusterNamespaces(intent, place).map((name) =>
      securedNamespace(name, "restricted"),
    ),
    networkPolicies: lowerNetworkPolicies(intent, place),
    clusterPolicies:
      policyApi === undefined ? [] : lowerClusterPolicies(intent, place, policyForms[policyApi]),
  };
}
