/**
 * Admin policies of one tier with the same priority: where rules of two of them match one packet
 * and say different things, "the implementation can apply any" (ClusterNetworkPolicy, `priority`).
 */
import { intersect } from "../../../model/base/interval-set.ts";
import type { Direction } from "../../../model/network/topology.ts";
import type { Selector } from "./pods.ts";
import type { Policy, PolicyPeer, PolicyPort, PolicyRule } from "./policy.ts";

/** Two rules of which nobody knows which is asked first. */
export interface Tie {
  readonly direction: Direction;
  readonly priority: number;
  readonly one: { readonly policy: Policy; readonly rule: PolicyRule };
  readonly other: { readonly policy: Policy; readonly rule: PolicyRule };
}

/** Ties among the policies that bear on the same pods. */
export function tiesAmong(
  selector: Selector,
  policies: readonly Policy[],
  direction: Direction,
): Tie[] {
  return policies.flatMap((one, index) =>
    policies
      .slice(index + 1)
      // What is not read has no priority of its own.
      .filter(({ tier, priority }) => tier === one.tier && priority === one.priority)
      .filter(({ priority }) => priority >= 0)
      .flatMap((other) => collisions(selector, one, other, direction)),
  );
}

function collisions(selector: Selector, one: Policy, other: Policy, direction: Direction): Tie[] {
  return (one.rules[direction] ?? []).flatMap((rule) =>
    (other.rules[direction] ?? [])
      .filter((against) => rule.action !== against.action)
      .filter((against) => sharePorts(rule.ports, against.ports))
      .filter((against) => sharePeers(selector, rule.peers, against.peers))
      .map((against) => ({
        direction,
        priority: one.priority,
        one: { policy: one, rule },
        other: { policy: other, rule: against },
      })),
  );
}

function sharePorts(a: PolicyRule["ports"], b: PolicyRule["ports"]): boolean {
  if (a === undefined || b === undefined) return true;
  return a.some((x) => b.some((y) => sharePort(x, y)));
}

/** A name may mean any number. */
function sharePort(x: PolicyPort, y: PolicyPort): boolean {
  if ("name" in x || "name" in y) return true;
  return x.protocol === y.protocol && x.from <= y.to && y.from <= x.to;
}

function sharePeers(selector: Selector, a: PolicyRule["peers"], b: PolicyRule["peers"]): boolean {
  if (a === undefined || b === undefined) return true;
  return a.some((x) => b.some((y) => sharePeer(selector, x, y)));
}

/** Nobody knows which addresses pods, nodes and names will have. */
function sharePeer(selector: Selector, x: PolicyPeer, y: PolicyPeer): boolean {
  if (x.kind === "addresses" && y.kind === "addresses") {
    return intersect(x.addresses, y.addresses).length > 0;
  }
  if (x.kind !== "pods" || y.kind !== "pods") return true;
  const pods = new Set(selector.select(x.selection));
  return selector.select(y.selection).some((pod) => pods.has(pod));
}
