/**
 * The network between the pods of a cluster and everything else. Pods reach each other without
 * translation (Kubernetes, "Cluster Networking"); whoever calls one from beyond calls its address,
 * where its network has that, or what a Service or a host port publishes.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { subtract } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type {
  Condition,
  Direction,
  PeerTerm,
  Rule,
  Stage,
} from "../../../model/network/topology.ts";
import { anyNetwork } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";

/** What the network of one cluster is made of. */
export interface PodNetwork {
  readonly id: string;
  /** The cluster, to which evidence points. */
  readonly urn: string;
  /** Group of all its pods, and of those that do not share their node's network. */
  readonly pods: string;
  readonly podsOnly: string;
  /** Group of its nodes, which reach its pods and are reached by them. */
  readonly nodes: string;
  /** Whether pods' addresses are of the cluster alone. */
  readonly inner: boolean;
  /** These addresses, as far as known, and those that pods have for everybody beyond. */
  readonly addresses: IntervalSet;
  readonly asNodes: IntervalSet;
}

/** Both stages of pods that have a network of their own. */
export function podNetworkStages(network: PodNetwork): Stage[] {
  const { id, urn, pods, podsOnly, nodes, addresses, asNodes, inner } = network;
  const origin = { urn, path: "pod network" };
  const rule = (action: Rule["action"], peers: PeerTerm[], more: Partial<Rule> = {}): Rule => ({
    action,
    peers,
    selectors: everyLayer4,
    origin,
    ...more,
  });
  const outer = subtract(asNodes, addresses);
  const amongPods = outer.length === 0 ? [] : [rule("deny", [{ group: podsOnly }], { own: outer })];
  const published = unknownCondition({ urn, path: "Services and host ports that publish a pod" });
  return [
    stage(`${id} out`, "out", "allow", "pods call as their nodes do", [
      ...amongPods,
      rule("allow", [{ group: pods }, { group: nodes }]),
      ...(inner ? [rule("deny", [{}], { own: addresses })] : []),
    ]),
    stage(`${id} in`, "in", "deny", "the addresses of pods lead to them in their network alone", [
      ...amongPods,
      rule("allow", [{ group: pods }, { group: nodes }]),
      ...(inner ? [] : [rule("allow", [{ group: anyNetwork }])]),
      rule("allow", [{}], {
        conditions: [published],
        ...(inner ? { own: asNodes } : {}),
      }),
    ]),
  ];
}

/** Of pods of which nobody knows where they stand: what lies beyond their cluster stays open. */
export function unplacedStages(id: string, pods: string, why: Condition): Stage[] {
  const open = openRule([{}], why);
  const within: Rule = {
    action: "allow",
    peers: [{ group: pods }],
    selectors: everyLayer4,
    origin: open.origin,
  };
  return (["out", "in"] as const).map((direction) =>
    stage(`${id} ${direction}`, direction, "deny", "nobody knows where the pods stand", [
      within,
      open,
    ]),
  );
}

/** Lets the pods of a group pass, whose place nobody knows. */
export function lostRule(pods: string, why: Condition): Rule {
  return openRule([{ group: pods }], why);
}

function openRule(peers: readonly PeerTerm[], why: Condition): Rule {
  const origin = why.kind === "unknown" ? why.input : { urn: "", path: why.says };
  return { action: "allow", peers, selectors: everyLayer4, conditions: [why], origin };
}

function stage(
  id: string,
  direction: Direction,
  otherwise: "allow" | "deny",
  otherwiseOrigin: string,
  rules: readonly Rule[],
): Stage {
  const tiers = [{ rules, otherwise, otherwiseOrigin }];
  return { id, plane: "route", direction, stateful: true, tiers };
}
