/**
 * Istio's PeerAuthentication and AuthorizationPolicy as stages at the pods of a mesh: TCP alone goes
 * through it. Callers from other pods and from outside are judged by a stage each, for what tells
 * them apart, an identity, is no address.
 */
import { everyAddressOf } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect, subtract, union } from "../../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import { portMode } from "../../../model/mesh/authentication.ts";
import { rootNamespace } from "../../../model/mesh/intent.ts";
import { readPolicies } from "../../../model/mesh/manifest.ts";
import type { AuthorizationPolicy, MeshPolicies } from "../../../model/mesh/policy.ts";
import { selects } from "../../../model/mesh/policy.ts";
import type { Truth } from "../../../model/mesh/truth.ts";
import type { Condition, Rule, Stage, UnknownInput } from "../../../model/network/topology.ts";
import {
  gatewaysOf,
  type Membership,
  membershipsOf,
  principalOf,
  trustDomain,
  usesWaypoint,
} from "./callers.ts";
import type { Cluster } from "./cluster.ts";
import { everyPod, type Groups } from "./groups.ts";
import type { Alternative } from "./mesh-rules.ts";
import { alternativesOf, domainsIn, everyTcp, namesCaller, ruleFor } from "./mesh-rules.ts";
import type { PodSet } from "./pods.ts";

const actionsInOrder = ["CUSTOM", "DENY", "ALLOW"] as const;
const openMembership: Condition = {
  kind: "unknown",
  input: { urn: "Namespace", path: "labels that bring its pods into the mesh" },
};
const openAddress: Condition = {
  kind: "unknown",
  input: { urn: "network plugin", path: "addresses from which pods call" },
};
const openIdentity: Condition = {
  kind: "unknown",
  input: { urn: "Istio", path: "the caller's identity, and whether it is in the mesh" },
};
const openGateway: Condition = {
  kind: "unknown",
  input: { urn: "Istio", path: "as whom the pods of another cluster call" },
};
const byWaypoint: Condition = { kind: "request", says: "what the waypoint lets pass" };

/** Ports with one mode of mutual TLS. */
interface Bucket {
  readonly ports: IntervalSet;
  readonly mode: ReturnType<typeof portMode>;
}

/** A gateway takes what the servers of its Gateway objects take; PeerAuthentication has no say. */
const atGateway: Bucket["mode"] = { mode: "PERMISSIVE", decidedBy: "the gateway's listener" };

interface Callers {
  readonly sure: string | undefined;
  readonly unclear: string | undefined;
}

/** The mesh of one cluster. */
export class Mesh {
  private readonly policies: MeshPolicies;
  private readonly urns: ReadonlyMap<string, string>;
  private readonly member: (pod: PodSet) => Membership;
  private readonly isGateway: (pod: PodSet) => boolean;
  private readonly cluster: Cluster;
  private readonly pods: readonly PodSet[];
  private readonly groups: Groups;
  private readonly foreign: string | undefined;
  private readonly callers = new Map<string, Callers>();

  /** `foreign` is the group of the pods of every cluster, where there are others. */
  constructor(
    cluster: Cluster,
    pods: readonly PodSet[],
    groups: Groups,
    foreign: string | undefined,
  ) {
    this.cluster = cluster;
    this.pods = pods;
    this.groups = groups;
    this.foreign = foreign;
    this.policies = readPolicies(cluster.trustDomain ?? trustDomain, cluster.mesh);
    this.urns = new Map(
      cluster.mesh.map(({ kind, metadata, urn }) => [
        `${kind} ${metadata.namespace}/${metadata.name}`,
        urn,
      ]),
    );
    this.member = membershipsOf(cluster);
    this.isGateway = gatewaysOf(cluster);
  }

  /** What could not be read: what it would say stays open. */
  unknowns(): UnknownInput[] {
    return this.policies.unreadable.map(({ origin, path }) => ({ urn: this.urnOf(origin), path }));
  }

  /** The stages of a pod; none where no policy bears on it, or where it is outside the mesh. */
  stagesFor(pod: PodSet): Stage[] {
    const membership = this.member(pod);
    if (membership === "out" || this.cluster.mesh.length === 0) return [];
    const buckets = this.buckets(pod);
    const attached = this.policies.authorizationPolicies.filter((policy) => attaches(policy, pod));
    const relaxed = buckets.every(({ mode }) => ["PERMISSIVE", "DISABLE"].includes(mode.mode));
    if (relaxed && attached.length === 0) return [];
    const doubts = [
      ...(membership === "unknown" ? [openMembership] : []),
      ...(usesWaypoint(this.cluster, pod) ? [byWaypoint] : []),
    ];
    return [
      this.stage(pod, "pods", doubts, this.podRules(buckets, attached), attached),
      this.stage(pod, "outside", doubts, this.outsideRules(buckets, attached), attached),
    ];
  }

