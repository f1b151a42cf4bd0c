/** The pods of a cluster as endpoints, and the groups that policies' selectors make of them. */

import type { Family } from "../../../model/base/address.ts";
import { cidrSet, tryParseAddress, tryParseCidr } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Cluster } from "./cluster.ts";
import type { Labels } from "./labels.ts";
import { selects } from "./labels.ts";
import type { NetworkPlugin } from "./plugin.ts";
import type { PodSelection } from "./policy.ts";
import type { NamedPort, Workload } from "./workload.ts";

/** Pods that no policy tells apart. */
export interface PodSet {
  /** E.g. `shop/web[Deployment]`; the pods of one owner may differ, then more is added. */
  readonly id: string;
  /** Namespace, owner and kind. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly NamedPort[];
  readonly hostNetwork: boolean;
  /** Undefined where it is not known yet. */
  readonly serviceAccount: string | undefined;
  readonly addresses: IntervalSet;
  readonly unknownAddresses: readonly Family[];
}

/** One entry for each owner and each different set of labels, ports and network of its pods. */
export function podSets(
  { workloads }: Cluster,
  families: readonly Family[],
  { blocksMatchPods }: NetworkPlugin,
): PodSet[] {
  const byName = Map.groupBy(
    workloads,
    ({ namespace, owner, kind }) => `${namespace}/${owner}[${kind}]`,
  );
  return [...byName].flatMap(([name, all]) => {
    const alike = [...Map.groupBy(all, signature).values()];
    return alike.flatMap((same, index) => {
      const id = index === 0 ? name : `${name}#${index + 1}`;
      return podSet(id, name, same, families, blocksMatchPods !== false) ?? [];
    });
  });
}

function signature({ labels, ports, hostNetwork, serviceAccount }: Workload): string {
  return JSON.stringify([Object.entries(labels).sort(byKey), ports, hostNetwork, serviceAccount]);
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

function podSet(
  id: string,
  name: string,
  same: readonly Workload[],
  families: readonly Family[],
  addressed: boolean,
): PodSet | undefined {
  const [first] = same;
  if (first === undefined) return undefined;
  // Where no rule asks for pods' addresses, they are nobody's business.
  const known = addressed ? same.flatMap((one) => one.addresses) : [];
  const addresses = known.map(singleAddress).reduce(union, []);
  // A workload makes new pods at any time, at addresses that nobody knows.
  const planned = !addressed || same.some((one) => one.addresses.length === 0);
  const { namespace, labels, ports, hostNetwork, serviceAccount } = first;
  const unknownAddresses = planned ? families : [];
  const alike = { namespace, labels, ports, hostNetwork, serviceAccount };
  return { id, name, ...alike, addresses, unknownAddresses };
}

function singleAddress(text: string): IntervalSet {
  const family = tryParseAddress(text)?.family;
  const cidr = tryParseCidr(`${text}/${family === 6 ? 128 : 32}`);
  return cidr === undefined ? [] : cidrSet([cidr]);
}

/** Which pods a selection selects; asked again and again for the same selections. */
export class Selector {
  private readonly byNamespace: ReadonlyMap<string, readonly PodSet[]>;
  private readonly namespaces: ReadonlyMap<string, Labels>;
  private readonly known = new Map<string, readonly PodSet[]>();

  constructor(cluster: Cluster, pods: readonly PodSet[]) {
    this.byNamespace = Map.groupBy(pods, ({ namespace }) => namespace);
    const implied = [...this.byNamespace.keys()].map((name): [string, Labels] => [
      name,
      { "kubernetes.io/metadata.name": name },
    ]);
    const declared = cluster.namespaces.map(({ name, labels }): [string, Labels] => [name, labels]);
    this.namespaces = new Map([...implied, ...declared]);
  }

  /** The pods, those on their node's network too. */
  select(selection: PodSelection): readonly PodSet[] {
    const key = selectionText(selection);
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const found = this.namesOf(selection).flatMap((name) =>
      (this.byNamespace.get(name) ?? []).filter(({ labels }) => selects(selection.pods, labels)),
    );
    this.known.set(key, found);
    return found;
  }

  private namesOf({ namespaces }: PodSelection): readonly string[] {
    if ("name" in namespaces) return [namespaces.name];
    return [...this.byNamespace.keys()].filter((name) =>
      selects(namespaces, this.namespaces.get(name) ?? {}),
    );
  }
}

/** A selection as people read it; the same text for the same selection. */
export function selectionText({ namespaces, pods }: PodSelection): string {
  const inner = pods.key === "" ? "every pod" : `pods ${pods.key}`;
  if ("name" in namespaces) return `${inner} in ${namespaces.name}`;
  return namespaces.key === "" ? inner : `${inner} in namespaces ${namespaces.key}`;
}
