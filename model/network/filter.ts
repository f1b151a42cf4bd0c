/**
 * What an enforcement plane does at a segment's edge, whatever cloud it comes from: the common
 * form to which planned resources are lifted.
 */
import type { IntervalSet } from "../base/interval-set.ts";

export type Direction = "in" | "out";

/** Where a rule was written, so that evidence can point at it. */
export interface Origin {
  readonly urn: string;
  /** Property path in that resource. */
  readonly path: string;
}

/** One rule of a plane. */
export interface FilterRule {
  readonly action: "allow" | "deny";
  /** The other side's addresses on the number line of `base/address.ts`. */
  readonly peers: IntervalSet;
  /** The other side by segment, where the rule names groups or tags instead of addresses. */
  readonly peerSegments: readonly string[];
  /** Layer-4 selectors of `base/layer4.ts`, always those of the destination. */
  readonly selectors: IntervalSet;
  readonly origin: Origin;
}

/**
 * All rules of one direction at one segment of one place, in the order in which the plane reads
 * them. First match decides; where none matches, `otherwise` does. An additive plane (security
 * groups) has only allows, so the same reading serves it.
 */
export interface Filter {
  readonly place: string;
  readonly segment: string;
  readonly direction: Direction;
  readonly rules: readonly FilterRule[];
  readonly otherwise: "allow" | "deny";
  /** What brings `otherwise` about, e.g. the vendor's default rule. */
  readonly otherwiseOrigin: string;
}

/** What could not be read at preview, and therefore keeps the verdict open. */
export interface UnknownInput {
  readonly urn: string;
  readonly path: string;
}

/** The network as planned, lifted from resources. */
export interface LiftedNetwork {
  readonly filters: readonly Filter[];
  /** Where non-empty, a comparison that finds nothing is "unknown", not "pass". */
  readonly unknowns: readonly UnknownInput[];
}
