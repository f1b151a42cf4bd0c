/** Creates the nodes of a GKE cluster from its plan. */
import * as container from "@pulumi/gcp/container/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { GcpMembership } from "../../segmentation/places.ts";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { GkePlan } from "./lower.ts";

/**
 * How a node is made. The secure tag makes it a member of its segment from its first packet on: a
 * node without it could not even reach its control plane.
 */
export function nodeConfigOf(
  plan: GkePlan,
  membership: GcpMembership,
  serviceAccount: pulumi.Output<string>,
) {
  const tagValueId = mustHave(membership.tagValueIds, plan.segment);
  return {
    machineType: plan.nodePool.machineType,
    imageType: "COS_CONTAINERD",
    serviceAccount,
    // What the nodes may do is what their account's roles say; scopes only take away (GKE, "Access
    // scopes").
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
    resourceManagerTags: pulumi
      .all([membership.tagKeyId, tagValueId])
      .apply(([key, value]) => ({ [key]: value })),
    resourceLabels: plan.labels,
  };
}

/** The pool that stays. */
export function createGkeNodes(
  parent: pulumi.ComponentResource,
  { nodePool, project, region }: GkePlan,
  cluster: container.Cluster,
  nodeConfig: ReturnType<typeof nodeConfigOf>,
): container.NodePool {
  return new container.NodePool(
    nodePool.name,
    {
      project,
      location: region,
      cluster: cluster.name,
      // Per zone; from then on the autoscaler decides.
      initialNodeCount: 1,
      autoscaling: {
        totalMinNodeCount: nodePool.min,
        totalMaxNodeCount: nodePool.max,
        locationPolicy: "BALANCED",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig,
    },
    childOf(parent),
  );
}
