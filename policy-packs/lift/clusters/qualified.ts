/** A cluster with names that no other cluster has. */
import type { Rule, Topology } from "../../../model/network/topology.ts";
import { everyClusterPod, inCluster } from "./names.ts";

/** Pods are called by their cluster first, as its provider is called. */
export function qualified(topology: Topology, provider: string): Topology {
  const group = (name: string) => (name === everyClusterPod ? name : inCluster(provider, name));
  const [cluster = ""] = provider.split("::").slice(-1);
  const rule = (one: Rule): Rule => ({
    ...one,
    peers: one.peers.map((peer) =>
      peer.group === undefined ? peer : { ...peer, group: group(peer.group) },
    ),
  });
  return {
    ...topology,
    endpoints: topology.endpoints.map((pod) => ({
      ...pod,
      id: `${provider} ${pod.id}`,
      name: cluster === "" ? pod.name : `${cluster}/${pod.name}`,
      groups: [...pod.groups.map(group), everyClusterPod],
      stages: pod.stages.map((id) => inCluster(provider, id)),
    })),
    stages: topology.stages.map((stage) => ({
      ...stage,
      id: inCluster(provider, stage.id),
      tiers: stage.tiers.map((tier) => ({ ...tier, rules: tier.rules.map(rule) })),
    })),
  };
}
