/** Kubernetes clusters (Azure Kubernetes Service REST API). */

import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { inGroup, invalid, succeeded, toResource } from "./common.ts";

const cluster = inGroup("azure-native:containerservice:ManagedCluster", {
  armType: "Microsoft.ContainerService/managedClusters",
  apiVersion: "2025-09-01",
  nameInput: "resourceName",
  charactersMax: 63,
  located: true,
  entry: {
    forceNew: [
      "dnsPrefix",
      "apiServerAccessProfile.enablePrivateCluster",
      "networkProfile.networkPlugin",
      "networkProfile.podCidrs",
      "networkProfile.serviceCidrs",
      "nodeResourceGroup",
    ],
    outputs: {
      ...succeeded,
      resourceUID: (r) => r.hex("uid", 24),
      currentKubernetesVersion: (r) => r.given("kubernetesVersion"),
      enableRBAC: true,
      maxAgentPools: 100,
      powerState: { code: "Running" },
      nodeResourceGroup: (r) =>
        `MC_${r.text("resourceGroupName")}_${r.text("resourceName")}_${r.region}`,
      azurePortalFQDN: (r) => `${host(r)}.portal.hcp.${r.region}.azmk8s.io`,
      fqdn: (r) => (isPrivate(r) ? undefined : `${host(r)}.hcp.${r.region}.azmk8s.io`),
      privateFQDN: (r) =>
        isPrivate(r) ? `${host(r)}.${r.uuid("zone")}.privatelink.${r.region}.azmk8s.io` : undefined,
      "oidcIssuerProfile.issuerURL": (r) =>
        r.flag("oidcIssuerProfile.enabled")
          ? `https://${r.region}.oic.prod-aks.azure.com/${r.tenant}/${r.uuid("issuer")}/`
          : undefined,
    },
    keys: ["fqdn", "privateFQDN"],
    references: [
      toResource("agentPoolProfiles[*].vnetSubnetID", "azure-native:network:Subnet"),
      toResource("agentPoolProfiles[*].podSubnetID", "azure-native:network:Subnet"),
      toResource("apiServerAccessProfile.subnetId", "azure-native:network:Subnet"),
      toResource(
        "identity.userAssignedIdentities[*]",
        "azure-native:managedidentity:UserAssignedIdentity",
      ),
    ],
    admit: (r) => {
      if (r.list("agentPoolProfiles").length === 0) {
        return invalid(
          "InvalidParameter",
          "Provisioning of resource(s) for container service failed: at least one agent pool is required.",
        );
      }
      const modes = r.every("agentPoolProfiles[*].mode");
      return modes.includes("System")
        ? undefined
        : invalid("InvalidParameter", "There has to be at least one system agent pool.");
    },
    inUse: { code: "ManagedClusterInUse", says: "The managed cluster {id} is in use by {value}." },
  },
});

function host(r: Resource): string {
  return `${r.text("dnsPrefix", r.text("resourceName"))}-${r.hex("host", 8)}`;
}

function isPrivate(r: Resource): boolean {
  return r.flag("apiServerAccessProfile.enablePrivateCluster");
}

/** The entries of Kubernetes clusters. */
export const clusterTypes: readonly TypeEntry[] = [cluster];
