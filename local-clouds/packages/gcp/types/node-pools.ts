/** Node pools of Kubernetes clusters (Kubernetes Engine API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { Computed, TypeEntry } from "../../../types/type.ts";
import { instanceGroup } from "./cluster-facts.ts";
import { usualVersion } from "./cluster-outputs.ts";
import { absent, block, lastPart, notFound, project, regionOf, within, zonesOf } from "./common.ts";

/** What the fields of a node configuration are where nobody gave them. */
const nodeConfig: Readonly<Record<string, Computed>> = {
  ...block("nodeConfig", {
    bootDiskKmsKey: "",
    diskSizeGb: 100,
    diskType: "pd-balanced",
    effectiveTaints: [],
    enableConfidentialStorage: false,
    guestAccelerators: [],
    imageType: "COS_CONTAINERD",
    labels: {},
    localSsdCount: 0,
    loggingVariant: "DEFAULT",
    machineType: "e2-medium",
    metadata: { "disable-legacy-endpoints": "true" },
    minCpuPlatform: "",
    nodeGroup: "",
    oauthScopes: [
      "https://www.googleapis.com/auth/devstorage.read_only",
      "https://www.googleapis.com/auth/logging.write",
      "https://www.googleapis.com/auth/monitoring",
      "https://www.googleapis.com/auth/service.management.readonly",
      "https://www.googleapis.com/auth/servicecontrol",
      "https://www.googleapis.com/auth/trace.append",
    ],
    preemptible: false,
    resourceLabels: {},
    serviceAccount: "default",
    spot: false,
    tags: [],
    taints: [],
    ...absent(
      "advancedMachineFeatures",
      "confidentialNodes",
      "ephemeralStorageConfig",
      "ephemeralStorageLocalSsdConfig",
      "fastSocket",
      "gcfsConfig",
      "gvnic",
      "hostMaintenancePolicy",
      "kubeletConfig",
      "linuxNodeConfig",
      "localNvmeSsdBlockConfig",
      "reservationAffinity",
      "sandboxConfig",
      "soleTenantConfig",
      "workloadMetadataConfig",
    ),
  }),
  ...block("nodeConfig.shieldedInstanceConfig", {
    enableIntegrityMonitoring: true,
    enableSecureBoot: false,
  }),
};

/** The node pool. */
export const nodePool: TypeEntry = {
  token: "gcp:container/nodePool:NodePool",
  autoname: { property: "name", charactersMax: 40, lowerCase: true },
  defaults: { "nodeConfig.spot": false },
  maps: ["nodeConfig.labels", "nodeConfig.metadata", "nodeConfig.resourceLabels"],
  forceNew: [
    "cluster",
    "initialNodeCount",
    "location",
    "maxPodsPerNode",
    "name",
    "namePrefix",
    "placementPolicy",
    "project",
    "nodeConfig.bootDiskKmsKey",
    "nodeConfig.localSsdCount",
    "nodeConfig.minCpuPlatform",
    "nodeConfig.oauthScopes",
    "nodeConfig.preemptible",
    "nodeConfig.serviceAccount",
    "nodeConfig.shieldedInstanceConfig",
    "nodeConfig.spot",
    "networkConfig.podRange",
    "networkConfig.podIpv4CidrBlock",
  ],
  id: (r) => `${clusterPath(r)}/nodePools/${r.text("name")}`,
  planned: project,
  outputs: {
    ...nodeConfig,
    version: (r) => r.target("cluster")?.properties["masterVersion"] ?? usualVersion,
    initialNodeCount: (r) => r.given("nodeCount") ?? r.given("autoscaling.minNodeCount") ?? 1,
    nodeCount: (r) => r.given("initialNodeCount") ?? r.given("autoscaling.minNodeCount") ?? 1,
    location: (r) => /locations\/([^/]+)/.exec(clusterPath(r))?.[1],
    maxPodsPerNode: 110,
    namePrefix: "",
    nodeLocations: zones,
    instanceGroupUrls: (r) => groups(r, "v1", "instanceGroupManagers"),
    managedInstanceGroupUrls: (r) => groups(r, "beta", "instanceGroups"),
    ...block("management", { autoRepair: true, autoUpgrade: true }),
    ...block("networkConfig", {
      additionalNodeNetworkConfigs: [],
      additionalPodNetworkConfigs: [],
      createPodRange: false,
      enablePrivateNodes: (r) => cluster(r, "privateClusterConfig", "enablePrivateNodes") ?? false,
      podIpv4CidrBlock: (r) => cluster(r, "ipAllocationPolicy", "clusterIpv4CidrBlock") ?? "",
      podRange: (r) => cluster(r, "ipAllocationPolicy", "clusterSecondaryRangeName") ?? "",
      ...absent("podCidrOverprovisionConfig"),
    }),
    ...block("upgradeSettings", {
      maxSurge: 1,
      maxUnavailable: 0,
      strategy: "SURGE",
      ...absent("blueGreenSettings"),
    }),
    ...within("autoscaling", {
      locationPolicy: "BALANCED",
      totalMaxNodeCount: 0,
      totalMinNodeCount: 0,
    }),
  },
  references: [
    {
      at: "cluster",
      to: "gcp:container/cluster:Cluster",
      key: clusterPath,
      cascades: true,
      missing: notFound("cluster '{value}' was not found"),
    },
  ],
  timeouts: { create: 1800, update: 1800, delete: 1800 },
  schemaVersion: 1,
};

function clusterPath(r: Resource): string {
  const given = r.text("cluster");
  if (given.includes("/")) return given;
  return `projects/${r.account}/locations/${r.text("location", r.region)}/clusters/${given}`;
}

function cluster(r: Resource, blockName: string, field: string) {
  const properties = r.target("cluster")?.properties[blockName];
  return typeof properties === "object" && properties !== null
    ? (properties as { [key: string]: string | boolean })[field]
    : undefined;
}

function zones(r: Resource): string[] {
  const location = /locations\/([^/]+)/.exec(clusterPath(r))?.[1] ?? r.region;
  return regionOf(location) === location ? zonesOf(location).slice(-3) : [location];
}

function groups(r: Resource, api: string, collection: string): string[] {
  const listed = r.list("nodeLocations").map(String);
  return (listed.length > 0 ? listed : zones(r)).map((zone) => {
    const name = instanceGroup(lastPart(clusterPath(r)), r.text("name"), r.hex(zone, 8));
    return `https://www.googleapis.com/compute/${api}/projects/${r.account}/zones/${zone}/${collection}/${name}`;
  });
}
