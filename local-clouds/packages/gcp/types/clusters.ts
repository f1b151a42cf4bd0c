/** Kubernetes clusters (Kubernetes Engine API v1). Shapes as in the provider's recorded exchanges. */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { clusterId, secondaryRange, subnetPath } from "./cluster-facts.ts";
import { clusterOutputs } from "./cluster-outputs.ts";
import {
  absent,
  badRequest,
  globalPath,
  labels,
  lastPart,
  notFound,
  pathOf,
  project,
  toCryptoKey,
  toNetwork,
} from "./common.ts";
import { nodePool } from "./node-pools.ts";
import { protectedAs } from "./protection.ts";
import { shaped } from "./shaped.ts";

const clusterToken = "gcp:container/cluster:Cluster";
const subnetToken = "gcp:compute/subnetwork:Subnetwork";

const cluster: TypeEntry = {
  token: clusterToken,
  ...protectedAs(
    "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.",
  ),
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

/** A cluster in a fleet. */
const membership: TypeEntry = shaped({
  token: "gcp:gkehub/membership:Membership",
  form: "projects/{project}/locations/{location}/memberships/{membershipId}",
  defaults: { location: "global" },
  forceNew: ["endpoint"],
  planned: labels,
  outputs: { name: (r) => r.id, ...absent("authority", "endpoint") },
  keys: ["membershipId"],
  references: [
    {
      at: "endpoint.gkeCluster.resourceLink",
      to: clusterToken,
      by: ["id", "selfLink"],
      within: "world",
      holds: true,
      missing: notFound("Cluster {value} was not found"),
    },
  ],
});

/** What a whole fleet does, e.g. a service mesh. */
const feature: TypeEntry = shaped({
  token: "gcp:gkehub/feature:Feature",
  form: "projects/{project}/locations/{location}/features/{name}",
  planned: labels,
  outputs: {
    createTime: (r) => r.createdAt,
    deleteTime: "",
    resourceStates: () => [{ hasResources: false, state: "ACTIVE" }],
    states: () => [{ states: [{ code: "OK", description: "", updateTime: "" }] }],
    updateTime: (r) => r.createdAt,
    ...absent("fleetDefaultMemberConfig", "spec"),
  },
});

const featureMembership: TypeEntry = {
  token: "gcp:gkehub/featureMembership:FeatureMembership",
  forceNew: ["feature", "location", "membership", "membershipLocation", "project"],
  id: (r) =>
    `projects/${r.account}/locations/${r.text("location")}/features/${r.text("feature")}/membershipId/${r.text("membership")}`,
  planned: project,
  references: [
    {
      at: "membership",
      to: "gcp:gkehub/membership:Membership",
      by: ["membershipId", "id"],
      cascades: true,
      missing: notFound("Membership {value} was not found"),
    },
  ],
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** The entries of Kubernetes clusters and their fleets. */
export const clusterTypes: readonly TypeEntry[] = [
  cluster,
  nodePool,
  membership,
  feature,
  featureMembership,
];
