/**
 * Network policies of every kind in one form: what differs between NetworkPolicy,
 * AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy is how they are read.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Action, Direction } from "../../../model/network/topology.ts";
import type { LabelSelector } from "./labels.ts";

/** Pods with certain labels in one namespace, or in all those with certain labels. */
export interface PodSelection {
  readonly namespaces: LabelSelector | { readonly name: string };
  readonly pods: LabelSelector;
}

/** One alternative of a rule's other side. */
export type PolicyPeer =
  | { readonly kind: "pods"; readonly selection: PodSelection }
  | { readonly kind: "addresses"; readonly addresses: IntervalSet }
  /** Nodes and domain names, of which manifests do not tell the addresses. */
  | { readonly kind: "unsettled"; readonly path: string };

/** Ports by number, or by the name that the destination's containers give them. */
export type PolicyPort =
  | { readonly protocol: number; readonly from: number; readonly to: number }
  /** Without a protocol: whichever the container's port has. */
  | { readonly name: string; readonly protocol: number | undefined };

/** One rule; absent peers are everybody, absent ports are all of every protocol. */
export interface PolicyRule {
  readonly action: Action;
  readonly peers: readonly PolicyPeer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
  /** Path in the policy, e.g. `spec.ingress[0]`. */
  readonly path: string;
}

/** In the order in which they are asked (ClusterNetworkPolicy, `spec.tier`). */
export const policyTiers = ["admin", "namespace", "baseline"] as const;

/** A policy; a direction without rules denies everything there, one that is absent says nothing. */
export interface Policy {
  readonly tier: (typeof policyTiers)[number];
  /** Lower is asked first; of no meaning for namespaces' policies, which only add up. */
  readonly priority: number;
  readonly subject: PodSelection;
  /** As people call it, e.g. `NetworkPolicy shop/web`. */
  readonly name: string;
  /** Where it was written. */
  readonly urn: string;
  readonly rules: { readonly [direction in Direction]?: readonly PolicyRule[] };
}

/** Protocols by the names that the API has for them, with their IANA numbers. */
export const policyProtocols: ReadonlyMap<string, number> = new Map([
  ["TCP", 6],
  ["UDP", 17],
  ["SCTP", 132],
]);
