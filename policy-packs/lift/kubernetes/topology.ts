/** A cluster's pods and what its policies let them do, in the form on which everything is proved. */
import type { Family } from "../../../model/base/address.ts";
import { familyOf } from "../../../model/base/address.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type {
  Condition,
  Direction,
  Endpoint,
  Rule,
  Stage,
  Tier,
  Topology,
} from "../../../model/network/topology.ts";
import type { Cluster } from "./cluster.ts";
import { everyPod, Groups, onNodeNetwork } from "./groups.ts";
import { Mesh } from "./mesh.ts";
import type { NetworkPlugin } from "./plugin.ts";
import type { PodSet } from "./pods.ts";
import { podSets, Selector } from "./pods.ts";
import type { Policy, PolicyRule } from "./policy.ts";
import { policyTiers } from "./policy.ts";
import type { Lifted, Surroundings } from "./rules.ts";
import { liftRule, pluginDecides } from "./rules.ts";
import type { Tie } from "./ties.ts";
import { tiesAmong } from "./ties.ts";
import { closedTunnels } from "./tunnels.ts";

/** What a cluster comes to. */
export interface LiftedCluster {
  readonly topology: Topology;
  /** Findings: which of two rules holds is left to chance. */
  readonly ties: readonly Tie[];
  /** Findings: names of ambient pods whose NetworkPolicies close the mesh's tunnel. */
  readonly closedTunnels: readonly string[];
}

/** Lifts a cluster whose objects are all in order. */
export function liftCluster(cluster: Cluster, plugin: NetworkPlugin): LiftedCluster {
  const pods = podSets(cluster, familiesOf(cluster), plugin);
  const selector = new Selector(cluster, pods);
  const groups = new Groups();
  groups.name(everyPod, pods);
  groups.name(
    onNodeNetwork,
    pods.filter(({ hostNetwork }) => hostNetwork),
  );
  const lifter = new Lifter({ pods, selector, groups, plugin });
  const bearing = plugin.enforces ? policiesByPod(cluster.policies, selector) : new Map();
  const mesh = new Mesh(cluster, pods, groups);
  const inMesh = new Map(pods.map((pod) => [pod.id, mesh.stagesFor(pod)]));
  const stagesOf = new Map(
    pods.map((pod) => {
      const own = inMesh.get(pod.id) ?? [];
      const stages = [...lifter.stagesFor(pod, bearing.get(pod) ?? []), ...own.map(({ id }) => id)];
      return [pod.id, stages];
    }),
  );
  const byId = new Map(lifter.stages().map((stage) => [stage.id, stage]));
  return {
    closedTunnels: closedTunnels(cluster, pods, ({ id }) =>
      (stagesOf.get(id) ?? []).flatMap((stage) => byId.get(stage) ?? []),
    ),
    topology: {
      endpoints: pods.map((pod) => endpointOf(pod, groups, stagesOf.get(pod.id) ?? [])),
      stages: [...lifter.stages(), ...[...inMesh.values()].flat()],
      residuals: [],
      unknowns: [...(plugin.enforces ? cluster.unread : []), ...mesh.unknowns()],
    },
    ties: lifter.ties(),
  };
}

function endpointOf(pod: PodSet, groups: Groups, stages: readonly string[]): Endpoint {
  const { id, name, addresses, unknownAddresses } = pod;
  return { id, name, addresses, unknownAddresses, groups: groups.of(id), stages };
}

/** IPv4, and IPv6 where anything shows that the cluster has it. */
function familiesOf({ workloads, policies }: Cluster): Family[] {
  const written = policies.some(({ rules }) =>
    [...(rules.in ?? []), ...(rules.out ?? [])].some(({ peers }) =>
      peers?.some(
        (peer) =>
          peer.kind === "addresses" && peer.addresses.some(({ from }) => familyOf(from) === 6),
      ),
    ),
  );
  const running = workloads.some(({ addresses }) => addresses.some((one) => one.includes(":")));
  return written || running ? [4, 6] : [4];
}

function policiesByPod(policies: readonly Policy[], selector: Selector): Map<PodSet, Policy[]> {
  const result = new Map<PodSet, Policy[]>();
  for (const policy of policies) {
    for (const pod of selector.select(policy.subject)) {
      // "Host-networked pods are not included in subject selection."
      if (policy.tier !== "namespace" && pod.hostNetwork) continue;
      const known = result.get(pod);
      if (known === undefined) result.set(pod, [policy]);
      else known.push(policy);
    }
  }
  return result;
}

/** Makes the stages; pods on which the same policies bear share one. */
class Lifter {
  private readonly around: Surroundings;
  private readonly made = new Map<string, Stage>();
  private readonly lifted = new Map<PolicyRule, Map<string, Lifted>>();
  private readonly found = new Map<string, Tie>();

  constructor(around: Surroundings) {
    this.around = around;
  }

  stages(): Stage[] {
    return [...this.made.values()];
  }

  ties(): Tie[] {
    return [...this.found.values()];
  }

  stagesFor(pod: PodSet, policies: readonly Policy[]): string[] {
    return (["out", "in"] as const).flatMap((direction) => this.stageFor(pod, policies, direction));
  }

  private stageFor(pod: PodSet, all: readonly Policy[], direction: Direction): string[] {
    const policies = all.filter(({ rules, tier }) => {
      const own = rules[direction];
      // An admin policy without rules has no say; a NetworkPolicy without rules isolates.
      return own !== undefined && (tier === "namespace" || own.length > 0);
    });
    const { bindsHostNetwork } = this.around.plugin;
    if (policies.length === 0 || (pod.hostNetwork && bindsHostNetwork === false)) return [];
    const id = this.idOf(pod, policies, direction);
    if (!this.made.has(id)) this.made.set(id, this.stage(id, pod, policies, direction));
    return [id];
  }

