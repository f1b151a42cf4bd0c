/**
 * The network as planned, in one form for every cloud and for Kubernetes: the form to which planned
 * resources are lifted, and on which everything is proved.
 *
 * Who is there is an {@link Endpoint}; what decides about its packets is a list of {@link Stage}s,
 * all of which must let a packet pass. Security groups, network ACLs, NSGs, admin rules, firewall
 * policies, NetworkPolicies, route tables and mesh authorization differ only in how they are lifted:
 * a route is a rule that lets pass what it carries, longest prefix first.
 */
import type { Family } from "../base/address.ts";
import type { IntervalSet } from "../base/interval-set.ts";

/** Seen from the endpoint that the stage guards. */
export type Direction = "in" | "out";

/** Where a rule was written, so that evidence can point at it. */
export interface Origin {
  readonly urn: string;
  /** Property path in that resource. */
  readonly path: string;
}

/** What could not be read at preview, and therefore keeps a verdict open. */
export interface UnknownInput {
  readonly urn: string;
  readonly path: string;
}

/**
 * Some of the other ends: those with one of the addresses and in the group, where given; every end
 * there is where neither is.
 */
export interface PeerTerm {
  /** On the number line of `base/address.ts`. */
  readonly addresses?: IntervalSet;
  /** Name of a group: see {@link Endpoint.groups}. */
  readonly group?: string;
}

/**
 * What a rule does with what it matches: ends the stage with yes or no, or hands on to the stage's
 * next tier (`pass`: GCP's `goto_next`, Kubernetes' `Pass`, an Azure admin rule's `Allow`).
 */
export type Action = "allow" | "deny" | "pass";

/** One rule of an enforcement plane. */
export interface Rule {
  readonly action: Action;
  /** The other side: any of these terms. An empty list matches nobody. */
  readonly peers: readonly PeerTerm[];
  /** Addresses on the guarded side to which the rule is limited; absent where it is not. */
  readonly own?: IntervalSet;
  /** Layer-4 selectors of `base/layer4.ts`, always those of the packet's destination. */
  readonly selectors: IntervalSet;
  /** Source ports, 0–65535, where the rule tells them apart; it then matches TCP, UDP and SCTP only. */
  readonly sourcePorts?: IntervalSet;
  /**
   * What else the match hangs on: a value not known yet, a path or method of HTTP. Such a rule
   * matches for some packets and not for others: "may pass" and "must pass" then differ.
   */
  readonly conditions?: readonly Condition[];
  readonly origin: Origin;
}

/** Why a rule's match is not settled by addresses and ports. */
export type Condition =
  | { readonly kind: "unknown"; readonly input: UnknownInput }
  /** In words, e.g. `GET /api/*` or `a request with a valid token of issuer https://…`. */
  | { readonly kind: "request"; readonly says: string };

/** Rules in the order in which the plane reads them: the first that matches decides. */
export interface Tier {
  readonly rules: readonly Rule[];
  /** What becomes of the packets that no rule matches; never `pass` in a stage's last tier. */
  readonly otherwise: Action;
  /** What brings `otherwise` about: the vendor's default rule, in words. */
  readonly otherwiseOrigin: string;
}

/** The kind of enforcement, as people call it. */
export type Plane =
  | "route"
  | "security-group"
  | "network-acl"
  | "network-security-group"
  | "admin-rule"
  | "firewall"
  | "firewall-policy"
  | "network-policy"
  | "admin-network-policy"
  | "authorization-policy"
  | "intent";

/** One decision about the packets into or out of the endpoints that list it. */
export interface Stage {
  readonly id: string;
  readonly plane: Plane;
  readonly direction: Direction;
  /** Whether the replies of a connection that passed are let through without being asked again. */
  readonly stateful: boolean;
  readonly tiers: readonly Tier[];
}

/** A network interface, a pod, or a subnet that stands for whatever may be put into it. */
export interface Endpoint {
  /** Unique in its topology, and the same in two states of one thing: a URN, `namespace/name`. */
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** The segment of the intent that it belongs to. */
  readonly segment?: string;
  /** Its addresses, as far as they are known. */
  readonly addresses: IntervalSet;
  /** Families of which it has an address that nobody knows yet. */
  readonly unknownAddresses: readonly Family[];
  /** Where those lie for sure; anywhere in their family where absent. */
  readonly unknownWithin?: IntervalSet;
  /** Security groups, tags, service accounts, networks … by which rules name it. */
  readonly groups: readonly string[];
  /** Ids of the stages that decide about its packets. */
  readonly stages: readonly string[];
  /**
   * Beyond what is planned: a linked network, a vendor's service. Pairs of two outsiders are
   * nobody's business here. Addresses that no endpoint has are outside too, without being listed.
   */
  readonly outside?: boolean;
}

/** A way around every stage that the platform keeps open, whatever is written. */
export interface Residual {
  /** Ids of the endpoints from which it leads. */
  readonly endpoints: readonly string[];
  readonly to: IntervalSet;
  readonly selectors: IntervalSet;
  /** What it is: `instance metadata`. */
  readonly says: string;
  /** The vendor's document that says so. */
  readonly document: string;
}

/** The planned network. */
export interface Topology {
  readonly endpoints: readonly Endpoint[];
  readonly stages: readonly Stage[];
  readonly residuals: readonly Residual[];
  /** Where non-empty, a comparison that finds nothing is "unknown", not "pass". */
  readonly unknowns: readonly UnknownInput[];
}

export const emptyTopology: Topology = { endpoints: [], stages: [], residuals: [], unknowns: [] };

/** Several topologies as one; ids must not collide. */
export function joinTopologies(all: readonly Topology[]): Topology {
  return {
    endpoints: all.flatMap(({ endpoints }) => endpoints),
    stages: all.flatMap(({ stages }) => stages),
    residuals: all.flatMap(({ residuals }) => residuals),
    unknowns: all.flatMap(({ unknowns }) => unknowns),
  };
}