  private stage(
    pod: PodSet,
    callers: "pods" | "outside",
    doubts: readonly Condition[],
    rules: readonly Rule[],
    attached: readonly AuthorizationPolicy[],
  ): Stage {
    const allows = attached.filter(({ action }) => action === "ALLOW");
    const names = allows.map(({ origin }) => origin).join(", ");
    const fixed = (action: Rule["action"], own: Partial<Rule>): Rule => ({
      action,
      peers: [{}],
      selectors: everyLayer4,
      origin: { urn: "Istio", path: "" },
      ...own,
    });
    const because = (path: string) => ({ origin: { urn: "Istio:", path } });
    const others = { peers: [{ group: everyPod }] };
    const closed = allows.length > 0;
    const apart = because("what pods call is judged by who they are");
    const unmatched = `none of ${names} matches`;
    return {
      id: `mesh at ${pod.id} from ${callers}`,
      plane: "authorization-policy",
      direction: "in",
      stateful: true,
      tiers: [
        {
          rules: [
            fixed("allow", {
              selectors: subtract(everyLayer4, everyTcp),
              ...because("TCP alone goes through the mesh"),
            }),
            ...(callers === "outside"
              ? [fixed("allow", { ...others, ...apart }), ...this.foreignRules(fixed)]
              : []),
            ...doubts.flatMap((condition) => [
              fixed("allow", { conditions: [condition] }),
              // A waypoint may also refuse what the pod's own policies let pass.
              ...(condition === byWaypoint ? [fixed("deny", { conditions: [condition] })] : []),
            ]),
            ...rules,
            ...(callers === "pods" && closed
              ? [fixed("deny", { ...others, ...because(unmatched) })]
              : []),
          ],
          otherwise: callers === "outside" && closed ? "deny" : "allow",
          otherwiseOrigin: closed ? unmatched : "no ALLOW policy selects the pod",
        },
      ],
    };
  }

  /** Clusters of one mesh trust each other; which these are, no manifest of one of them tells. */
  private foreignRules(fixed: (action: Rule["action"], own: Partial<Rule>) => Rule): Rule[] {
    if (this.foreign === undefined) return [];
    const open = { peers: [{ group: this.foreign }], conditions: [openGateway] };
    return [fixed("allow", open), fixed("deny", open)];
  }

  private buckets(pod: PodSet): Bucket[] {
    const { namespace, labels } = pod;
    if (this.isGateway(pod)) return [{ ports: everyTcp, mode: atGateway }];
    const { peerAuthentications } = this.policies;
    const ports = [...new Set(peerAuthentications.flatMap((one) => [...one.ports.keys()]))];
    const mode = (port: number) =>
      portMode(peerAuthentications, { namespace, labels, port, protocol: "tcp" });
    const single = (port: number) => [protocolInterval(protocolNumbers.tcp, port, port)];
    const rest = ports.map(single).reduce<IntervalSet>(subtract, everyTcp);
    return [
      ...ports.map((port) => ({ ports: single(port), mode: mode(port) })),
      { ports: rest, mode: mode(0) },
    ];
  }

  private podRules(buckets: readonly Bucket[], attached: readonly AuthorizationPolicy[]): Rule[] {
    const plain = this.groups.name(
      "pods outside the mesh",
      this.pods.filter((pod) => this.member(pod) === "out"),
    );
    const unclear = this.groups.name(
      "pods perhaps outside the mesh",
      this.pods.filter((pod) => this.member(pod) === "unknown"),
    );
    return [
      ...buckets.flatMap((bucket) => [
        ...this.transport(bucket, plain === undefined ? [] : [{ group: plain }], []),
        ...this.transport(bucket, unclear === undefined ? [] : [{ group: unclear }], [
          openMembership,
        ]),
      ]),
      ...inOrder(attached).flatMap((alternative) =>
        buckets.flatMap((bucket) => this.fromPods(alternative, bucket)),
      ),
    ];
  }

