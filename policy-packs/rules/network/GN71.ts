/** GKE documentation, "Node images": Container-Optimized OS is the default, and runs little besides containers. */
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const image: Demand = {
  path: ["nodeConfig", "imageType"],
  holds: (value) => value === undefined || /^(cos|windows)/i.test(value),
  witness: "a package manager and a writable system, for whoever gets out of a container",
  good: "COS_CONTAINERD",
  bad: "UBUNTU_CONTAINERD",
};

export const GN71 = demandRule({
  id: "GN71",
  sentence: "Nodes of a cluster run the system that is made for containers.",
  why: "On a system for everything, whoever gets out of a container finds tools, and stays through restarts.",
  severity: "low",
  tenets: ["T5"],
  controls: ["CM-7", "SI-7"],
  fix: "Set nodeConfig.imageType to COS_CONTAINERD.",
  demands: {
    "gcp:container/cluster:Cluster": [image],
    "gcp:container/nodePool:NodePool": [image],
  },
});
