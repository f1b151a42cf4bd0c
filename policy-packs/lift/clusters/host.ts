/** Where the pods of a planned cluster stand, and what its cloud does with their packets. */
import type { Family } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import type { NetworkPlugin } from "../kubernetes/plugin.ts";

/** A cluster that is planned. */
export interface ClusterHost {
  readonly resource: PlannedResource;
  /**
   * Ids of the endpoints behind whose rules its pods stand: its nodes, or the subnet that pods have to
   * themselves.
   */
  readonly carriers: readonly string[];
  readonly addresses: PodAddresses;
  /** Whether packets between pods of one node never meet the cloud's rules. */
  readonly shortcut: boolean;
  readonly enforces: NetworkPlugin["enforces"];
}

/** Which addresses pods have. */
export type PodAddresses =
  /** Any that what carries them has, in these families. */
  | { readonly kind: "carriers"; readonly families: readonly Family[] }
  /** A range of their own. */
  | {
      readonly kind: "range";
      readonly known: IntervalSet;
      readonly unknown: readonly Family[];
      /** Whether they are of the cluster alone: whatever leaves it has its node's address. */
      readonly inner: boolean;
    };
