/** The check behind every "nobody outside may reach this port" rule, in three clouds. */

import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet, intersect, union } from "../../../model/base/interval-set.ts";
import { formatSelector } from "../../../model/base/layer4.ts";
import type { Judge } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { isEverywhere, somebodyIn } from "../../lift/address-set.ts";
import type { Peer, WrittenRule } from "../../lift/edge-rule.ts";

/**
 * Fails for each written rule by which every address of a family may open one of the selectors;
 * the first that a rule opens is the witness.
 */
export function judgeOpenPorts(
  judge: Judge,
  written: readonly WrittenRule[],
  selectors: IntervalSet,
): void {
  for (const { read } of written) {
    judge.part(() => {
      const rule = read();
      if (rule.direction !== "in" || rule.action !== "allow") return;
      const [first] = intersect(rule.selectors, selectors);
      if (first === undefined) return;
      judgePeers(judge, rule.peers, (at, who) =>
        judge.fail(at, `a packet from ${who} to ${formatSelector(first.from)} is let in`),
      );
    });
  }
}

/** Calls `found` once, at the prefix with which the prefixes together cover a whole family. */
export function judgePeers(
  judge: Judge,
  peers: readonly Peer[],
  found: (at: View, who: string) => void,
): void {
  let seen = emptySet;
  for (const peer of peers) {
    judge.part(() => {
      const before = isEverywhere(seen);
      seen = union(seen, anybodyAt(peer));
      if (before || !isEverywhere(seen)) return;
      found(peer.at, somebodyIn(seen) ?? "anywhere");
    });
  }
}

/** Azure's tag for the internet stands for everybody; groups and other tags stand for few. */
function anybodyAt(peer: Peer) {
  if (peer.kind === "addresses") return peer.addresses();
  if (peer.kind === "tag" && peer.tag.toLowerCase() === "internet") return everyAddress;
  return emptySet;
}
