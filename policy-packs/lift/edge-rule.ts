/** One rule of a firewall as planned, in any cloud's way of writing it. */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import type { Action, Direction } from "../../model/network/topology.ts";
import type { View } from "../../model/policy/view.ts";

/** The other side of a rule, read only when asked for, so that one unknown hides no other. */
export type Peer =
  | { readonly kind: "addresses"; readonly at: View; readonly addresses: () => IntervalSet }
  /** A service tag, whose addresses depend on the network it is used in. */
  | { readonly kind: "tag"; readonly at: View; readonly tag: string }
  /** A security group, a tag, a service account or anything else that names some ends only. */
  | { readonly kind: "group"; readonly at: View }
  /** The rule's own group. */
  | { readonly kind: "self"; readonly at: View };

/** A rule that has been read. */
export interface EdgeRule {
  readonly direction: Direction;
  /** `pass` leaves the packet to the next plane. */
  readonly action: Action;
  /** Lower comes first; 0 in planes without order. */
  readonly priority: number;
  readonly selectors: IntervalSet;
  readonly peers: readonly Peer[];
  /** The addresses on the guarded side to which the rule is limited; absent where it is not. */
  readonly own?: () => IntervalSet;
}

/** A rule where it is written; reading it throws `Undecided` while something decisive is unknown. */
export interface WrittenRule {
  readonly at: View;
  readonly read: () => EdgeRule;
}
