/**
 * Helm charts whose templates somebody has read. The engine shows a release's values and nothing of
 * what comes of them, so a release counts as inspected where chart, version and every value set are
 * listed here. A new version, or a new value, is read first and then written down.
 */
import type { View } from "../../../model/policy/view.ts";

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

const reviewedCharts: readonly ReviewedChart[] = [
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

/** The reviewed chart that a release installs. Its address is whole in a registry. */
export function reviewedChartOf(inputs: View): ReviewedChart | undefined {
  const text = inputs.at("chart").text() ?? "";
  const slash = text.lastIndexOf("/");
  const [chart, repository] = text.startsWith("oci://")
    ? [text.slice(slash + 1), text.slice(0, slash)]
    : [text, inputs.at("repositoryOpts", "repo").text() ?? ""];
  return reviewedCharts.find(
    (one) => one.chart === chart && one.repositories.includes(repository.replace(/\/$/, "")),
  );
}

/** Values that are below no reviewed key, and those of which that is not known. */
export function unreviewedValues(at: View, chart: ReviewedChart, key = ""): readonly View[] {
  const { values } = chart;
  if (values.includes(key) || at.state === "absent") return [];
  const above = key === "" || values.some((one) => one.startsWith(`${key}.`));
  if (!above || at.state === "unknown") return [at];
  return at.keys().flatMap((name) => {
    const below = key === "" ? name : `${key}.${name}`;
    return unreviewedValues(at.at(name), chart, below);
  });
}
