/** When a deny denies nothing, because allows are read before it. */
import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, emptySet, intersect, union } from "../../../model/base/interval-set.ts";
import type { Direction } from "../../../model/network/topology.ts";
import type { Undecided } from "../../../model/policy/view.ts";

/** Addresses, and what else is named; nothing beside the addresses where `only` is absent. */
export interface Side {
  readonly addresses: IntervalSet;
  /** Groups, tags and whatever narrows the rule in other ways: equal texts only are the same. */
  readonly only?: string;
  /** Addresses that are not known yet; whatever they are, they come on top. */
  readonly doubt?: Undecided;
}

/** A rule of an ordered firewall that has been read. */
export interface OrderedRule {
  readonly direction: Direction;
  readonly action: "allow" | "deny";
  readonly order: number;
  readonly selectors: IntervalSet;
  readonly other: Side;
  readonly own: Side;
}

/** What stands before a deny. */
export interface Shadow<T> {
  /** Rules that let all of its packets through; none where there are no such rules. */
  readonly by: readonly T[];
  /** What may yet turn out to do so; none where something certainly does. */
  readonly doubts: readonly Undecided[];
}

/**
 * The rules that let through every packet of the given one before it is read: one that matches all
 * of them, or several that together name all of its addresses.
 */
export function shadowOf<T extends { readonly rule: OrderedRule }>(
  allows: readonly T[],
  deny: OrderedRule,
): Shadow<T> {
  const before = allows.filter(
    ({ rule }) =>
      rule.direction === deny.direction &&
      rule.order < deny.order &&
      covers(rule.selectors, deny.selectors),
  );
  const by = certainly(
    before.filter(({ rule }) => holds(rule.own, deny.own)),
    deny,
  );
  if (by.length > 0 || before.length === 0) return { by, doubts: [] };
  const sides = [deny, ...before.map(({ rule }) => rule)].flatMap(({ other, own }) => [other, own]);
  return { by, doubts: sides.flatMap(({ doubt }) => doubt ?? []) };
}

/** Of the rules that hold for the same members. */
function certainly<T extends { readonly rule: OrderedRule }>(
  before: readonly T[],
  deny: OrderedRule,
): readonly T[] {
  const one = before.find(({ rule }) => holds(rule.other, deny.other));
  if (one !== undefined) return [one];
  if (deny.other.only !== undefined || deny.other.doubt !== undefined) return [];
  // Whatever else a rule names, its addresses are let through.
  const some = before.filter(
    ({ rule }) => intersect(rule.other.addresses, deny.other.addresses).length > 0,
  );
  const together = some.reduce((sum, { rule }) => union(sum, rule.other.addresses), emptySet);
  return some.length > 0 && covers(together, deny.other.addresses) ? some : [];
}

function holds(outer: Side, inner: Side): boolean {
  if (outer.only === undefined && covers(outer.addresses, everyAddress)) return true;
  if (inner.doubt !== undefined) return false;
  if (inner.only !== undefined && inner.only !== outer.only) return false;
  return outer.only === inner.only && covers(outer.addresses, inner.addresses);
}
