/** Kubernetes clusters (Kubernetes Engine API v1). */

import { createHash } from "node:crypto";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { clusterCertificate } from "../../cluster-certificate.ts";
import { badRequest, lastPart, notFound, project, toCryptoKey, toNetwork } from "./common.ts";

const clusterToken = "gcp:container/cluster:Cluster";
const subnetToken = "gcp:compute/subnetwork:Subnetwork";

const cluster: TypeEntry = {
  token: clusterToken,
  autoname: { property: "name", charactersMax: 40, lowerCase: true },
  defaults: {
    deletionProtection: true,
    enableKubernetesAlpha: false,
    enableL4IlbSubsetting: false,
    enableLegacyAbac: false,
    enableMultiNetworking: false,
    enableShieldedNodes: true,
    network: "default",
  },
  forceNew: [
    "name",
    "location",
    "network",
    "subnetwork",
    "project",
    "initialNodeCount",
    "enableKubernetesAlpha",
    "datapathProvider",
    "ipAllocationPolicy",
    "networkingMode",
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
  outputs: {
    selfLink: (r) => `https://container.googleapis.com/v1/${clusterId(r)}`,
    endpoint: (r) => (isPrivate(r) ? privateEndpoint(r) : publicEndpoint(r)),
    masterVersion: (r) => r.given("minMasterVersion") ?? "1.34.1-gke.1829001",
    nodeVersion: (r) => r.given("minMasterVersion") ?? "1.34.1-gke.1829001",
    labelFingerprint: (r) => r.hex("labels", 8),
    servicesIpv4Cidr: (r) => secondaryRange(r, "ipAllocationPolicy.servicesSecondaryRangeName"),
    clusterIpv4Cidr: (r) => secondaryRange(r, "ipAllocationPolicy.clusterSecondaryRangeName"),
    "masterAuth.clusterCaCertificate": clusterCertificate,
    "privateClusterConfig.privateEndpoint": privateEndpoint,
    "privateClusterConfig.publicEndpoint": publicEndpoint,
    masterAuth: () => ({ clusterCaCertificate: clusterCertificate }),
  },
  keys: ["name", "selfLink"],
  references: [
    toNetwork("network"),
    {
      at: "subnetwork",
      to: subnetToken,
      key: (r, value) =>
        value.includes("/")
          ? value
          : `projects/${r.account}/regions/${r.region}/subnetworks/${value}`,
      holds: true,
      missing: notFound("The referenced subnetwork resource cannot be found."),
    },
    toCryptoKey("databaseEncryption.keyName"),
  ],
  admit: refuseCluster,
  timeouts: { create: 2400, read: 2400, update: 3600, delete: 2400 },
  schemaVersion: 2,
};

function clusterId(r: Resource): string {
  return `projects/${r.account}/locations/${r.text("location", r.region)}/clusters/${r.text("name")}`;
}

function isPrivate(r: Resource): boolean {
  return r.flag("privateClusterConfig.enablePrivateEndpoint");
}

/** Addresses nobody else has: inside the control plane's range, or one that documentation owns (RFC 5737). */
function privateEndpoint(r: Resource): string {
  const block = r.text("privateClusterConfig.masterIpv4CidrBlock", "");
  if (block !== "") return block.replace(/\d+\/\d+$/, "2");
  const digest = createHash("sha256").update(clusterId(r)).digest();
  return `172.16.${digest[0]}.2`;
}

function publicEndpoint(r: Resource): string {
  return `198.51.100.${(Number.parseInt(r.hex("endpoint", 4), 16) % 254) + 1}`;
}

function secondaryRange(r: Resource, path: string): string {
  const name = r.text(path, "");
  const ranges = r.target("subnetwork")?.properties["secondaryIpRanges"];
  const list = (Array.isArray(ranges) ? ranges : []) as {
    rangeName?: unknown;
    ipCidrRange?: unknown;
  }[];
  return String(list.find((range) => range.rangeName === name)?.ipCidrRange ?? "");
}

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

const nodePool: TypeEntry = {
  token: "gcp:container/nodePool:NodePool",
  autoname: { property: "name", charactersMax: 40, lowerCase: true },
  forceNew: ["name", "cluster", "location", "project", "initialNodeCount", "placementPolicy"],
  id: (r) => `${poolCluster(r)}/nodePools/${r.text("name")}`,
  planned: project,
  outputs: {
    version: "1.34.1-gke.1829001",
    initialNodeCount: (r) => r.given("nodeCount") ?? 1,
    maxPodsPerNode: 110,
    instanceGroupUrls: [],
    managedInstanceGroupUrls: [],
    operation: "",
  },
  references: [
    {
      at: "cluster",
      to: clusterToken,
      key: (r) => poolCluster(r),
      cascades: true,
      missing: notFound("cluster '{value}' was not found"),
    },
  ],
  timeouts: { create: 1800, update: 1800, delete: 1800 },
  schemaVersion: 1,
};

function poolCluster(r: Resource): string {
  const given = r.text("cluster");
  if (given.includes("/")) return given;
  return `projects/${r.account}/locations/${r.text("location", r.region)}/clusters/${given}`;
}

/** The entries of Kubernetes clusters. */
export const clusterTypes: readonly TypeEntry[] = [cluster, nodePool];
