/**
 * Kubernetes NetworkPolicies of one cluster: nothing in or out by default, then DNS, the control
 * plane, and one rule at either end of each declared call. They bind pods that bypass their
 * sidecar too.
 *
 * One object per workload holds its rules of both directions, with the reason of each.
 */
import type { MeshClusterIntent, MeshIntent, ServiceIntent } from "../../../model/mesh/intent.ts";
import {
  applicationNamespaces,
  findService,
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  nodeAgentNamespace,
  rootNamespace,
  serviceRef,
  workloadLabel,
  workloadPortOf,
} from "../../../model/mesh/intent.ts";
import {
  resolverApps,
  resolverLabel,
  systemNamespace,
} from "../../../model/network/cluster-flows.ts";
import type { PlannedObject } from "../../shared/planned-object.ts";
import { because } from "../../shared/planned-object.ts";
import { eastWestGateway, eastWestPort, peerRanges, statusPort } from "./gateways.ts";

interface LabelSelector {
  readonly matchLabels?: Record<string, string>;
}

interface Peer {
  readonly namespaceSelector?: LabelSelector;
  readonly podSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Port {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

interface Ingress {
  readonly from: Peer[];
  readonly ports: Port[];
}

interface Egress {
  readonly to: Peer[];
  readonly ports: Port[];
}

/** A planned NetworkPolicy. */
export interface NetworkPolicyPlan extends PlannedObject {
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly podSelector: LabelSelector;
    readonly policyTypes: ("Ingress" | "Egress")[];
    readonly ingress?: Ingress[];
    readonly egress?: Egress[];
  };
}

/** Something that a workload may do, or have done to it, and why. */
interface Allowance {
  readonly rule: Ingress | Egress;
  readonly reason?: string;
}

/** Pods of a namespace by their label `app`. */
interface Pods {
  readonly namespace: string;
  readonly app: string;
}

/** Where sidecars and gateways get identity and configuration (Istio, "Ports used by Istio"). */
const xdsPort = 15012;
/** Where the API server calls istiod's webhooks. */
const webhookPort = 15017;
/** All three clouds' managed API servers answer here. */
const apiServerPort = 443;
const dnsPort = 53;
const controlPlane: Pods = { namespace: rootNamespace, app: "istiod" };
const eastWest: Pods = { namespace: gatewayNamespace, app: eastWestGateway };
const entrance: Pods = { namespace: gatewayNamespace, app: ingressGateway };

/** All NetworkPolicies of the cluster. */
export function lowerNetworkPolicies(
  intent: MeshIntent,
  cluster: MeshClusterIntent,
): NetworkPolicyPlan[] {
  const meshed = [gatewayNamespace, ...applicationNamespaces(intent)];
  return [
    ...[rootNamespace, nodeAgentNamespace, ...meshed].flatMap(shutNamespace),
    ...meshed.map((namespace) =>
      policy("to-istiod", namespace, {}, [to([pods(controlPlane)], [port(xdsPort)])]),
    ),
    ...systemPolicies(cluster, meshed),
    ...gatewayPolicies(intent, cluster),
    ...intent.services.flatMap((service) => servicePolicy(intent, cluster, service)),
  ];
}

/** Default deny in both directions, and DNS: without it nothing finds anything. */
function shutNamespace(namespace: string): NetworkPolicyPlan[] {
  const resolvers = resolverApps.map((app) =>
    pods({ namespace: systemNamespace, app }, resolverLabel),
  );
  const shut: NetworkPolicyPlan = {
    ...policy("default-deny", namespace, {}, []),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
  const dns = to(resolvers, [port(dnsPort, "UDP"), port(dnsPort)]);
  return [shut, policy("to-dns", namespace, {}, [dns])];
}

/** Webhook calls come from the API server, or from its tunnel's agents in kube-system. */
function systemPolicies(
  cluster: MeshClusterIntent,
  meshed: readonly string[],
): NetworkPolicyPlan[] {
  const apiServer = blocks(cluster.apiServer);
  const toApiServer = to(apiServer, [port(apiServerPort)]);
  return [
    policy(controlPlane.app, rootNamespace, only(controlPlane.app), [
      from(meshed.map(wholeNamespace), [port(xdsPort)]),
      from([...apiServer, wholeNamespace(systemNamespace)], [port(webhookPort)]),
      toApiServer,
    ]),
    policy("istio-cni", nodeAgentNamespace, {}, [toApiServer]),
  ];
}

function gatewayPolicies(intent: MeshIntent, cluster: MeshClusterIntent): NetworkPolicyPlan[] {
  // Load balancers check health from the cluster's own network.
  const healthCheck = from(blocks(cluster.ranges), [port(statusPort)]);
  const gateway = ({ app }: Pods, allowances: readonly Allowance[]) =>
    policy(app, gatewayNamespace, only(app), [healthCheck, ...allowances]);
  const entry = intent.ingress;
  const entered = entry && findService(intent, entry.service);
  return [
    ...(intent.clusters.length > 1
      ? [
          gateway(eastWest, [
            from(blocks(peerRanges(intent, cluster)), [port(eastWestPort)], fromPeers),
            ...calledServices(intent).flatMap((service) => toService(service, fromPeers)),
          ]),
        ]
      : []),
    ...(entry === undefined || entered === undefined
      ? []
      : [
          gateway(entrance, [
            from(blocks(entry.from), [port(ingressPort)], entry.because),
            ...toService(entered, entry.because),
          ]),
        ]),
  ];
}

/**
 * The calls between clusters run from the caller to the other cluster's gateway, which hands on
 * mutual TLS unopened; so the workload's own policies still name every caller.
 */
const fromPeers = "calls from the other clusters of the mesh";
const toPeers = "calls to the other clusters of the mesh";

function servicePolicy(
  intent: MeshIntent,
  cluster: MeshClusterIntent,
  service: ServiceIntent,
): NetworkPolicyPlan[] {
  const ref = serviceRef(service);
  const outgoing = intent.calls.filter((call) => call.from === ref);
  const incoming = intent.calls.filter((call) => call.to === ref);
  const several = intent.clusters.length > 1;
  const peers = blocks(peerRanges(intent, cluster));
  const allowances = [
    ...incoming.flatMap((call) => {
      const caller = findService(intent, call.from);
      return caller === undefined ? [] : fromCaller(service, podsOf(caller), call.because);
    }),
    ...(intent.ingress?.service === ref
      ? fromCaller(service, entrance, intent.ingress.because)
      : []),
    ...(several && incoming.length > 0 ? fromCaller(service, eastWest, fromPeers) : []),
    ...outgoing.flatMap((call) => {
      const called = findService(intent, call.to);
      return called === undefined ? [] : toService(called, call.because);
    }),
    ...(several && outgoing.length > 0 ? [to(peers, [port(eastWestPort)], toPeers)] : []),
  ];
  if (allowances.length === 0) return [];
  // No service's name has a dot, so this one cannot meet the namespace's own policies.
  return [policy(`${service.name}.calls`, service.namespace, only(service.name), allowances)];
}

function calledServices(intent: MeshIntent): ServiceIntent[] {
  return intent.services.filter((service) =>
    intent.calls.some((call) => call.to === serviceRef(service)),
  );
}

/** Pods are reached on the port on which they listen, whatever port the Service has. */
function toService(service: ServiceIntent, reason: string): Allowance[] {
  if (service.offers === undefined) return [];
  return [to([pods(podsOf(service))], [port(workloadPortOf(service.offers))], reason)];
}

function fromCaller(service: ServiceIntent, caller: Pods, reason: string): Allowance[] {
  if (service.offers === undefined) return [];
  return [from([pods(caller)], [port(workloadPortOf(service.offers))], reason)];
}

function policy(
  name: string,
  namespace: string,
  podSelector: LabelSelector,
  allowances: readonly Allowance[],
): NetworkPolicyPlan {
  const rules = allowances.map(({ rule }) => rule);
  const ingress = rules.filter((rule) => "from" in rule);
  const egress = rules.filter((rule) => "to" in rule);
  const reasons = new Set(allowances.flatMap(({ reason }) => reason ?? []));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace, ...(reasons.size > 0 ? because([...reasons].join("; ")) : {}) },
    spec: {
      podSelector,
      policyTypes: [
        ...(ingress.length > 0 ? (["Ingress"] as const) : []),
        ...(egress.length > 0 ? (["Egress"] as const) : []),
      ],
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    },
  };
}

function from(peers: Peer[], ports: Port[], reason?: string): Allowance {
  return { rule: { from: peers, ports }, ...(reason === undefined ? {} : { reason }) };
}

function to(peers: Peer[], ports: Port[], reason?: string): Allowance {
  return { rule: { to: peers, ports }, ...(reason === undefined ? {} : { reason }) };
}

function only(app: string): LabelSelector {
  return { matchLabels: { [workloadLabel]: app } };
}

function pods({ namespace, app }: Pods, label: string = workloadLabel): Peer {
  return { ...wholeNamespace(namespace), podSelector: { matchLabels: { [label]: app } } };
}

function wholeNamespace(namespace: string): Peer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

function blocks(prefixes: readonly string[]): Peer[] {
  return prefixes.map((cidr) => ({ ipBlock: { cidr } }));
}

function port(number: number, protocol: Port["protocol"] = "TCP"): Port {
  return { port: number, protocol };
}

function podsOf({ namespace, name }: ServiceIntent): Pods {
  return { namespace, app: name };
}
