/** What is proved of the pods of a planned cluster. */
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { readNetworkIntent } from "../../../model/network/read-intent.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import type { Proof } from "../../../model/reach/prove.ts";
import type { PlannedCluster } from "../../lift/kubernetes/plan.ts";
import { plannedClusters } from "../../lift/kubernetes/plan.ts";
import { anyPlugin } from "../../lift/kubernetes/plugin.ts";
import { proveCluster } from "../../lift/kubernetes/prove.ts";
import { carriedIntent } from "./carried-intent.ts";

/** The component that carries the declared flows of a cluster's workloads. */
export const clusterSegmentationType = "bulkhead:index:ClusterSegmentation";

/**
 * Holds everything planned for the component's cluster, whoever wrote it, against its intent.
 * {@link Undecided} without a readable one, or where an object is not one that the cluster would take.
 */
export function proveSegmentedCluster(component: PlannedResource, plan: Plan): Proof {
  const { intent, place } = intentOf(component);
  const { cluster } = clusterOf(component, plan);
  const [refused] = cluster.problems;
  if (refused !== undefined) throw new Undecided(component.urn, refused.place, "unreadable");
  const origin = { urn: component.urn, path: "intent.flows" };
  return proveCluster(cluster, anyPlugin, intent, place, origin);
}

function intentOf(component: PlannedResource): { intent: NetworkIntent; place: PlaceIntent } {
  const intent = carriedIntent(component, readNetworkIntent);
  const name = component.inputs.at("place").text();
  const place = intent.places.find((one) => one.name === name);
  if (place === undefined) throw new Undecided(component.urn, "place", "unreadable");
  return { intent, place };
}

/** The cluster to which the component's own objects go. */
function clusterOf(component: PlannedResource, plan: Plan): PlannedCluster {
  const own = plan.resources.find(
    ({ options, type }) => options.parent === component.urn && type.startsWith("kubernetes:"),
  );
  const found = plannedClusters(plan).find(({ provider }) => provider === own?.provider);
  if (own === undefined || found === undefined) {
    throw new Undecided(component.urn, "intent.flows", "unreadable");
  }
  return found;
}
