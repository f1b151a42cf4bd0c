/**
 * Pods of an ambient mesh talk through a tunnel to TCP port 15008, and NetworkPolicy judges the
 * tunnel (Istio, "Ambient and Kubernetes NetworkPolicy"): one that closes it stops the mesh.
 */
import { has } from "../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Stage } from "../../../model/network/topology.ts";
import { isAmbient } from "./callers.ts";
import type { Cluster } from "./cluster.ts";
import type { PodSet } from "./pods.ts";

/** Where HBONE arrives at a pod. */
export const tunnelPort = 15008;
const tunnel = protocolInterval(protocolNumbers.tcp, tunnelPort, tunnelPort).from;

/** Names of ambient pods whose NetworkPolicies let nobody reach the tunnel. */
export function closedTunnels(
  cluster: Cluster,
  pods: readonly PodSet[],
  stagesOf: (pod: PodSet) => readonly Stage[],
): string[] {
  return pods
    .filter((pod) => isAmbient(cluster, pod))
    .filter((pod) =>
      stagesOf(pod).some(
        ({ plane, direction, tiers }) =>
          plane === "network-policy" &&
          direction === "in" &&
          !tiers.some(({ rules }) =>
            rules.some(({ action, selectors }) => action === "allow" && has(selectors, tunnel)),
          ),
      ),
    )
    .map(({ name }) => name);
}
