/**
 * What Kubernetes leaves to the network plugin. Neither answer may be taken for granted, so the
 * default is that nobody knows; whoever knows the plugin says so.
 */
export interface NetworkPlugin {
  /** Without a plugin that enforces them, policies have no effect ("Network Policies", Prerequisites). */
  readonly enforces: boolean | "unsettled";
  /** Whether an `ipBlock` matches pods with such an address: most plugins say yes, Cilium says no. */
  readonly blocksMatchPods: boolean | "unsettled";
  /** Whether policies bind pods on their node's network, and select them: undefined by Kubernetes. */
  readonly bindsHostNetwork: boolean | "unsettled";
}

/** Any plugin that enforces policies. */
export const anyPlugin: NetworkPlugin = {
  enforces: true,
  blocksMatchPods: "unsettled",
  bindsHostNetwork: "unsettled",
};

/** How np-guard reads manifests: address blocks mean what is outside, every pod is a pod. */
export const plainReading: NetworkPlugin = {
  enforces: true,
  blocksMatchPods: false,
  bindsHostNetwork: true,
};
