/** Whether the policies of a cluster mean exactly what the intent of its place says. */
import { clusterFlows } from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { Origin } from "../../../model/network/topology.ts";
import type { Proof } from "../../../model/reach/prove.ts";
import { proveFlows } from "../../../model/reach/prove.ts";
import type { Cluster } from "./cluster.ts";
import { clusterInPlace } from "./place.ts";
import type { NetworkPlugin } from "./plugin.ts";
import { withStandIns } from "./stand-ins.ts";
import { liftCluster } from "./topology.ts";

/** Compares the cluster, of which all objects are in order; `origin` is where the intent stands. */
export function proveCluster(
  cluster: Cluster,
  plugin: NetworkPlugin,
  intent: NetworkIntent,
  place: PlaceIntent,
  origin: Origin,
): Proof {
  const whole = withStandIns(cluster, intent, place);
  const { topology } = liftCluster(whole, plugin);
  const actual = clusterInPlace(topology, whole, intent, place);
  return proveFlows(actual, clusterFlows(intent, place), origin);
}
