/** All policies of a cluster at one pod, in their order. */

import type { Live } from "../deployed.ts";
import { cannotTell, passes, type Stage, type Walk } from "../walk.ts";
import { notEnforced } from "./clusters.ts";
import { networkPolicies, type Sight } from "./network-policies.ts";
import { tier } from "./tiers.ts";
import { pluginPolicies } from "./tokens.ts";

const document = "Kubernetes: Network Policies";

/** Whether the policies at a pod let the packet in or out. */
export function* policies(sight: Sight): Walk {
  const { deployed, pod, peer } = sight;
  const stage: Stage = { stage: `pod isolation, ${sight.direction.toLowerCase()}`, document };
  const idle = notEnforced(deployed, pod.cluster);
  if (idle !== undefined) {
    yield passes(stage, pod.cluster, `policies have no effect: ${idle}`);
    return;
  }
  if (peer.pod?.id === pod.id) {
    yield passes(stage, pod.id, "a pod cannot block access to itself");
    return;
  }
  if (pod.hostNetwork) {
    yield cannotTell(
      stage,
      pod.id,
      "whether the network plugin applies policies to a pod in the host's network",
    );
  }
  const own = pluginPolicy(sight);
  if (own !== undefined) {
    yield cannotTell(stage, own.id, `what ${own.token.split(":").at(-1)} ${own.id} says`);
  }
  if ((yield* tier("Admin", sight)) === "decided") return;
  if ((yield* networkPolicies(sight)) === "decided") return;
  if ((yield* tier("Baseline", sight)) === "decided") return;
  yield passes(stage, pod.id, "no policy selects the pod: everything is allowed");
}

/** A policy of a network plugin's own that may apply to the pod. */
function pluginPolicy({ deployed, pod }: Sight): Live | undefined {
  return deployed
    .all(...pluginPolicies)
    .filter(({ account }) => account === pod.cluster)
    .find(({ id }) => !id.includes("/") || id.startsWith(`${pod.namespace}/`));
}
