/** A directory of Kubernetes manifests as a network. */
import type { Cluster } from "../../policy-packs/lift/kubernetes/cluster.ts";
import { tieText, tunnelText } from "../../policy-packs/lift/kubernetes/findings.ts";
import type { NetworkPlugin } from "../../policy-packs/lift/kubernetes/plugin.ts";
import { anyPlugin, plainReading } from "../../policy-packs/lift/kubernetes/plugin.ts";
import { podSets, Selector, selectionText } from "../../policy-packs/lift/kubernetes/pods.ts";
import type { Policy } from "../../policy-packs/lift/kubernetes/policy.ts";
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
    return { topology, notes, cluster: { cluster, plugin } };
  };
}

/** Notes of one kind that are told one by one; more are counted. */
const alikeShownMax = 10;

function notesOn(cluster: Cluster): string[] {
  const { workloads, unread, passedOver } = cluster;
  return [
    ...(workloads.length === 0 ? ["There are no workloads, so nobody calls anybody."] : []),
    ...unread.map(({ urn }) => `${urn}: a kind that is not read; it may allow or deny anything.`),
    ...firstOf(
      passedOver.map((at) => `${at}: no Kubernetes object.`),
      "documents are no Kubernetes objects",
    ),
    ...firstOf(idlePolicies(cluster).map(idleText), "policies select no pod"),
  ];
}

function firstOf(notes: readonly string[], what: string): string[] {
  const more = notes.length - alikeShownMax;
  return [...notes.slice(0, alikeShownMax), ...(more > 0 ? [`${more} more ${what}.`] : [])];
}

/** Policies for labels that no pod has, which are most often slips. */
function idlePolicies(cluster: Cluster): Policy[] {
  const selector = new Selector(cluster, podSets(cluster, [], plainReading));
  const unread = new Set(cluster.unread.map(({ urn }) => urn));
  return cluster.policies.filter(
    ({ subject, urn }) =>
      subject.pods.key !== "" && !unread.has(urn) && selector.select(subject).length === 0,
  );
}

function idleText({ urn, subject }: Policy): string {
  return `${urn} is for ${selectionText(subject)}, and there are none: it protects nobody. Mend the labels.`;
}
