/** What a Kubernetes cluster shows besides what it was given. */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed } from "../../../types/type.ts";
import { clusterCertificate } from "../../cluster-certificate.ts";
import {
  clusterId,
  podRange,
  privateEndpoint,
  publicEndpoint,
  serviceRange,
} from "./cluster-facts.ts";
import { absent, block, regionOf, within, zonesOf } from "./common.ts";

/** The version of clusters and nodes that ask for none. */
export const usualVersion = "1.34.1-gke.1829001";

const version = (r: Resource): Json => r.given("minMasterVersion") ?? usualVersion;

/** The computed outputs of a cluster. */
export const clusterOutputs: Readonly<Record<string, Computed>> = {
  selfLink: (r) => `https://container.googleapis.com/v1beta1/${clusterId(r)}`,
  endpoint: (r) =>
    r.flag("privateClusterConfig.enablePrivateEndpoint") ? privateEndpoint(r) : publicEndpoint(r),
  masterVersion: version,
  nodeVersion: (r) => r.given("nodeVersion") ?? version(r),
  labelFingerprint: (r) => r.hex(r.content("resourceLabels"), 8),
  description: "",
  resourceLabels: {},
  nodeLocations,
  nodePools: (r) => (r.flag("removeDefaultNodePool") ? [] : defaultPool(r)),
  subnetwork: (r) =>
    `projects/${r.account}/regions/${regionOf(r.text("location", r.region))}/subnetworks/default`,
  enableAutopilot: false,
  enableIntranodeVisibility: false,
  enableTpu: false,
  ...networking(),
  ...security(),
  ...operations(),
  ...absent(
    "authenticatorGroupsConfig",
    "confidentialNodes",
    "costManagementConfig",
    "dnsConfig",
    "enableK8sBetaApis",
    "fleet",
    "gatewayApiConfig",
    "identityServiceConfig",
    "maintenancePolicy",
    "masterAuthorizedNetworksConfig",
    "meshCertificates",
    "nodeConfig",
    "nodePoolAutoConfig",
    "resourceUsageExportConfig",
    "verticalPodAutoscaling",
    "workloadIdentityConfig",
  ),
};

/** Regional clusters have nodes in three zones; zonal ones list only further zones. */
function nodeLocations(r: Resource): Json {
  const location = r.text("location", r.region);
  return regionOf(location) === location ? zonesOf(location).slice(-3) : [];
}

function defaultPool(r: Resource): Json {
  const nodeCount = r.number("initialNodeCount", 0);
  return [{ name: "default-pool", initialNodeCount: nodeCount, nodeCount, version: version(r) }];
}

function networking(): Readonly<Record<string, Computed>> {
  return {
    clusterIpv4Cidr: podRange,
    servicesIpv4Cidr: serviceRange,
    datapathProvider: "",
    defaultMaxPodsPerNode: 110,
    networkingMode: "VPC_NATIVE",
    privateIpv6GoogleAccess: "",
    tpuIpv4CidrBlock: "",
    ...block("defaultSnatStatus", { disabled: false }),
    ...block("ipAllocationPolicy", {
      clusterIpv4CidrBlock: podRange,
      clusterSecondaryRangeName: (r) => rangeName(r, "pods"),
      servicesIpv4CidrBlock: serviceRange,
      servicesSecondaryRangeName: (r) => rangeName(r, "services"),
      stackType: "IPV4",
      ...absent("additionalPodRangesConfig"),
    }),
    ...block("ipAllocationPolicy.podCidrOverprovisionConfig", { disabled: false }),
    ...block("networkPolicy", { enabled: false, provider: "PROVIDER_UNSPECIFIED" }),
    ...block("privateClusterConfig", {
      enablePrivateEndpoint: false,
      enablePrivateNodes: false,
      masterIpv4CidrBlock: "",
      peeringName: "",
      privateEndpoint,
      privateEndpointSubnetwork: "",
      publicEndpoint,
    }),
    ...block("privateClusterConfig.masterGlobalAccessConfig", { enabled: false }),
    ...block("serviceExternalIpsConfig", { enabled: false }),
  };
}

/** Ranges that nobody named are named by the service, with one suffix for both. */
function rangeName(r: Resource, what: string): string {
  return `gke-${r.text("name")}-${what}-${r.hex("ranges", 8)}`;
}

function security(): Readonly<Record<string, Computed>> {
  return {
    ...block("binaryAuthorization", { enabled: false, evaluationMode: "" }),
    ...block("databaseEncryption", { keyName: "", state: "DECRYPTED" }),
    ...block("masterAuth", {
      clientCertificate: "",
      clientKey: "",
      clusterCaCertificate: clusterCertificate,
    }),
    ...block("masterAuth.clientCertificateConfig", { issueClientCertificate: false }),
    ...block("podSecurityPolicyConfig", { enabled: false }),
    ...block("protectConfig", {
      workloadVulnerabilityMode: "WORKLOAD_VULNERABILITY_MODE_UNSPECIFIED",
    }),
    ...block("protectConfig.workloadConfig", { auditMode: "BASIC" }),
    ...block("securityPostureConfig", {
      mode: "BASIC",
      vulnerabilityMode: "VULNERABILITY_MODE_UNSPECIFIED",
    }),
  };
}

function operations(): Readonly<Record<string, Computed>> {
  return {
    ...block("addonsConfig", {
      ...absent(
        "cloudrunConfig",
        "configConnectorConfig",
        "dnsCacheConfig",
        "gcpFilestoreCsiDriverConfig",
        "gcsFuseCsiDriverConfig",
        "gkeBackupAgentConfig",
        "horizontalPodAutoscaling",
        "httpLoadBalancing",
        "istioConfig",
        "kalmConfig",
      ),
    }),
    ...block("addonsConfig.gcePersistentDiskCsiDriverConfig", { enabled: true }),
    ...block("addonsConfig.networkPolicyConfig", { disabled: true }),
    ...block("clusterAutoscaling", {
      autoscalingProfile: "BALANCED",
      enabled: false,
      resourceLimits: [],
      ...absent("autoProvisioningDefaults"),
    }),
    ...block("clusterTelemetry", { type: "ENABLED" }),
    ...block("loggingConfig", { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] }),
    loggingService: "logging.googleapis.com/kubernetes",
    ...block("monitoringConfig", {
      enableComponents: ["SYSTEM_COMPONENTS"],
    }),
    ...block("monitoringConfig.advancedDatapathObservabilityConfig", {
      enableMetrics: false,
      enableRelay: false,
    }),
    ...block("monitoringConfig.managedPrometheus", { enabled: true }),
    monitoringService: "monitoring.googleapis.com/kubernetes",
    ...block("nodePoolDefaults", {}),
    ...block("nodePoolDefaults.nodeConfigDefaults", {
      loggingVariant: "DEFAULT",
      ...absent("gcfsConfig"),
    }),
    ...block("notificationConfig", {}),
    ...block("notificationConfig.pubsub", { enabled: false, topic: "", ...absent("filter") }),
    ...block("releaseChannel", { channel: "REGULAR" }),
    ...within("masterAuthorizedNetworksConfig", { gcpPublicCidrsAccessEnabled: false }),
  };
}
