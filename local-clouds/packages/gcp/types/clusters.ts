/** Kubernetes clusters (Kubernetes Engine API v1). Shapes as in the provider's recorded exchanges. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { clusterId, secondaryRange, subnetPath } from "./cluster-facts.ts";
import { clusterOutputs } from "./cluster-outputs.ts";
import {
  badRequest,
  globalPath,
  lastPart,
  notFound,
  pathOf,
  project,
  toCryptoKey,
  toNetwork,
} from "./common.ts";
import { nodePool } from "./node-pools.ts";

const clusterToken = "gcp:container/cluster:Cluster";
const subnetToken = "gcp:compute/subnetwork:Subnetwork";

const cluster: TypeEntry = {
  token: clusterToken,
  autoname: { property: "name", charactersMax: 40, lowerCase: true },
  defaults: {
    deletionProtection: true,
    enableFqdnNetworkPolicy: false,
    enableKubernetesAlpha: false,
    enableL4IlbSubsetting: false,
    enableLegacyAbac: false,
    enableMultiNetworking: false,
    enableShieldedNodes: true,
    network: "default",
    "nodeConfig.spot": false,
    "nodePools[*].nodeConfig.spot": false,
  },
  maps: ["nodeConfig.labels", "nodeConfig.metadata", "nodeConfig.resourceLabels"],
  forceNew: [
    "clusterIpv4Cidr",
    "confidentialNodes",
    "datapathProvider",
    "defaultMaxPodsPerNode",
    "description",
    "dnsConfig",
    "enableAutopilot",
    "enableKubernetesAlpha",
    "enableMultiNetworking",
    "enableTpu",
    "initialNodeCount",
    "ipAllocationPolicy",
    "location",
    "name",
    "network",
    "networkingMode",
    "nodePools",
    "project",
    "subnetwork",
    "nodeConfig.diskSizeGb",
    "nodeConfig.diskType",
    "nodeConfig.machineType",
    "nodeConfig.oauthScopes",
    "nodeConfig.serviceAccount",
    "privateClusterConfig.enablePrivateNodes",
    "privateClusterConfig.masterIpv4CidrBlock",
  ],
  id: clusterId,
  planned: {
    ...project,
    // The cluster spells its labels `resourceLabels`.
    effectiveLabels: (r) => ({ "goog-pulumi-provisioned": "true", ...r.object("resourceLabels") }),
    pulumiLabels: (r) => ({ "goog-pulumi-provisioned": "true", ...r.object("resourceLabels") }),
  },
  normalised: {
    network: (r, given) => pathOf(globalPath(r, "networks", String(given))),
    subnetwork: (r, given) => pathOf(subnetPath(r, String(given))),
  },
  outputs: clusterOutputs,
  secrets: ["masterAuth.clientKey"],
  keys: [
    "name",
    "selfLink",
    "endpoint",
    "privateClusterConfig.privateEndpoint",
    "privateClusterConfig.publicEndpoint",
  ],
  references: [
    toNetwork("network"),
    {
      at: "subnetwork",
      to: subnetToken,
      key: subnetPath,
      holds: true,
      unless: (value) => value === "default",
      missing: notFound("The referenced subnetwork resource cannot be found."),
    },
    toCryptoKey("databaseEncryption.keyName"),
  ],
  admit: refuseCluster,
  timeouts: { create: 2400, read: 2400, update: 3600, delete: 2400 },
  schemaVersion: 2,
};

function refuseCluster(r: Resource): ServiceError | undefined {
  for (const path of ["clusterSecondaryRangeName", "servicesSecondaryRangeName"]) {
    const name = r.text(`ipAllocationPolicy.${path}`, "");
    if (name !== "" && secondaryRange(r, `ipAllocationPolicy.${path}`) === "") {
      return badRequest(
        `Pod secondary range "${name}" does not exist in subnetwork "${lastPart(r.text("subnetwork", "default"))}"`,
      );
    }
  }
  const pool = r.text("workloadIdentityConfig.workloadPool", "");
  return pool === "" || pool === `${r.account}.svc.id.goog`
    ? undefined
    : badRequest(`workload pool must be ${r.account}.svc.id.goog, got ${pool}`);
}

/** The entries of Kubernetes clusters. */
export const clusterTypes: readonly TypeEntry[] = [cluster, nodePool];