  private idOf(pod: PodSet, policies: readonly Policy[], direction: Direction): string {
    const names = policies.map(({ name }) => name).join(", ");
    const ports =
      direction === "in" && policies.some((one) => namesPorts(one.rules.in)) ? pod.ports : [];
    const named = ports.map(({ name, protocol, port }) => ` ${name}=${protocol}/${port}`).join("");
    return `${direction} ${names}${named}${pod.hostNetwork ? " on the node's network" : ""}`;
  }

  private stage(id: string, pod: PodSet, policies: readonly Policy[], direction: Direction): Stage {
    const inTier = (tier: Policy["tier"]) => policies.filter((policy) => policy.tier === tier);
    const tiers = policyTiers.flatMap((tier): Tier[] => {
      const own = inTier(tier);
      if (own.length === 0) return [];
      return [
        tier === "namespace"
          ? this.namespaceTier(pod, own, direction)
          : this.adminTier(tier, pod, own, direction),
      ];
    });
    const isolated = inTier("namespace").length > 0;
    return {
      id,
      plane: isolated ? "network-policy" : "admin-network-policy",
      direction,
      stateful: true,
      // A NetworkPolicy always decides about the pods that it selects: no baseline comes after it.
      tiers: isolated
        ? tiers.slice(0, tiers.length - (inTier("baseline").length > 0 ? 1 : 0))
        : [...tiers, openTier],
    };
  }

  private namespaceTier(pod: PodSet, policies: readonly Policy[], direction: Direction): Tier {
    const lifted = policies.flatMap((policy) =>
      (policy.rules[direction] ?? []).map((rule) => this.lift(pod, policy, direction, rule)),
    );
    const blocks = lifted.flatMap((one) => one.blocks);
    const what = direction === "in" ? "ingress" : "egress";
    return {
      rules: [
        ...this.nodeRules(pod, direction),
        ...lifted.flatMap((one) => one.pods),
        ...(blocks.length > 0 ? this.podsAreNoBlocks() : []),
        ...blocks,
      ],
      otherwise: "deny",
      otherwiseOrigin: `${policies.map(({ name }) => name).join(", ")}: ${what} of the pods they select is isolated`,
    };
  }

  /** What a node's own processes send and get is not settled by Kubernetes. */
  private nodeRules(pod: PodSet, direction: Direction): Rule[] {
    if (this.around.plugin.bindsHostNetwork !== "unsettled") return [];
    const what = "whether policies bind pods on the node's network";
    if (pod.hostNetwork) return [open("allow", undefined, pluginDecides(what))];
    if (direction === "out" || !this.around.groups.has(onNodeNetwork)) return [];
    return [open("allow", onNodeNetwork, pluginDecides("whether traffic of nodes is filtered"))];
  }

  private podsAreNoBlocks(): Rule[] {
    const { blocksMatchPods } = this.around.plugin;
    if (blocksMatchPods === true) return [];
    const condition = pluginDecides("whether an ipBlock matches pods");
    return [open("deny", everyPod, blocksMatchPods === "unsettled" ? condition : undefined)];
  }

  private adminTier(
    tier: "admin" | "baseline",
    pod: PodSet,
    policies: readonly Policy[],
    direction: Direction,
  ): Tier {
    const sorted = policies.toSorted((a, b) => a.priority - b.priority);
    const tied = this.tiedRules(sorted, direction);
    const rules = sorted.flatMap((policy) =>
      (policy.rules[direction] ?? []).flatMap((rule) => {
        const lifted = this.lift(pod, policy, direction, rule, tied.has(rule));
        return [...lifted.pods, ...lifted.blocks];
      }),
    );
    return { rules, otherwise: "pass", otherwiseOrigin: `no rule of the ${tier} tier matches` };
  }

  private tiedRules(policies: readonly Policy[], direction: Direction): ReadonlySet<PolicyRule> {
    const ties = tiesAmong(this.around.selector, policies, direction);
    for (const tie of ties) {
      const sides = [tie.one, tie.other].map(({ policy, rule }) => `${policy.name} ${rule.path}`);
      this.found.set(sides.join(" / "), tie);
    }
    return new Set(ties.flatMap(({ one, other }) => [one.rule, other.rule]));
  }

  private lift(
    pod: PodSet,
    policy: Policy,
    direction: Direction,
    rule: PolicyRule,
    tied = false,
  ): Lifted {
    const own = direction === "in" && namesPorts([rule]) ? pod.ports : [];
    const known = this.lifted.get(rule) ?? new Map<string, Lifted>();
    this.lifted.set(rule, known);
    const key = `${direction} ${tied} ${JSON.stringify(own)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const input = { urn: policy.urn, path: "spec.priority" };
    const conditions: Condition[] = tied ? [{ kind: "unknown", input }] : [];
    const lifted = liftRule(this.around, policy, direction, rule, own, conditions);
    known.set(key, lifted);
    return lifted;
  }
}

function namesPorts(rules: readonly PolicyRule[] | undefined): boolean {
  return rules?.some(({ ports }) => ports?.some((port) => "name" in port)) === true;
}

function open(action: Rule["action"], group: string | undefined, condition?: Condition): Rule {
  return {
    action,
    peers: [group === undefined ? {} : { group }],
    selectors: everyLayer4,
    ...(condition === undefined ? {} : { conditions: [condition] }),
    origin: { urn: "network plugin", path: "" },
  };
}

const openTier: Tier = {
  rules: [],
  otherwise: "allow",
  otherwiseOrigin: "pods that no NetworkPolicy selects are not isolated",
};
