/** Stages from the policies that bear on pods, tier by tier. */
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Condition, Direction, Rule, Stage, Tier } from "../../../model/network/topology.ts";
import { everyPod, onNodeNetwork } from "./groups.ts";
import type { PodSet } from "./pods.ts";
import type { Policy, PolicyRule } from "./policy.ts";
import { policyTiers } from "./policy.ts";
import type { Lifted, Surroundings } from "./rules.ts";
import { liftRule, pluginDecides } from "./rules.ts";
import type { Tie } from "./ties.ts";
import { tiesAmong } from "./ties.ts";

/** Makes the stages; pods on which the same policies bear share one. */
export class Lifter {
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
    const effect = this.effectTier();
    return {
      id,
      plane: isolated ? "network-policy" : "admin-network-policy",
      direction,
      stateful: true,
      // A NetworkPolicy always decides about the pods that it selects: no baseline comes after it.
      tiers: isolated
        ? [...effect, ...tiers.slice(0, tiers.length - (inTier("baseline").length > 0 ? 1 : 0))]
        : [...effect, ...tiers, openTier],
    };
  }

  /** Where nobody knows whether anything enforces policies, they may have no effect. */
  private effectTier(): Tier[] {
    if (this.around.plugin.enforces !== "unsettled") return [];
    const says = "whether anything enforces policies";
    const rules = [open("allow", undefined, pluginDecides(says))];
    return [{ rules, otherwise: "pass", otherwiseOrigin: "policies are enforced" }];
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
    const { plugin, groups, nodes } = this.around;
    if (plugin.bindsHostNetwork !== "unsettled") return [];
    const what = "whether policies bind pods on the node's network";
    if (pod.hostNetwork) return [open("allow", undefined, pluginDecides(what))];
    const filtered = pluginDecides("whether traffic of nodes is filtered");
    const named = [
      ...(nodes === undefined ? [] : [nodes]),
      ...(direction === "in" && groups.has(onNodeNetwork) ? [onNodeNetwork] : []),
    ];
    return named.map((group) => open("allow", group, filtered));
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