  private outsideRules(
    buckets: readonly Bucket[],
    attached: readonly AuthorizationPolicy[],
  ): Rule[] {
    return [
      ...buckets.flatMap((bucket) => this.transport(bucket, [{}], [])),
      ...inOrder(attached).flatMap((alternative) => {
        if (namesCaller(alternative, undefined, trustDomain) === false) return [];
        const { addresses, policy } = alternative;
        const peers = [addresses === undefined ? {} : { addresses }];
        return ruleFor(alternative, this.urnOf(policy.origin), peers, everyTcp);
      }),
    ];
  }

  /** Strict ports take no plaintext; where two policies differ, nobody knows which holds. */
  private transport(
    { ports, mode }: Bucket,
    peers: Rule["peers"],
    more: readonly Condition[],
  ): Rule[] {
    const undecided = mode.mode === "undecided";
    if (peers.length === 0 || (mode.mode !== "STRICT" && !undecided)) return [];
    const urn = this.urnOf(mode.decidedBy);
    const age: Condition = { kind: "unknown", input: { urn, path: "which policy is older" } };
    const conditions = [...more, ...(undecided ? [age] : [])];
    const open = conditions.length > 0 ? { conditions } : {};
    return [
      { action: "deny", peers, selectors: ports, ...open, origin: { urn, path: "spec.mtls" } },
    ];
  }

  private fromPods(alternative: Alternative, { ports, mode }: Bucket): Rule[] {
    const { sure, unclear } = this.callersOf(alternative, mode.mode === "DISABLE");
    const urn = this.urnOf(alternative.policy.origin);
    const more = alternative.addresses === undefined ? [] : [openAddress];
    const families = familiesIn(alternative.addresses);
    const rules = (group: string | undefined, conditions: readonly Condition[]) =>
      group === undefined
        ? []
        : ruleFor(alternative, urn, [{ group, ...families }], ports, conditions);
    return [...rules(sure, more), ...rules(unclear, [...more, openIdentity])];
  }

  /** Groups of the pods that an alternative names, and of those that it may name. */
  private callersOf(alternative: Alternative, anonymous: boolean): Callers {
    const key = `callers that ${alternative.key} names${anonymous ? " without identities" : ""}`;
    const before = this.callers.get(key);
    if (before !== undefined) return before;
    const byTruth = Map.groupBy(this.pods, (pod) => this.truthOf(alternative, pod, anonymous));
    const callers = {
      sure: this.groups.name(key, byTruth.get(true) ?? []),
      unclear: this.groups.name(`${key}, perhaps`, byTruth.get("unknown") ?? []),
    };
    this.callers.set(key, callers);
    return callers;
  }

  private truthOf(alternative: Alternative, pod: PodSet, anonymous: boolean): Truth {
    const membership = anonymous ? "out" : this.member(pod);
    const plain = namesCaller(alternative, undefined, trustDomain);
    if (membership === "out") return plain;
    const own = this.cluster.trustDomain;
    const domains = own === undefined ? [trustDomain, ...domainsIn(alternative)] : [own];
    const truths = domains.map((domain): Truth => {
      const principal = principalOf(pod, domain);
      if (principal !== undefined) return namesCaller(alternative, principal, domain);
      return alternative.identities.length === 0 ? true : "unknown";
    });
    if (membership === "unknown") truths.push(plain);
    const [first = false] = truths;
    return truths.every((truth) => truth === first) ? first : "unknown";
  }

  private urnOf(origin: string): string {
    return this.urns.get(origin) ?? origin;
  }
}

function attaches(policy: AuthorizationPolicy, { namespace, labels }: PodSet): boolean {
  if (policy.dryRun || policy.targeted || policy.action === "AUDIT") return false;
  const inScope = policy.namespace === rootNamespace || policy.namespace === namespace;
  return inScope && selects(policy.selector, labels);
}

function inOrder(attached: readonly AuthorizationPolicy[]): Alternative[] {
  return actionsInOrder.flatMap((action) =>
    attached.filter((policy) => policy.action === action).flatMap(alternativesOf),
  );
}

/**
 * From which address a pod calls is the plugin's to say, but it is one of the pod's families: a rule
 * whose addresses are none of these matches no pod.
 */
function familiesIn(addresses: IntervalSet | undefined): { readonly addresses?: IntervalSet } {
  if (addresses === undefined) return {};
  const whole = ([4, 6] as const)
    .map((family) => everyAddressOf[family])
    .filter((every) => intersect(addresses, every).length > 0);
  return { addresses: whole.reduce<IntervalSet>(union, []) };
}
