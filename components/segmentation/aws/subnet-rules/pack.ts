/** Allows of a network ACL, as few as say the same: an ACL holds only a handful. */
import { cidrSet, tryParseCidr } from "../../../../model/base/address.ts";
import type { Interval, IntervalSet } from "../../../../model/base/interval-set.ts";
import { covers, emptySet, union } from "../../../../model/base/interval-set.ts";

/** Seen from the subnet. */
export type AclDirection = "ingress" | "egress";

/** What may cross the border to or from a prefix. */
export interface Allow {
  readonly direction: AclDirection;
  readonly prefix: string;
  readonly selectors: IntervalSet;
}

/** One entry. */
export interface Packed {
  readonly prefix: string;
  /** Selectors of one protocol, or all. */
  readonly interval: Interval;
}

/** The entries of one direction: ranges of ports joined, and none that wider ones imply. */
export function pack(allows: readonly Allow[]): Packed[] {
  const byPrefix = new Map<string, IntervalSet>();
  for (const { prefix, selectors } of allows) {
    byPrefix.set(prefix, union(byPrefix.get(prefix) ?? emptySet, selectors));
  }
  return [...byPrefix].flatMap(([prefix, selectors]) => {
    const implied = [...byPrefix]
      .filter(([other]) => other !== prefix && covers(addressesOf(other), addressesOf(prefix)))
      .reduce<IntervalSet>((all, [, set]) => union(all, set), emptySet);
    return selectors
      .filter((interval) => !covers(implied, [interval]))
      .map((interval) => ({ prefix, interval }));
  });
}

function addressesOf(prefix: string): IntervalSet {
  const cidr = tryParseCidr(prefix);
  return cidr === undefined ? emptySet : cidrSet([cidr]);
}
