/** Single rules of NetworkPolicies, by what they let through. */
import { everyAddressOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import { protocolNumbers } from "../../../model/base/layer4.ts";
import type { Judge } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { isEverywhere } from "../../lift/address-set.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { PolicyRule } from "../../lift/kubernetes/policy.ts";
import { portMax, readNetworkPolicy } from "../../lift/kubernetes/read-network-policy.ts";

/** Runs the check on each rule of the policy, as the model reads it. */
export function eachPolicyRule(
  policy: PlannedResource,
  judge: Judge,
  directions: readonly ("ingress" | "egress")[],
  check: (rule: PolicyRule, at: View) => void,
): void {
  for (const direction of directions) {
    for (const at of entriesOf(policy.inputs.at("spec", direction))) {
      judge.part(() => check(readRule(at, direction), at));
    }
  }
}

/** One rule as the model reads it. Throws `Undecided`. */
export function readRule(at: View, direction: "ingress" | "egress"): PolicyRule {
  const place = { urn: at.urn, path: at.path, problems: [] };
  const policyTypes = [direction === "ingress" ? "Ingress" : "Egress"];
  const spec = { podSelector: {}, policyTypes, [direction]: [at.plain()] };
  const { rules } = readNetworkPolicy(place, { namespace: "default", name: "one" }, spec);
  const [rule] = (direction === "ingress" ? rules.in : rules.out) ?? [];
  // The API server refuses it.
  if (rule === undefined || place.problems.length > 0) {
    throw new Undecided(at.urn, at.path, "unreadable");
  }
  return rule;
}

/** Addresses that the rule names; all where it names nobody. */
export function addressesOf({ peers }: PolicyRule): IntervalSet {
  if (peers === undefined) return union(everyAddressOf[4], everyAddressOf[6]);
  return peers
    .flatMap((peer) => (peer.kind === "addresses" ? [peer.addresses] : []))
    .reduce<IntervalSet>(union, []);
}

/** Whether everybody is meant: the internet, or all pods of all namespaces. */
export function isEverybody(rule: PolicyRule): boolean {
  if (isEverywhere(addressesOf(rule))) return true;
  return (rule.peers ?? []).some(
    (peer) =>
      peer.kind === "pods" &&
      "key" in peer.selection.namespaces &&
      peer.selection.namespaces.key === "" &&
      peer.selection.pods.key === "",
  );
}

/** Whether the rule lets the TCP ports through, all of them if it names none. */
export function opensTcp({ ports }: PolicyRule, from: number, to: number): boolean {
  if (ports === undefined) return true;
  return ports.some(
    (port) =>
      port.protocol === protocolNumbers.tcp &&
      "from" in port &&
      port.from <= Math.max(from, 1) &&
      port.to >= to,
  );
}

/** Whether the rule lets every TCP port through. */
export function opensEveryPort(rule: PolicyRule): boolean {
  return opensTcp(rule, 1, portMax);
}
