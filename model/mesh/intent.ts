/**
 * What a person says about the service mesh: its clusters, its services, and who may call whom.
 *
 * Plain data, as the network's intent is: components lower it, packs read it back from the planned
 * component, and the verifier compares planned policies with it. Every service runs in every
 * cluster, under the same identity; so a call is allowed in all clusters or in none.
 */
import type { Cloud } from "../base/cloud.ts";

/** How a service speaks. Istio enforces HTTP attributes on `http` and `grpc` ports only. */
export const protocols = ["http", "grpc", "tcp"] as const;
export type Protocol = (typeof protocols)[number];

/** Namespace of the control plane; policies in it hold for the whole mesh. */
export const rootNamespace = "istio-system";
/** Namespace of both gateways, apart from the control plane's keys. */
export const gatewayNamespace = "istio-gateways";
/** Namespace of the node agent that redirects traffic, the one that needs privileges. */
export const nodeAgentNamespace = "istio-cni";
/** Service account and release name of the gateway for callers outside the mesh. */
export const ingressGateway = "istio-ingressgateway";
/** Port on which the ingress gateway's pods listen: above 1023, so that no privilege is needed. */
export const ingressPort = 8443;
/** The label by which workloads, policies and services find each other. */
export const workloadLabel = "app";

/** Which Istio is installed, and where its parts come from; a mirror may stand for both sources. */
export interface IstioRelease {
  /** Exact version, e.g. `1.31.4`. */
  readonly version: string;
  /** URL of the Helm repository that holds the charts base, cni, istiod and gateway. */
  readonly chartRepository: string;
  /** Registry and folder of the images, without a tag. */
  readonly hub: string;
}

/** How long certificates hold, in hours. */
export interface CertificatePlan {
  readonly rootHours: number;
  readonly intermediateHours: number;
  /** An update in the last hours of an intermediate's life replaces it. */
  readonly renewalHours: number;
}

/** A cluster that takes part. */
export interface MeshClusterIntent {
  /** Unique in the mesh; becomes part of resource names. */
  readonly name: string;
  readonly cloud: Cloud;
  /** Name of the network its pods are on. Clusters reach each other through gateways only. */
  readonly network: string;
  /** Prefixes of its nodes and pods. */
  readonly ranges: readonly string[];
  /** Prefixes in which its API server answers, and from which it calls webhooks. */
  readonly apiServer: readonly string[];
}

/** Where a service takes calls. */
export interface OfferIntent {
  /** Port of the Kubernetes Service. */
  readonly port: number;
  /** Port on which the pods listen, where it is another one. Policies act on this one. */
  readonly workloadPort?: number;
  readonly protocol: Protocol;
}

/** A workload with an identity of its own: the service account of its name in its namespace. */
export interface ServiceIntent {
  readonly namespace: string;
  readonly name: string;
  /** Absent where the workload only calls. */
  readonly offers?: OfferIntent;
}

/** "`from` may call `to`, because …"; both are written `namespace/name`. */
export interface CallIntent {
  readonly from: string;
  readonly to: string;
  /** The reason, copied to every policy made from this call. */
  readonly because: string;
}

/** The one way in from outside the mesh: HTTPS at the ingress gateway. */
export interface IngressIntent {
  /** Service the gateway may call, `namespace/name`. */
  readonly service: string;
  /** Host name that callers use. */
  readonly host: string;
  /** Secret of type kubernetes.io/tls in the gateways' namespace, which its owner brings. */
  readonly certificate: string;
  /** Prefixes from which the gateway may be called. */
  readonly from: readonly string[];
  readonly because: string;
}

/** The mesh of one environment. Everything not said is denied. */
export interface MeshIntent {
  readonly id: string;
  /** First part of every workload's identity, e.g. `cluster.local`. */
  readonly trustDomain: string;
  readonly istio: IstioRelease;
  readonly certificates: CertificatePlan;
  readonly clusters: readonly MeshClusterIntent[];
  readonly services: readonly ServiceIntent[];
  readonly calls: readonly CallIntent[];
  readonly ingress?: IngressIntent;
}

/** The name by which calls speak of a service. */
export function serviceRef(service: ServiceIntent): string {
  return `${service.namespace}/${service.name}`;
}

/** The service that a call names; undefined where nobody declared it. */
export function findService(intent: MeshIntent, ref: string): ServiceIntent | undefined {
  return intent.services.find((service) => serviceRef(service) === ref);
}

/** The port on which a service's pods listen. */
export function workloadPortOf(offer: OfferIntent): number {
  return offer.workloadPort ?? offer.port;
}

/** Namespaces of the services, each once, in the order declared. */
export function applicationNamespaces(intent: MeshIntent): string[] {
  return [...new Set(intent.services.map((service) => service.namespace))];
}

/** A workload's identity as Istio's policies write it: the SPIFFE id without its scheme. */
export function principalOf(trustDomain: string, namespace: string, account: string): string {
  return `${trustDomain}/ns/${namespace}/sa/${account}`;
}
