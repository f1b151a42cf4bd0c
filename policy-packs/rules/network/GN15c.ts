/** GKE documentation, "About network isolation in GKE": nodes have public addresses unless told otherwise. */
import { demandRule } from "../shared/flag-rule.ts";
import { gkeCluster } from "../shared/gke-endpoint.ts";

const witness = "a packet from the internet to a node's own public address";

export const GN15c = demandRule({
  id: "GN15c",
  sentence: "A cluster's nodes have private addresses only.",
  why: "Everybody may try the node's services, and a pod that shares its network, past every load balancer.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set privateClusterConfig.enablePrivateNodes to true, and leave networkConfig.enablePrivateNodes of node pools so.",
  demands: {
    [gkeCluster]: [
      {
        path: ["privateClusterConfig", "enablePrivateNodes"],
        holds: (value) => value === "true",
        witness,
        good: true,
        bad: false,
      },
    ],
    // A node pool that says nothing does as its cluster does.
    "gcp:container/nodePool:NodePool": [
      {
        path: ["networkConfig", "enablePrivateNodes"],
        holds: (value) => value !== "false",
        witness,
        good: true,
        bad: false,
      },
    ],
  },
});
