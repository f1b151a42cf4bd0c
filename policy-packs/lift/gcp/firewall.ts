/**
 * The firewall of a network for what stands in it: tiers in the order of "Firewall policy and rule
 * evaluation order", each handing on what none of its rules matches, the implied rules last.
 */
import { everyAddress } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, union } from "../../../model/base/interval-set.ts";
import type { Condition, Direction, Rule, Stage, Tier } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { settle, underConditions, unknownCondition } from "../uncertain.ts";
import { accountOf, endsOf, secureTagsOf } from "./ends.ts";
import type { FirewallRule, Named } from "./firewall-rules.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import type { RuleList } from "./rule-lists.ts";

/** Whom rules may be for. */
export interface Identity {
  readonly network: GcpNetwork;
  readonly region: string;
  readonly networkTags: readonly string[];
  /** URNs or ids of secure tags. */
  readonly secureTags: readonly string[];
  /** URN or address of its service account. */
  readonly account: string | undefined;
  /** Why it may carry tags, or run as an account, that nobody sees. */
  readonly open: readonly Condition[];
}

/** What VPC networks do where no rule matches ("Implied rules"). */
const implied = {
  in: { otherwise: "deny", otherwiseOrigin: "implied rule: ingress is denied (65535)" },
  out: { otherwise: "allow", otherwiseOrigin: "implied rule: egress is allowed (65535)" },
} as const;

/** The stage of one direction for an identity. */
export function firewallStage(
  id: string,
  plan: Plan,
  found: GcpNetworks,
  direction: Direction,
  lists: readonly RuleList[],
  identity: Identity,
): Stage {
  const tiers = lists.flatMap(({ says, rules }): Tier[] => {
    const compiled = rules
      .filter((rule) => rule.direction === direction)
      .flatMap((rule) => compile(plan, found, rule, identity));
    if (compiled.length === 0) return [];
    return [{ rules: compiled, otherwise: "pass", otherwiseOrigin: `${says}: no rule matches` }];
  });
  const last: Tier = { rules: [], ...implied[direction] };
  return { id, plane: "firewall", direction, stateful: true, tiers: [...tiers, last] };
}

function compile(plan: Plan, found: GcpNetworks, rule: FirewallRule, identity: Identity): Rule[] {
  const target = targets(plan, found, rule, identity);
  if (target === "no") return [];
  const ends = endsOf(plan, found, identity.network, rule);
  const own = ownSide(rule);
  const conditions = [...rule.conditions, ...target, ...own.conditions];
  const common = {
    action: rule.action,
    ...(own.addresses === undefined ? {} : { own: own.addresses }),
    selectors: rule.selectors,
    origin: rule.origin,
  };
  const more = [...conditions, ...ends.conditions];
  return [
    ...(ends.sure.length === 0
      ? []
      : [{ ...common, peers: ends.sure, ...underConditions(conditions) }]),
    ...(ends.perhaps.length === 0
      ? []
      : [{ ...common, peers: ends.perhaps, ...underConditions(more) }]),
  ];
}

function ownSide({ own }: FirewallRule): {
  readonly addresses: IntervalSet | undefined;
  readonly conditions: readonly Condition[];
} {
  if (own.length === 0) return { addresses: undefined, conditions: [] };
  const read = settle(() => own.map(addressesOf).reduce(union, []));
  if (read instanceof Undecided) {
    return { addresses: undefined, conditions: [unknownCondition(read)] };
  }
  return { addresses: covers(read, everyAddress) ? undefined : read, conditions: [] };
}

/** Whether the rule is for the identity: surely not, or under which conditions. */
function targets(
  plan: Plan,
  found: GcpNetworks,
  rule: FirewallRule,
  identity: Identity,
): "no" | readonly Condition[] {
  const networks = among(
    rule.networks.map((at) => () => found.networkOf(at)?.id === identity.network.id),
  );
  if (networks === "no") return "no";
  const isTagged = () =>
    secureTagsOf(plan, rule.targets).some((id) => identity.secureTags.includes(id));
  const named = among(
    rule.targets.map((target) =>
      // Secure tags are one list, of which the engine records the whole.
      target.kind === "secure-tag" ? isTagged : () => isNamed(plan, target, identity),
    ),
  );
  if (named !== "no") return [...networks, ...named];
  return identity.open.length > 0 ? [...networks, ...identity.open] : "no";
}

/** Whether one of the questions is answered by yes; without any, everybody is meant. */
function among(questions: readonly (() => boolean)[]): "no" | readonly Condition[] {
  if (questions.length === 0) return [];
  const answers = questions.map(settle);
  if (answers.includes(true)) return [];
  const open = answers.filter((answer) => answer instanceof Undecided);
  return open.length === 0 ? "no" : open.map(unknownCondition);
}

function isNamed(plan: Plan, target: Named, identity: Identity): boolean {
  switch (target.kind) {
    case "network-tag":
      return identity.networkTags.includes(target.at.text() ?? "");
    case "account":
      return identity.account === accountOf(plan, target.at);
    default:
      return false;
  }
}
