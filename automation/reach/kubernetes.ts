/** A directory of Kubernetes manifests as a network. */
import type { Cluster } from "../../policy-packs/lift/kubernetes/cluster.ts";
import { tieText, tunnelText } from "../../policy-packs/lift/kubernetes/findings.ts";
import type { NetworkPlugin } from "../../policy-packs/lift/kubernetes/plugin.ts";
import { anyPlugin, plainReading } from "../../policy-packs/lift/kubernetes/plugin.ts";
import { liftCluster } from "../../policy-packs/lift/kubernetes/topology.ts";
import { ManifestReader } from "../manifests/read.ts";
import type { ReadSource } from "./source.ts";

/** What is known of the network plugin, by the words for it. */
export const plugins: Readonly<Record<string, NetworkPlugin>> = {
  any: anyPlugin,
  plain: plainReading,
  none: { ...anyPlugin, enforces: false },
};

/** Reads directories of manifests, for clusters with such a plugin. */
export function kubernetesSource(plugin: NetworkPlugin): ReadSource {
  const reader = new ManifestReader();
  return async (directory) => {
    const cluster = reader.read(directory);
    const { topology, ties, closedTunnels } = liftCluster(cluster, plugin);
    const notes = [...ties.map(tieText), ...closedTunnels.map(tunnelText), ...notesOn(cluster)];
    return { topology, notes };
  };
}

/** Documents without a say that are named; more are counted. */
const passedOverShownMax = 10;

function notesOn({ workloads, unread, passedOver }: Cluster): string[] {
  const more = passedOver.length - passedOverShownMax;
  return [
    ...(workloads.length === 0 ? ["There are no workloads, so nobody calls anybody."] : []),
    ...unread.map(({ urn }) => `${urn}: a kind that is not read; it may allow or deny anything.`),
    ...passedOver.slice(0, passedOverShownMax).map((at) => `${at}: no Kubernetes object.`),
    ...(more > 0 ? [`${more} more documents are no Kubernetes objects.`] : []),
  ];
}
