/**
 * NetworkPolicies of one cluster: nothing in or out of any pod of the segments' namespaces, and for
 * each segment one policy in each of its namespaces that allows its flows.
 */
import { workloadLabel } from "../../../model/mesh/intent.ts";
import {
  clusterFlows,
  clusterNamespaces,
  clusterSegments,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import type { Direction } from "../../../model/network/topology.ts";
import { because, type PlannedObject } from "../../shared/planned-object.ts";
import { byNamespace, type LabelSelector, oneOf, type PodsPeer, peersOf } from "./peers.ts";
import { portMax } from "./ports.ts";

type Peer = PodsPeer | { readonly ipBlock: { readonly cidr: string } };

interface Port {
  readonly protocol: string;
  readonly port?: number;
  readonly endPort?: number;
}

/** Absent peers are everybody, absent ports are all of every protocol. */
interface Rule {
  readonly from?: Peer[];
  readonly to?: Peer[];
  readonly ports?: Port[];
}

/** A planned NetworkPolicy. */
export interface NetworkPolicyPlan extends PlannedObject {
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly podSelector: LabelSelector;
    readonly policyTypes: ("Ingress" | "Egress")[];
    readonly ingress?: Rule[];
    readonly egress?: Rule[];
  };
}

/** All NetworkPolicies of the place's cluster. */
export function lowerNetworkPolicies(
  intent: NetworkIntent,
  place: PlaceIntent,
): NetworkPolicyPlan[] {
  const { most } = clusterFlows(intent, place);
  return [
    ...clusterNamespaces(intent, place).map(shut),
    ...clusterSegments(intent, place).flatMap((segment) => {
      const flows = most.filter((flow) => flow.segment === segment.name);
      return [...byNamespace(workloadsOf(segment))].map(([namespace, names]) =>
        allowing(segment.name, namespace, names, flows, (flow, direction) =>
          ruleOf(intent, place, flow, direction),
        ),
      );
    }),
  ];
}

/** Policies without rules isolate whom they select. No segment has a dot in its name. */
function shut(namespace: string): NetworkPolicyPlan {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "default-deny.segments", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

function allowing(
  segment: string,
  namespace: string,
  names: readonly string[],
  flows: readonly LocalFlow[],
  rulesOf: (flow: LocalFlow, direction: Direction) => Rule[],
): NetworkPolicyPlan {
  const rules = (direction: Direction) =>
    flows
      .filter((flow) => flow.direction === direction)
      .flatMap((flow) => rulesOf(flow, direction));
  const reasons = new Set(flows.map((flow) => flow.because));
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${segment}.segment`, namespace, ...because([...reasons].join("; ")) },
    spec: {
      podSelector: oneOf(workloadLabel, names),
      policyTypes: ["Ingress", "Egress"],
      ingress: rules("in"),
      egress: rules("out"),
    },
  };
}

/** No rule where nobody is on the other side: a rule without peers would mean everybody. */
function ruleOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  flow: LocalFlow,
  direction: Direction,
): Rule[] {
  const peers = peersOf(intent, place, flow);
  const ports = portsOf(flow);
  if (peers === "everybody") return [ports];
  const all: Peer[] = [...peers.pods, ...peers.prefixes.map((cidr) => ({ ipBlock: { cidr } }))];
  if (all.length === 0) return [];
  return [{ [direction === "in" ? "from" : "to"]: all, ...ports }];
}

function portsOf({ range: { protocol, from, to } }: LocalFlow): { readonly ports?: Port[] } {
  if (protocol === "any") return {};
  const named = { protocol: protocol.toUpperCase() };
  if (from === 0 && to === portMax) return { ports: [named] };
  return { ports: [{ ...named, port: from, ...(to === from ? {} : { endPort: to }) }] };
}
