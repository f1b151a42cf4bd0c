/** Kubernetes clusters and their pools (Azure Kubernetes Service REST API). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, armArea, groupId, groupToken, nested } from "./arm.ts";
import { networkDefaults, nodeGroup, podsOf } from "./cluster-network.ts";
import {
  eachOf,
  invalid,
  objectOf,
  refuseChange,
  succeeded,
  systemData,
  toLinked,
  toResource,
} from "./common.ts";
import { networkTokens } from "./network-area.ts";

const containerService = armArea({
  module: "containerservice",
  provider: "Microsoft.ContainerService",
  apiVersion: "2025-09-01",
});

const clusterToken = "azure-native:containerservice:ManagedCluster";

/** The version that a cluster gets where none is asked for, and the patch that each gets today. */
const usualVersion = "1.33";
const patch = "5";

/** `1.33` is alive as `1.33.5`. */
function wholeVersion(version: string): string {
  return version.split(".").length === 2 ? `${version}.${patch}` : version;
}

const nodeOutputs = {
  count: 1,
  enableAutoScaling: false,
  enableFIPS: false,
  enableNodePublicIP: false,
  kubeletDiskType: "OS",
  mode: "User",
  osDiskSizeGB: 128,
  osDiskType: "Managed",
  osSKU: "Ubuntu",
  osType: "Linux",
  powerState: { code: "Running" },
  provisioningState: "Succeeded",
  scaleDownMode: "Delete",
  securityProfile: { enableSecureBoot: false, enableVTPM: false, sshAccess: "LocalUser" },
} as const satisfies JsonObject;

const cluster = containerService("ManagedCluster", "managedClusters", {
  name: {
    input: "resourceName",
    charactersMax: 63,
    form: /^[a-zA-Z0-9]$|^[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]$/,
  },
  location: "own",
  acts: true,
  // Provider source, `forceNewMap`: what `az aks update` has no way to change.
  planned: { type: "Microsoft.ContainerService/ManagedClusters" },
  forceNew: [
    "diskEncryptionSetID",
    "dnsPrefix",
    "fqdnSubdomain",
    "linuxProfile",
    "nodeResourceGroup",
    "windowsProfile",
    ...[
      "dnsServiceIP",
      "networkDataplane",
      "networkMode",
      "networkPlugin",
      "networkPluginMode",
      "networkPolicy",
      "outboundType",
      "podCidr",
      "serviceCidr",
      "serviceCidrs",
    ].map((key) => `networkProfile.${key}`),
  ],
  hidden: ["windowsProfile.adminPassword", "servicePrincipalProfile.secret"],
  outputs: {
    ...succeeded,
    ...nested("autoUpgradeProfile", { nodeOSUpgradeChannel: "NodeImage" }),
    bootstrapProfile: { artifactSource: "Direct" },
    metricsProfile: { costAnalysis: { enabled: false } },
    nodeProvisioningProfile: { mode: "Manual" },
    securityProfile: {},
    servicePrincipalProfile: { clientId: "msi" },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    },
    workloadAutoScalerProfile: {},
    eTag: (r) => r.uuid(r.content()),
    resourceUID: (r) => r.hex("uid", 24),
    kubernetesVersion: usualVersion,
    currentKubernetesVersion: (r) => wholeVersion(r.text("kubernetesVersion", usualVersion)),
    enableRBAC: true,
    maxAgentPools: 100,
    powerState: { code: "Running" },
    supportPlan: "KubernetesOfficial",
    ...nested("sku", { name: "Base", tier: "Free" }),
    nodeResourceGroup: nodeGroup,
    azurePortalFQDN: (r) => `${host(r)}.portal.hcp.${r.region}.azmk8s.io`,
    fqdn: (r) => (isPrivate(r) ? undefined : `${host(r)}.hcp.${r.region}.azmk8s.io`),
    privateFQDN: (r) =>
      isPrivate(r) ? `${host(r)}.${r.uuid("zone")}.privatelink.${r.region}.azmk8s.io` : undefined,
    identityProfile: (r) => ({
      kubeletidentity: {
        clientId: r.uuid("kubelet client"),
        objectId: r.uuid("kubelet"),
        resourceId: `${groupId(r.account, nodeGroup(r)).replace("resourceGroups", "resourcegroups")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${r.text("resourceName")}-agentpool`,
      },
    }),
    ...networkDefaults(),
    ...nested("oidcIssuerProfile", { enabled: false }),
    "oidcIssuerProfile.issuerURL": (r) =>
      r.flag("oidcIssuerProfile.enabled")
        ? `https://${r.region}.oic.prod-aks.azure.com/${r.tenant}/${r.uuid("issuer")}/`
        : undefined,
  },
  normalised: { agentPoolProfiles: (r, given) => shownPools(r, given) },
  // A kubeconfig names the server by its host.
  keys: ["fqdn", "privateFQDN"],
  references: [
    toResource("agentPoolProfiles[*].vnetSubnetID", networkTokens.subnet),
    toResource("agentPoolProfiles[*].podSubnetID", networkTokens.subnet),
    toResource("apiServerAccessProfile.subnetId", networkTokens.subnet),
    toLinked("diskEncryptionSetID", "azure-native:compute:DiskEncryptionSet"),
  ],
  admit: refuseCluster,
  // The nodes lie in a group that the service makes and that people give rights on.
  companions: (r) => [
    {
      token: groupToken,
      id: groupId(r.account, nodeGroup(r)),
      properties: {
        location: r.region,
        managedBy: r.id,
        name: nodeGroup(r),
        properties: { provisioningState: "Succeeded" },
        type: "Microsoft.Resources/resourceGroups",
      },
    },
  ],
  inUse: { code: "ManagedClusterInUse", says: "The managed cluster {id} is in use by {value}." },
});

