/** Policies' rules as rules of a stage: selectors become groups, named ports become numbers. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval } from "../../../model/base/layer4.ts";
import type { Condition, Direction, PeerTerm, Rule } from "../../../model/network/topology.ts";
import type { Groups } from "./groups.ts";
import type { NetworkPlugin } from "./plugin.ts";
import type { PodSet, Selector } from "./pods.ts";
import { selectionText } from "./pods.ts";
import type { Policy, PolicyPort, PolicyRule } from "./policy.ts";
import type { NamedPort } from "./workload.ts";

/** Everything that a rule's meaning hangs on. */
export interface Surroundings {
  readonly pods: readonly PodSet[];
  readonly selector: Selector;
  readonly groups: Groups;
  readonly plugin: NetworkPlugin;
  /** Group of the cluster's nodes, where any are known. */
  readonly nodes: string | undefined;
}

/** What one rule comes to; blocks of addresses apart, for they may or may not mean pods. */
export interface Lifted {
  readonly pods: readonly Rule[];
  readonly blocks: readonly Rule[];
}

/** What is known of the plugin that decides it. */
export function pluginDecides(what: string): Condition {
  return { kind: "unknown", input: { urn: "network plugin", path: what } };
}

const hostNetworkOpen = pluginDecides("whether policies select pods on the node's network");

type Conditions = readonly Condition[];

/** Lifts one rule for pods whose own named ports are given. */
export function liftRule(
  around: Surroundings,
  policy: Policy,
  direction: Direction,
  rule: PolicyRule,
  own: readonly NamedPort[],
  conditions: Conditions,
): Lifted {
  const made = (
    peers: readonly PeerTerm[],
    selectors: IntervalSet,
    more: Conditions = [],
  ): Rule[] => {
    if (peers.length === 0 || selectors.length === 0) return [];
    const all = [...conditions, ...more];
    const origin = { urn: policy.urn, path: rule.path };
    const { action } = rule;
    return [{ action, peers, selectors, ...(all.length > 0 ? { conditions: all } : {}), origin }];
  };
  const numbers = numberedPorts(rule.ports, direction === "in" ? own : []);
  const terms = termsOf(around, policy, rule);
  const isOut = direction === "out";
  const named = isOut ? namedTargets(around, policy, rule, podsMeant(around, rule)) : [];
  // Where a block means pods, a port's name is theirs as well.
  const inBlocks = isOut && terms.blocks.length > 0;
  const anyPod = [{ name: "any pod", pods: around.pods }];
  const namedInBlocks = inBlocks ? namedTargets(around, policy, rule, anyPod) : [];
  const within = (groups: readonly PeerTerm[]) =>
    groups.flatMap((term) => terms.blocks.map((block) => ({ ...block, ...term })));
  const unsettled = terms.unsettled.map(
    (path): Condition => ({
      kind: "unknown",
      input: { urn: policy.urn, path },
    }),
  );
  return {
    pods: [
      ...made(terms.sure, numbers),
      ...made(terms.perhaps, numbers, [hostNetworkOpen]),
      ...named.flatMap(({ sure, perhaps, selectors }) => [
        ...made(sure, selectors),
        ...made(perhaps, selectors, [hostNetworkOpen]),
      ]),
      ...(unsettled.length > 0 ? made([{}], numbers, unsettled) : []),
    ],
    blocks: [
      ...made(terms.blocks, numbers),
      ...namedInBlocks.flatMap(({ sure, perhaps, selectors }) => [
        ...made(within(sure), selectors),
        ...made(within(perhaps), selectors, [hostNetworkOpen]),
      ]),
    ],
  };
}

function numberedPorts(
  ports: readonly PolicyPort[] | undefined,
  own: readonly NamedPort[],
): IntervalSet {
  if (ports === undefined) return everyLayer4;
  return intervalSet(
    ports.flatMap((port) =>
      "name" in port
        ? own
            .filter((one) => isMeant(port, one))
            .map((one) => protocolInterval(one.protocol, one.port, one.port))
        : [protocolInterval(port.protocol, port.from, port.to)],
    ),
  );
}

