/**
 * Helm charts whose templates somebody has read. The engine shows a release's values and nothing of
 * what comes of them, so a release counts as inspected where chart, version and every value set are
 * listed here. A new version, or a new value, is read first and then written down.
 */
import type { View } from "../../../model/policy/view.ts";
import { isReviewedRegistry } from "./reviewed-registries.ts";

/** A chart as reviewed. */
export interface ReviewedChart {
  readonly chart: string;
  /** Repositories that serve it: addresses of Helm repositories, or of folders in registries. */
  readonly repositories: readonly string[];
  readonly versions: readonly string[];
  /** What a value at a key may be. What stands below a key is reviewed with it. */
  readonly values: Readonly<Record<string, Allowed>>;
}

/** Anything, where no template makes more of the value than a name or a number; else a text. */
type Allowed = "any" | ((value: string | undefined) => boolean);

const istio = {
  repositories: [
    "https://istio-release.storage.googleapis.com/charts",
    "oci://gcr.io/istio-release/charts",
  ],
  versions: ["1.31.0", "1.31.1", "1.31.2", "1.31.3", "1.31.4"],
};

const confined: Allowed = (type) => type === "RuntimeDefault" || type === "Localhost";
/** The webhook that refuses broken objects; what passes it unseen may open the mesh. */
const failClosed = {
  "base.validationFailurePolicy": (policy) => policy === "Fail",
} as const satisfies ReviewedChart["values"];

/** Values that say where images come from, and how they log. */
const images: ReviewedChart["values"] = {
  "global.hub": (hub = "") => isReviewedRegistry(hub.split("/")[0] ?? ""),
  "global.tag": "any",
  "global.variant": "any",
  "global.logAsJson": "any",
  "global.platform": "any",
};

const reviewedCharts: readonly ReviewedChart[] = [
  {
    ...istio,
    chart: "base",
    values: { ...failClosed, defaultRevision: "any", "global.enableReaderRBAC": "any" },
  },
  { ...istio, chart: "cni", values: { ...images, excludeNamespaces: "any" } },
  {
    ...istio,
    chart: "istiod",
    values: {
      ...images,
      ...failClosed,
      autoscaleMin: "any",
      "cni.enabled": "any",
      "global.enableReaderRBAC": "any",
      "global.meshID": "any",
      "global.multiCluster.clusterName": "any",
      "global.network": "any",
      "global.networkPolicy.enabled": "any",
      "global.proxy.seccompProfile.type": confined,
      "meshConfig.accessLogEncoding": "any",
      "meshConfig.accessLogFile": "any",
      "meshConfig.defaultConfig.holdApplicationUntilProxyStarts": "any",
      "meshConfig.outboundTrafficPolicy.mode": "any",
      "meshConfig.trustDomain": "any",
      "seccompProfile.type": confined,
    },
  },
  {
    ...istio,
    chart: "gateway",
    // Pods take `securityContext` as it is, and `service.externalIPs` take others' addresses.
    values: {
      autoscaling: "any",
      networkGateway: "any",
      podDisruptionBudget: "any",
      "rbac.enabled": "any",
      "securityContext.runAsNonRoot": (flag) => flag === "true",
      "securityContext.seccompProfile.type": confined,
      "service.annotations": "any",
      "service.externalTrafficPolicy": "any",
      "service.loadBalancerSourceRanges": "any",
      "service.ports": "any",
      "service.type": "any",
    },
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

/** Values that are not as reviewed, and those of which that is not known. */
export function unreviewedValues(at: View, chart: ReviewedChart, key = ""): readonly View[] {
  const allowed = chart.values[key];
  if (allowed === "any" || at.state === "absent") return [];
  if (at.state === "unknown") return [at];
  if (allowed !== undefined) return allowed(at.text()) ? [] : [at];
  if (key !== "" && !Object.keys(chart.values).some((one) => one.startsWith(`${key}.`)))
    return [at];
  return at.keys().flatMap((name) => {
    const below = key === "" ? name : `${key}.${name}`;
    return unreviewedValues(at.at(name), chart, below);
  });
}