function shownPools(r: Resource, given: Json): JsonObject[] {
  const version = r.text("kubernetesVersion", usualVersion);
  return eachOf(given, (pool) => ({
    ...nodeOutputs,
    type: "VirtualMachineScaleSets",
    maxPods: podsOf(r),
    upgradeSettings: { maxSurge: "10%" },
    orchestratorVersion: version,
    currentOrchestratorVersion: wholeVersion(version),
    nodeImageVersion: "AKSUbuntu-2204gen2containerd-202511.12.0",
    eTag: r.uuid("pools"),
    ...pool,
  }));
}

const poolName = /^[a-z][a-z0-9]{0,11}$/;

function refuseCluster(r: Resource): ServiceError | undefined {
  if (r.list("agentPoolProfiles").length === 0) {
    return invalid(
      "InvalidParameter",
      "Provisioning of resource(s) for container service failed: at least one agent pool is required.",
    );
  }
  const bad = r.every("agentPoolProfiles[*].name").find((name) => !poolName.test(String(name)));
  if (bad !== undefined) {
    return invalid(
      "InvalidParameter",
      `The value of parameter agentPoolProfile.name is invalid: '${String(bad)}'. It must start with a lower-case letter and have at most 12 lower-case letters and digits.`,
    );
  }
  if (r.given("dnsPrefix") === undefined && r.given("fqdnSubdomain") === undefined) {
    return invalid(
      "DnsPrefixRequired",
      "The value of parameter dnsPrefix is invalid: it is required.",
    );
  }
  return r.every("agentPoolProfiles[*].mode").includes("System")
    ? refuseChange(r, ["apiServerAccessProfile.enablePrivateCluster"], (path) =>
        invalid("PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`),
      )
    : invalid("InvalidParameter", "There has to be at least one system agent pool.");
}

function host(r: Resource): string {
  return `${r.text("dnsPrefix", r.text("resourceName"))}-${r.hex("host", 8)}`;
}

function isPrivate(r: Resource): boolean {
  return r.flag("apiServerAccessProfile.enablePrivateCluster");
}

const pool = containerService("AgentPool", "managedClusters/agentPools", {
  name: { input: "agentPoolName", charactersMax: 12, form: poolName },
  parents: [{ input: "resourceName", token: clusterToken }],
  forceNew: ["gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"],
  hidden: ["type"],
  outputs: {
    ...nodeOutputs,
    maxPods: clusterPods,
    upgradeSettings: {},
    orchestratorVersion: clusterVersion,
    currentOrchestratorVersion: (r) => wholeVersion(String(clusterVersion(r))),
    nodeImageVersion: "AKSUbuntu-2204gen2containerd-202511.12.0",
    eTag: (r) => r.uuid(r.content()),
  },
  references: [
    toResource("vnetSubnetID", networkTokens.subnet),
    toResource("podSubnetID", networkTokens.subnet),
  ],
  admit: (r) =>
    refuseChange(
      r,
      ["vnetSubnetID", "osType", "availabilityZones", "maxPods", "osDiskSizeGB"],
      (path) =>
        invalid(
          "PropertyChangeNotAllowed",
          `Changing property 'properties.${path}' is not allowed.`,
        ),
    ),
});

function clusterVersion(r: Resource): Json | undefined {
  return (
    r.given("orchestratorVersion") ?? r.target("resourceName")?.properties["kubernetesVersion"]
  );
}

/** As many pods as nodes of the cluster's own pools have. */
function clusterPods(r: Resource): Json | undefined {
  const pools = r.target("resourceName")?.properties["agentPoolProfiles"];
  return Array.isArray(pools) ? objectOf(pools[0] as Json)["maxPods"] : undefined;
}

/** The service writes the group's part of its ids in lower case (recorded exchanges). */
function inLowerCase(entry: ArmEntry): ArmEntry {
  const lower = (id: string) => id.replace("/resourceGroups/", "/resourcegroups/");
  return {
    ...entry,
    id: (r) => lower(entry.id(r)),
    idFrom: (account, text) => lower(entry.idFrom(account, text)),
  };
}

const maintenance = containerService(
  "MaintenanceConfiguration",
  "managedClusters/maintenanceConfigurations",
  {
    name: { input: "configName", charactersMax: 63 },
    parents: [{ input: "resourceName", token: clusterToken }],
    outputs: { ...systemData },
  },
);

/** The entries of Kubernetes clusters. */
export const clusterTypes: readonly ArmEntry[] = [cluster, pool, maintenance].map(inLowerCase);
