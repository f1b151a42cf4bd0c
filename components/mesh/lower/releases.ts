/** The Helm releases of one cluster: Istio's definitions, node agent, control plane and gateways. */
import type { MeshClusterIntent, MeshIntent } from "../../../model/mesh/intent.ts";
import {
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  nodeAgentNamespace,
  rootNamespace,
} from "../../../model/mesh/intent.ts";
import { eastWestGateway, peerRanges, statusPort } from "./gateways.ts";

type Values = Readonly<Record<string, unknown>>;

/** A Helm release, with the releases that must be ready before it. */
export interface ReleasePlan {
  readonly name: string;
  readonly namespace: string;
  /** Name inside `repository`, or the whole `oci://` address. */
  readonly chart: string;
  /** Absent where the chart's address is complete. */
  readonly repository?: string;
  readonly version: string;
  readonly values: Values;
  readonly after: readonly string[];
}

const replicasMin = 2;
const seccomp = { type: "RuntimeDefault" };

/** Releases in the order in which they are made. */
export function lowerReleases(intent: MeshIntent, cluster: MeshClusterIntent): ReleasePlan[] {
  const release = (
    name: string,
    namespace: string,
    chart: string,
    values: Values,
    after: readonly string[],
  ): ReleasePlan => ({
    name,
    namespace,
    ...chartAddress(intent, chart),
    version: intent.istio.version,
    values,
    after,
  });
  const gateways = [
    ...(intent.clusters.length > 1 ? [[eastWestGateway, eastWestValues(intent, cluster)]] : []),
    ...(intent.ingress === undefined ? [] : [[ingressGateway, ingressValues(intent, cluster)]]),
  ] as [string, Values][];
  return [
    release("istio-base", rootNamespace, "base", baseValues, []),
    release("istio-cni", nodeAgentNamespace, "cni", agentValues(intent, cluster), ["istio-base"]),
    release("istiod", rootNamespace, "istiod", controlPlaneValues(intent, cluster), [
      "istio-base",
      "istio-cni",
    ]),
    ...gateways.map(([name, values]) =>
      release(name, gatewayNamespace, "gateway", values, ["istiod"]),
    ),
  ];
}

function chartAddress(intent: MeshIntent, chart: string): { chart: string; repository?: string } {
  const { chartRepository } = intent.istio;
  return chartRepository.startsWith("oci://")
    ? { chart: `${chartRepository}/${chart}` }
    : { chart, repository: chartRepository };
}

/** Without this istiod flips the webhook from Ignore to Fail, and every update finds a drift. */
const failClosed = { base: { validationFailurePolicy: "Fail" } };
/** Nobody reads this cluster from another one yet, so the account for it is not made. */
const noReader = { enableReaderRBAC: false };

const baseValues: Values = { defaultRevision: "default", ...failClosed, global: noReader };

function images(intent: MeshIntent): Values {
  return {
    hub: intent.istio.hub,
    tag: intent.istio.version,
    variant: "distroless",
    logAsJson: true,
  };
}

/**
 * Istio's own differences between the clouds' clusters: GKE lets pods of the priority class that
 * the agent needs run only where a quota admits them.
 */
const platform: Readonly<Record<MeshClusterIntent["cloud"], Values>> = {
  aws: {},
  azure: {},
  gcp: { platform: "gke" },
};

function agentValues(intent: MeshIntent, cluster: MeshClusterIntent): Values {
  return {
    excludeNamespaces: ["kube-system", nodeAgentNamespace],
    global: { ...images(intent), ...platform[cluster.cloud] },
  };
}

/**
 * The charts' own NetworkPolicies stay off: they open all egress, and policies only ever add up.
 * `network-policies.ts` writes narrower ones.
 */
function controlPlaneValues(intent: MeshIntent, cluster: MeshClusterIntent): Values {
  return {
    ...failClosed,
    autoscaleMin: replicasMin,
    cni: { enabled: true },
    seccompProfile: seccomp,
    global: {
      ...images(intent),
      ...platform[cluster.cloud],
      ...noReader,
      meshID: intent.id,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
      networkPolicy: { enabled: false },
      proxy: { seccompProfile: seccomp },
    },
    meshConfig: {
      trustDomain: intent.trustDomain,
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      accessLogFile: "/dev/stdout",
      accessLogEncoding: "JSON",
      // Else a workload could call out, or be called, before its sidecar enforces anything.
      defaultConfig: { holdApplicationUntilProxyStarts: true },
    },
  };
}

/** Load balancers that no one outside the private networks can reach. */
const internalLoadBalancer: Readonly<Record<MeshClusterIntent["cloud"], Values>> = {
  aws: {
    "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
    "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
  },
  azure: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
  gcp: { "networking.gke.io/load-balancer-type": "Internal" },
};

function gatewayValues(cluster: MeshClusterIntent, callers: readonly string[]): Values {
  return {
    autoscaling: { enabled: true, minReplicas: replicasMin },
    podDisruptionBudget: { minAvailable: 1 },
    // Both gateways listen above 1023, so the chart's sysctl for low ports is not needed.
    securityContext: { runAsNonRoot: true, seccompProfile: seccomp },
    service: {
      type: "LoadBalancer",
      annotations: internalLoadBalancer[cluster.cloud],
      loadBalancerSourceRanges: callers,
      // Keeps the caller's address, on which policies of the gateway rest.
      externalTrafficPolicy: "Local",
    },
  };
}

/** The chart also publishes 15012 and 15017; nothing listens there and NetworkPolicies are shut. */
function eastWestValues(intent: MeshIntent, cluster: MeshClusterIntent): Values {
  return {
    ...gatewayValues(cluster, peerRanges(intent, cluster)),
    networkGateway: cluster.network,
    // It passes TLS through and holds no certificate, so it may read no Secret.
    rbac: { enabled: false },
  };
}

function ingressValues(intent: MeshIntent, cluster: MeshClusterIntent): Values {
  const common = gatewayValues(cluster, intent.ingress?.from ?? []);
  return {
    ...common,
    service: {
      ...(common["service"] as Values),
      ports: [
        { name: "status-port", port: statusPort, protocol: "TCP", targetPort: statusPort },
        { name: "https", port: 443, protocol: "TCP", targetPort: ingressPort },
      ],
    },
  };
}