function isMeant(port: { name: string; protocol: number | undefined }, one: NamedPort): boolean {
  return one.name === port.name && (port.protocol === undefined || port.protocol === one.protocol);
}

interface Terms {
  readonly sure: readonly PeerTerm[];
  /** Pods of which it is not settled whether they are meant. */
  readonly perhaps: readonly PeerTerm[];
  readonly blocks: readonly PeerTerm[];
  readonly unsettled: readonly string[];
}

function termsOf(around: Surroundings, policy: Policy, rule: PolicyRule): Terms {
  const { peers } = rule;
  if (peers === undefined) return { sure: [{}], perhaps: [], blocks: [], unsettled: [] };
  return {
    ...groupTerms(around, policy, podsMeant(around, rule)),
    blocks: peers.flatMap((peer) =>
      peer.kind === "addresses" ? [{ addresses: peer.addresses }] : [],
    ),
    unsettled: peers.flatMap((peer) => (peer.kind === "unsettled" ? [peer.path] : [])),
  };
}

function groupTerms(
  { groups, plugin }: Surroundings,
  { tier }: Policy,
  selected: readonly Selected[],
): { sure: PeerTerm[]; perhaps: PeerTerm[] } {
  const terms = (suffix: string, keep: (pod: PodSet) => boolean) =>
    selected.flatMap(({ name, pods }): PeerTerm[] => {
      const group = groups.name(`${name}${suffix}`, pods.filter(keep));
      return group === undefined ? [] : [{ group }];
    });
  if (tier === "namespace" && plugin.bindsHostNetwork === true) {
    return { sure: terms("", () => true), perhaps: [] };
  }
  const sure = terms(", on the pod network", ({ hostNetwork }) => !hostNetwork);
  // Admin policies never select pods on the node's network, as neither subject nor peer.
  const open = tier === "namespace" && plugin.bindsHostNetwork === "unsettled";
  return {
    sure,
    perhaps: open ? terms(", on the node's network", ({ hostNetwork }) => hostNetwork) : [],
  };
}

/** Some pods, and how they are named. */
interface Selected {
  readonly name: string;
  readonly pods: readonly PodSet[];
}

/** The pods that a rule's selectors mean; every pod where it names nobody. */
function podsMeant(around: Surroundings, { peers }: PolicyRule): readonly Selected[] {
  return (
    peers?.flatMap((peer) =>
      peer.kind === "pods"
        ? [{ name: selectionText(peer.selection), pods: around.selector.select(peer.selection) }]
        : [],
    ) ?? [{ name: "any pod", pods: around.pods }]
  );
}

interface NamedTargets {
  readonly sure: readonly PeerTerm[];
  readonly perhaps: readonly PeerTerm[];
  readonly selectors: IntervalSet;
}

/** A port's name means whatever each destination's containers say; without a pod it means nothing. */
function namedTargets(
  around: Surroundings,
  policy: Policy,
  rule: PolicyRule,
  selected: readonly Selected[],
): NamedTargets[] {
  const named = (rule.ports ?? []).filter((port) => "name" in port);
  return named.flatMap((port) => {
    const pods = selected.flatMap((one) => one.pods);
    const meant = pods.flatMap(({ ports }) => ports.filter((one) => isMeant(port, one)));
    const targets = Map.groupBy(meant, (one) => `${one.protocol}/${one.port}`);
    return [...targets.values()].flatMap(([one]) => {
      if (one === undefined) return [];
      const having = selected.map(({ name, pods: among }) => ({
        name: `${name} whose ${one.name} is ${one.protocol}/${one.port}`,
        pods: among.filter(({ ports }) =>
          ports.some(({ name: called, protocol, port: number }) => {
            return called === one.name && protocol === one.protocol && number === one.port;
          }),
        ),
      }));
      const selectors = [protocolInterval(one.protocol, one.port, one.port)];
      return [{ ...groupTerms(around, policy, having), selectors }];
    });
  });
}
