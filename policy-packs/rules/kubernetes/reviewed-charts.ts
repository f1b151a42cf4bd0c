/**
 * Helm charts whose templates somebody has read. The engine shows a release's values and nothing of
 * what comes of them, so a release counts as inspected where chart, version and every value set are
 * listed here. A new version, or a new value, is read first and then written down.
 */

/** A chart as reviewed. */
export interface ReviewedChart {
  readonly chart: string;
  /** Repositories that serve it: addresses of Helm repositories, or of folders in registries. */
  readonly repositories: readonly string[];
  readonly versions: readonly string[];
  /** Keys of values, down to which they were reviewed: what stands below one is too. */
  readonly values: readonly string[];
}

const istio = {
  repositories: [
    "https://istio-release.storage.googleapis.com/charts",
    "oci://gcr.io/istio-release/charts",
  ],
  versions: ["1.31.0", "1.31.1", "1.31.2", "1.31.3", "1.31.4"],
};

/** Values that say where images come from, and how they log. */
const images = [
  "global.hub",
  "global.tag",
  "global.variant",
  "global.logAsJson",
  "global.platform",
];

export const reviewedCharts: readonly ReviewedChart[] = [
  {
    ...istio,
    chart: "base",
    values: ["defaultRevision", "base.validationFailurePolicy", "global.enableReaderRBAC"],
  },
  { ...istio, chart: "cni", values: ["excludeNamespaces", ...images] },
  {
    ...istio,
    chart: "istiod",
    values: [
      ...images,
      "autoscaleMin",
      "base.validationFailurePolicy",
      "cni.enabled",
      "global.enableReaderRBAC",
      "global.meshID",
      "global.multiCluster.clusterName",
      "global.network",
      "global.networkPolicy.enabled",
      "global.proxy.seccompProfile",
      "meshConfig.accessLogEncoding",
      "meshConfig.accessLogFile",
      "meshConfig.defaultConfig.holdApplicationUntilProxyStarts",
      "meshConfig.outboundTrafficPolicy.mode",
      "meshConfig.trustDomain",
      "seccompProfile",
    ],
  },
  {
    ...istio,
    chart: "gateway",
    values: [
      "autoscaling",
      "networkGateway",
      "podDisruptionBudget",
      "rbac.enabled",
      "securityContext",
      "service",
    ],
  },
];
