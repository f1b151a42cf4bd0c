/** How the control plane of a GKE cluster is reached. */
import type { View } from "../../../model/policy/view.ts";

export const gkeCluster = "gcp:container/cluster:Cluster";

/** Whether it has addresses at all; else it is reached by its name, with Google's login, alone. */
export function hasAddresses(inputs: View): boolean {
  const addresses = inputs.at("controlPlaneEndpointsConfig", "ipEndpointsConfig", "enabled");
  return addresses.flag() !== false;
}
