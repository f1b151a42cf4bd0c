/**
 * What no owner of a namespace may undo, as policies for the whole cluster. In the Admin tier each
 * segment passes on what its flows say, so that NetworkPolicies decide about that; last comes one
 * policy that denies the pods of the segments' namespaces everything else: from all pods, and to all
 * addresses. (The API has no rule for callers from outside the cluster.) In the Baseline tier pods of
 * these namespaces that no NetworkPolicy selects are denied everything.
 */
import { workloadLabel } from "../../../model/mesh/intent.ts";
import {
  clusterFlows,
  clusterNamespaces,
  clusterSegments,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { LocalFlow } from "../../../model/network/local-flows.ts";
import { everywhere } from "../../../model/network/local-flows.ts";
import type { Direction } from "../../../model/network/topology.ts";
import { because, type PlannedObject } from "../../shared/planned-object.ts";
import type { LabelSelector, PodsPeer } from "./peers.ts";
import { byNamespace, inNamespaces, oneOf, peersOf } from "./peers.ts";
import type { PolicyForm } from "./policy-api.ts";

type Peer =
  | { readonly namespaces: LabelSelector }
  | { readonly pods: PodsPeer }
  | { readonly networks: readonly string[] };

/** One rule; without a flow it is about every protocol. */
interface Rule {
  readonly name: string;
  readonly action: "Pass" | "Deny";
  readonly peers: readonly Peer[];
  readonly flow?: LocalFlow;
}

type Rules = Readonly<Record<Direction, readonly Rule[]>>;

/** Prefixes in one peer, in all these APIs. */
const networksPerPeerMax = 25;
const ruleNameCharactersMax = 100;
/** The last that there is; no segment can have so many policies (`checkClusterSegmentation`). */
export const closingPriority = 1000;

/** Addresses are those of pods as well. */
const everybody: Readonly<Record<Direction, Peer>> = {
  in: { namespaces: {} },
  out: { networks: [everywhere[4], everywhere[6]] },
};

const closed: Rules = { in: [closing("in")], out: [closing("out")] };

function closing(direction: Direction): Rule {
  return { name: "what no flow says", action: "Deny", peers: [everybody[direction]] };
}

/** Policies of both tiers, in the kinds of the cluster's API. */
export function lowerClusterPolicies(
  intent: NetworkIntent,
  place: PlaceIntent,
  form: PolicyForm,
): PlannedObject[] {
  const namespaces = clusterNamespaces(intent, place);
  if (namespaces.length === 0) return [];
  const shut = { subject: { namespaces: inNamespaces(namespaces) }, ...written(closed, form) };
  const { most } = clusterFlows(intent, place);
  return [
    ...clusterSegments(intent, place).flatMap((segment) => {
      const own = most.filter((flow) => flow.segment === segment.name);
      const rules = (direction: Direction) =>
        own
          .filter((flow) => flow.direction === direction)
          .flatMap((flow) => passes(intent, place, flow, form));
      const both = { in: rules("in"), out: rules("out") };
      return [...byNamespace(workloadsOf(segment))].flatMap(([namespace, names]) =>
        passing(`${segment.name}.${namespace}`, { namespace, names }, both, form),
      );
    }),
    form.object("Admin", "segments-closed", closingPriority, shut),
    form.object("Baseline", "segments-unguarded", 0, shut),
  ];
}

/** Subjects are pods of one segment, so no two policies of one priority meet. */
function passing(
  name: string,
  { namespace, names }: { readonly namespace: string; readonly names: readonly string[] },
  rules: Rules,
  form: PolicyForm,
): PlannedObject[] {
  const namespaceSelector = inNamespaces([namespace]);
  const subject = { pods: { namespaceSelector, podSelector: oneOf(workloadLabel, names) } };
  const parts = { in: chunks(rules.in, form.entriesMax), out: chunks(rules.out, form.entriesMax) };
  const count = Math.max(parts.in.length, parts.out.length);
  return Array.from({ length: count }, (_, index) => {
    const own = { in: parts.in[index] ?? [], out: parts.out[index] ?? [] };
    const spec = { subject, ...written(own, form) };
    const object = form.object("Admin", `${name}.${index + 1}`, index, spec);
    const reasons = new Set([...own.in, ...own.out].flatMap(({ flow }) => flow?.because ?? []));
    return { ...object, metadata: { ...object.metadata, ...because([...reasons].join("; ")) } };
  });
}

/** Callers by address need no rule: nothing here denies them. */
function passes(
  intent: NetworkIntent,
  place: PlaceIntent,
  flow: LocalFlow,
  { entriesMax }: PolicyForm,
): Rule[] {
  const others = peersOf(intent, place, flow);
  const named = (peers: readonly Peer[]): Rule => ({ name: flow.key, action: "Pass", peers, flow });
  if (others === "everybody") return [named([everybody[flow.direction]])];
  const networks = flow.direction === "in" ? [] : chunks(others.prefixes, networksPerPeerMax);
  const peers: Peer[] = [
    ...others.pods.map((pods) => ({ pods })),
    ...networks.map((some) => ({ networks: some })),
  ];
  return chunks(peers, entriesMax).map(named);
}

const keys = {
  in: { rules: "ingress", peers: "from" },
  out: { rules: "egress", peers: "to" },
} as const;

function written(rules: Rules, form: PolicyForm): Record<string, unknown> {
  return Object.fromEntries(
    (["in", "out"] as const)
      .filter((direction) => rules[direction].length > 0)
      .map((direction) => [
        keys[direction].rules,
        rules[direction].map(({ name, action, peers, flow }) => ({
          name: name.slice(0, ruleNameCharactersMax),
          action,
          [keys[direction].peers]: peers,
          ...(flow === undefined ? {} : form.ports(flow.range)),
        })),
      ]),
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
