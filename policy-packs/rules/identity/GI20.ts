/**
 * Google Kubernetes Engine documentation, "About Workload Identity Federation for GKE": off unless
 * the cluster names a pool; Autopilot always has it. Node pools of such a cluster give pods the GKE
 * metadata server unless they ask for the old one.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const cluster = "gcp:container/cluster:Cluster";
const pool = "gcp:container/nodePool:NodePool";

export const GI20: Rule = {
  id: "GI20",
  sentence: "Pods get identities of their own from the cluster.",
  why: "Otherwise every pod gets the node's token from the metadata server, or holds a key.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-3", "IA-9", "AC-6"],
  fix: "Set workloadIdentityConfig.workloadPool to PROJECT.svc.id.goog, and the mode of nodeConfig.workloadMetadataConfig to GKE_METADATA.",
  remedy: {
    // Pods that used the node's account lose what it may.
    kind: "opt-in",
    edits: ({ type, inputs }) => {
      const project = inputs.at("project");
      const edits = [];
      if (type === cluster && !hasPool(inputs) && project.state === "known") {
        const value = `${project.text() ?? ""}.svc.id.goog`;
        edits.push({ path: ["workloadIdentityConfig", "workloadPool"], value });
      }
      if (oldServer(inputs)) {
        edits.push({
          path: ["nodeConfig", "workloadMetadataConfig", "mode"],
          value: "GKE_METADATA",
        });
      }
      return edits;
    },
  },
  subjects: [cluster, pool],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    const mode = inputs.at("nodeConfig", "workloadMetadataConfig", "mode");
    judge.part(() => {
      if (oldServer(inputs)) judge.fail(mode, "the node's token, read by a pod");
    });
    judge.part(() => {
      if (type !== cluster || hasPool(inputs)) return;
      const at = inputs.at("workloadIdentityConfig", "workloadPool");
      judge.fail(at, "the node's token, read by a pod");
    });
  },
  examples: [
    {
      kind: "violating",
      says: "no pool",
      expect: "fail",
      resources: alone(cluster, { project: "shop", workloadIdentityConfig: { workloadPool: "" } }),
      path: "workloadIdentityConfig.workloadPool",
    },
    {
      kind: "violating",
      says: "nodes with the old server",
      expect: "fail",
      resources: alone(pool, { nodeConfig: { workloadMetadataConfig: { mode: "GCE_METADATA" } } }),
      path: "nodeConfig.workloadMetadataConfig.mode",
    },
    {
      kind: "clean",
      says: "a pool",
      expect: "pass",
      resources: alone(cluster, { workloadIdentityConfig: { workloadPool: "shop.svc.id.goog" } }),
    },
    {
      kind: "clean",
      says: "Autopilot",
      expect: "pass",
      resources: alone(cluster, { enableAutopilot: true }),
    },
    {
      kind: "unknown",
      says: "the pool is not known",
      expect: "unknown",
      resources: alone(cluster, { workloadIdentityConfig: unknownHere }),
      path: "workloadIdentityConfig",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(cluster, {}) },
  ],
};

function hasPool(inputs: View): boolean {
  if (inputs.at("enableAutopilot").flag() === true) return true;
  return (inputs.at("workloadIdentityConfig", "workloadPool").text() ?? "") !== "";
}

function oldServer(inputs: View): boolean {
  const mode = inputs.at("nodeConfig", "workloadMetadataConfig", "mode").text();
  return mode === "GCE_METADATA" || mode === "EXPOSE";
}
