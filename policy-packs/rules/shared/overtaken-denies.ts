/** Denies of a list in order whose every packet an earlier allow lets through. */

import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { azureSourcePorts } from "../../lift/azure-rules.ts";
import type { EdgeRule, Peer, WrittenRule } from "../../lift/edge-rule.ts";

/** A deny that decides nothing, and the last of the allows that decide before it. */
export interface Overtaken {
  readonly at: View;
  readonly by: View;
}

interface Read {
  readonly at: View;
  readonly rule: EdgeRule;
  readonly ends: Ends;
  readonly own: IntervalSet;
}

/** The other side: addresses, and names whose addresses somebody else knows. */
interface Ends {
  readonly addresses: IntervalSet;
  readonly names: readonly string[];
}

/**
 * Each such deny among the rules that can be read; a rule that cannot makes no finding. Besides, what
 * is not known yet.
 */
export function overtakenDenies(written: readonly WrittenRule[]): {
  readonly overtaken: readonly Overtaken[];
  readonly doubts: readonly Undecided[];
} {
  const doubts: Undecided[] = [];
  const rules = written.flatMap((one): Read[] => {
    try {
      return [readOne(one)];
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      if (error.because === "unknown") doubts.push(error);
      return [];
    }
  });
  const overtaken = rules
    .filter(({ rule }) => rule.action === "deny")
    .flatMap((deny) => {
      const before = rules.filter((allow) => overtakes(allow, deny));
      const last = before.at(-1);
      return last !== undefined && hold(before, deny.ends) ? [{ at: deny.at, by: last.at }] : [];
    });
  return { overtaken, doubts };
}

function readOne({ at, read }: WrittenRule): Read {
  const rule = read();
  return { at, rule, ends: endsOf(rule.peers), own: rule.own?.() ?? everyAddress };
}

function endsOf(peers: readonly Peer[]): Ends {
  const sets = peers.map((peer) => (peer.kind === "addresses" ? peer.addresses() : []));
  const names = peers.flatMap((peer) => {
    if (peer.kind === "tag") return [`tag ${peer.tag.toLowerCase()}`];
    if (peer.kind !== "group") return [];
    // Which group it is need not be known: then no other rule names the same.
    return [peer.at.state === "known" ? `group ${peer.at.text()?.toLowerCase()}` : peer.at.path];
  });
  return { addresses: sets.reduce(union, []), names };
}

/** Whether the allow stands before the deny and lets through the same ports at the same addresses. */
function overtakes(allow: Read, deny: Read): boolean {
  return (
    allow.rule.action === "allow" &&
    allow.rule.direction === deny.rule.direction &&
    allow.rule.priority < deny.rule.priority &&
    azureSourcePorts(allow.at) === undefined &&
    covers(allow.rule.selectors, deny.rule.selectors) &&
    covers(allow.own, deny.own)
  );
}

/** Whether the allows together name everybody whom the deny names. */
function hold(allows: readonly Read[], ends: Ends): boolean {
  const addresses = allows.map((allow) => allow.ends.addresses).reduce(union, []);
  const names = allows.flatMap((allow) => allow.ends.names);
  const everybody = covers(addresses, everyAddress);
  return (
    covers(addresses, ends.addresses) &&
    ends.names.every((name) => everybody || names.includes(name))
  );
}
